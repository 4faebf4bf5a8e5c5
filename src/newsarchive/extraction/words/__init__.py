"""What words and lines tell: names of people, languages, titles, boilerplate, paragraphs."""
