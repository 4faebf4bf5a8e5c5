"""Answer queries: the engine interface, analysis, snippets, and the Whoosh engine."""
