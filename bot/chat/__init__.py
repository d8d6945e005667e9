"""The conversation, whatever surface it is held on: questions, answers, a chat's articles, limits, words."""
