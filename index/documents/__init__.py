"""Files, web pages and what feeds name become Articles; strangers' bytes are read by a process of its own."""
