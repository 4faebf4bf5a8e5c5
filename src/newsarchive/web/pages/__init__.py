"""The pages: each reads the request, asks the archive, and fills a template."""
