"""Exports that feed readers subscribe to."""
