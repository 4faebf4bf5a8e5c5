"""The default engine. Whoosh is imported nowhere else, and here only to write.

From the outside in: ``engine`` is what the archive holds. A search goes through
``compile`` (query to ``plan``), ``execute`` (plan on one segment), ``ranking`` and
``collect`` (page, order, facets); it reads by ``reader``, ``segment`` and ``terms``.
A change goes through ``update``, ``documents`` (article to terms and values),
``postings``, ``merging`` and ``writer``. ``marker`` says what may be opened,
``layout`` names fields and columns, ``packing`` turns them into bytes; ``schema``
and ``codec`` are what Whoosh knows of them. A faster codec replaces ``postings``
and what ``segment`` decodes; a vectorised executor, ``execute``.
"""
