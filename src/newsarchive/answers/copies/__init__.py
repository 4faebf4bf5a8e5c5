"""Who ran the same story, and who printed the same words."""
