"""An offline archive and search library for news."""

__version__ = "0.1.0"
