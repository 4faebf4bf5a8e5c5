"""Signatures and time stamps of an archive's log and of bags: who vouches for it, and since when."""
