"""Articles and words that are alike."""
