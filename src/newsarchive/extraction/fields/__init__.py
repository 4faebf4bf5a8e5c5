"""One module a field of an article: what a page offers for it, and which of that is chosen."""
