"""The answers of the library as JSON, for programs."""
