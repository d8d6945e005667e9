"""Articles go into a library: what is new is read, split, embedded, written; a feed is followed."""
