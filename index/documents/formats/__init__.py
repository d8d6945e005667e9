"""One file a format: the bytes of a file become its text, and what it says of itself."""
