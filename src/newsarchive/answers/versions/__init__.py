"""What became of an article over time, and what people say of it."""
