"""What pages say for machines: JSON-LD, meta tags, microdata and RDFa."""
