"""What other tools export: tables, JSON, feeds, lists of references."""
