"""What answers: from a question to the words of the articles that answer it."""
