"""Many queries asked at once."""
