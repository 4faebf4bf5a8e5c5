"""Commands that put something on articles."""
