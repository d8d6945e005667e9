"""Files, web pages, feeds and messages become Articles; strangers' bytes are read by a process of its own."""
