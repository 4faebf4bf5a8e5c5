"""From a query tree to matching articles: plan, look up, execute, rank, collect."""
