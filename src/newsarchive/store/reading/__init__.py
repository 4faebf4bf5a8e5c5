"""Reading archive.db: one module a kind of answer."""
