"""What texts are made of: sentences, paragraphs, passages, words worth searching, and how alike two are."""
