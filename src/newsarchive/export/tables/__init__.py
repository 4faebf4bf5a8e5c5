"""Exports for programs and spreadsheets: an article is a record."""
