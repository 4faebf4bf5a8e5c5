"""What a date is in print: words, digits, calendars and clocks of many languages, and where pages put it."""
