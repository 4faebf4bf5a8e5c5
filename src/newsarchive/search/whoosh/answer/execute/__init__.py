"""Carrying out a plan on one segment, on sets or on arrays."""
