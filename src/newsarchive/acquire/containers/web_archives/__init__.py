"""Web archives: WARC, ARC, and WACZ, which holds WARC files."""
