"""Which blocks of a page are its article: walk, measure, decide.

``walk`` reads the tree once into blocks of text, ``features`` measures them,
``model`` gives each a probability, and ``confidence`` says how far the choice
is to be trusted. ``cues`` reads class names, ``wording`` letters.
Training is in the project's folder ``training``, see docs/model-card.md.
"""
