"""The command line: a file a command under ``commands``; each parses, calls Archive, renders."""

import gc

# Objects made between two looks for garbage. Python's 700 cost 8 of 140 ms of a search: its
# imports, which come next, make many objects and no garbage. Of the program alone, not the library.
gc.set_threshold(50_000)
