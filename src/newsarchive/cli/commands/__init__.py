"""One module a command; ``command`` is the function that typer runs."""
