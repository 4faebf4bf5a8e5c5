"""Exports for people to read: text, notes, a site, books."""
