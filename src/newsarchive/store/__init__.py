"""The truth on disk: SQLite for articles, WARC for captures."""
