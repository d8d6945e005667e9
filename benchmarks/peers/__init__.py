"""Other programs asked the same questions, each in a process of its own."""
