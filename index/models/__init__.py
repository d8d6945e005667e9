"""Models and their weights: which there are, where they lie, that they are unchanged; the embedder."""
