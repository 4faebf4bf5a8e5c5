"""Exports for tools of web archiving: the captures as they were."""
