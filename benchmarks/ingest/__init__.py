"""How long articles take from bytes to searchable, and how it grows."""
