"""What is exported of an archive, and where to."""
