"""What ``add`` and ``reextract`` do, from sources to articles kept and indexed."""
