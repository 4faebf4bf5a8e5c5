"""What people put on articles: tags, notes, highlights, collections."""
