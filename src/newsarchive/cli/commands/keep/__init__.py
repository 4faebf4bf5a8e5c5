"""Commands that keep an archive in order."""
