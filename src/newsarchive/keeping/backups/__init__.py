"""Backups: all states of an archive in one folder, each block of bytes kept once."""
