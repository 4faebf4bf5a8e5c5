"""Turn a capture into an article."""
