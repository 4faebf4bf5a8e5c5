"""From a query tree to a plan in terms of the index."""
