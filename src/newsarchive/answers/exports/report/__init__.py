"""A report of a search: what was found, counted and drawn on one page, and how to do it again."""
