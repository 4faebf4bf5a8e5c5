"""Commands that show articles and take them out."""
