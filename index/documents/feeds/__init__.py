"""What a feed names, and what is remembered of it."""
