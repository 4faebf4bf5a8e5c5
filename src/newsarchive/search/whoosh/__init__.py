"""The default engine. Whoosh is imported nowhere else, and here only to write.

From the outside in: ``engine`` is what the archive holds. A search goes through the
package ``answer``: ``compile`` (query to ``plan``), ``searcher``, ``lookup`` (what the dictionary says of
the plan's terms; ``expansion``, ``vocabulary`` and ``signatures`` find those that are
meant by a pattern), ``execution`` (what carries a plan out on one segment: ``on_sets``
in plain Python, ``on_arrays`` with ``arrays`` and ``places`` in numpy), ``ranking``
and ``collect`` (order, page, ``facets``); it reads by ``reader`` and ``segment``.
A change goes through ``update``, ``documents`` (article to tokens and values),
``pool`` (articles gathered in memory), ``tiers`` (what to merge), ``merging``,
``building`` (the file of a segment) and ``writer`` (commits). A file is made of
``sections``; in it are ``terms``, and posting lists as ``postings`` reads them one
by one and ``lists`` many at once. ``marker`` says what may be opened, ``layout``
names fields and columns, ``packing`` turns numbers and names into bytes;
``schema`` and ``codec`` are what Whoosh knows of all this.
"""
