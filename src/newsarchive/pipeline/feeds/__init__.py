"""What is fetched again and again: feeds, and the news of a site."""
