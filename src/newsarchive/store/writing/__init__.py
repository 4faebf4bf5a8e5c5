"""Writing archive.db: groups of captures, and what becomes of articles known already."""
