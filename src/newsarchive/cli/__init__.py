"""The command line: a file a command; each parses, calls Archive, renders."""
