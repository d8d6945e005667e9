"""What is measured: speed, memory and quality, each figure by a command that prints it."""
