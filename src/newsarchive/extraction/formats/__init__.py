"""One module a kind of page: how its bytes become an article."""
