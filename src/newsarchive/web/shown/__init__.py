"""What templates show, made from what the archive answers. Pure."""
