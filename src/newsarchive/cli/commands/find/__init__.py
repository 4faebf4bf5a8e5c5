"""Commands that find articles."""
