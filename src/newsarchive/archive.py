"""Archive: the one object that users of the library hold."""
