"""Which articles are one story: the same text, or nearly, under several addresses or publishers."""
