"""Visible bylines: found, told from those of others, and read."""
