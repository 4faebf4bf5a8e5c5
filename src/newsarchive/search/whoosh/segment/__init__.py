"""One segment of the index as a file: terms, posting lists and columns."""
