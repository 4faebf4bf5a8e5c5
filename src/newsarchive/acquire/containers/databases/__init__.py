"""Exports of newspaper databases: one module a database and form."""
