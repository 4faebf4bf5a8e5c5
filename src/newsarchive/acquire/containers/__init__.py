"""Files that hold many articles: one module a kind."""
