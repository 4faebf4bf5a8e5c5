"""Office documents, which hold one article, or the many that a newspaper database exported."""
