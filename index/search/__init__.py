"""Libraries that are open for asking: by meaning and by words, following their files."""
