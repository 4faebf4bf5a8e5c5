"""Exports for reference managers and bibliographies."""
