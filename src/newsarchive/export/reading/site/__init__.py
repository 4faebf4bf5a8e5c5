"""A static site of a search: pages by date, publisher and section, and search in the page."""
