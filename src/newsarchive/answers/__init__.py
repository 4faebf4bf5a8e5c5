"""What people ask of an archive, and what comes back: one module a question."""
