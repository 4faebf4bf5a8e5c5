"""Writing the index: articles gathered, segments written and merged."""
