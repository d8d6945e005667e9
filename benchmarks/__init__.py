"""Measurements of speed, memory and quality; a command prints each figure."""
