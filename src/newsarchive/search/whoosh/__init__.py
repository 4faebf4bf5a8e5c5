"""The default engine. Whoosh is imported nowhere else, and here only to write: by ``write/whoosh_*.py``.

``engine`` is what the archive holds. A search goes through ``answer/``: ``plan/`` turns
a query into terms of the index, ``execute/`` carries that out on one segment (``on_sets``
in plain Python, ``on_arrays`` in numpy), ``searcher`` and ``collect`` make the answer of
all segments, ranked by ``bm25f``. A change goes through ``write/``: ``documents`` (article
to tokens and values), ``article_buffer``, ``segment_merge``, ``segment_file`` and
``whoosh_writer``, which commits. ``segment/`` is the file of a segment, read. ``index_marker``
says what may be opened, ``layout`` names fields and columns.
"""
