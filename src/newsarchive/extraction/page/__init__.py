"""A parsed web page: its tree, its elements, and what it says for machines."""
