"""Commands that bring articles in, and read them again."""
