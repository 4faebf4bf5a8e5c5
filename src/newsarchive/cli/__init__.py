"""The command line: a file a command under ``commands``; each parses, calls Archive, renders."""
