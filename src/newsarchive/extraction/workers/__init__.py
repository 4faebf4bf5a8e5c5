"""Extraction in processes that can be killed."""
