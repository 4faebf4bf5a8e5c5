"""The archive in a browser: pages to search and read, and the answers of the library as JSON."""
