"""The pipeline: acquire, extract, store."""
