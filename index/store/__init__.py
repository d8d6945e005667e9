"""A library: one SQLite file of articles, passages, vectors and words; how it is checked and moved."""
