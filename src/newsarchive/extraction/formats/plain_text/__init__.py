"""Pages saved as plain text, mailed or printed stories, copies of reader views."""
