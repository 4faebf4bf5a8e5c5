"""What exports of several databases have in common."""
