"""Values and habits that every layer shares: dates, URLs, scripts, frozen values, progress, whole files."""
