"""What people put on articles, asked and done."""
