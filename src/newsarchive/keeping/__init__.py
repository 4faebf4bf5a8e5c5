"""The folder as a whole: made, found, opened, verified."""
