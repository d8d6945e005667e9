"""A file's bytes become its text and what is known of it: a module for each format, and what they need."""
