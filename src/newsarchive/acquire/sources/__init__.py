"""Where bytes are found: files, folders, standard input."""
