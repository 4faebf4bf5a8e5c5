"""What became of an article over time: which states it had, and what changed between two of them."""
