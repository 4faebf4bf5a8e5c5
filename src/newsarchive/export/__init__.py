"""Turn articles into bytes: one module a family of formats, found by its name alone.

``export_format`` says what a format is, ``export_source`` what it is written from,
``registry`` finds the formats in the modules of this package.
"""
