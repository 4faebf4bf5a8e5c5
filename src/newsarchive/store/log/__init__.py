"""The append-only, hash-chained log of what was written. Source: in the spirit of RFC 6962."""
