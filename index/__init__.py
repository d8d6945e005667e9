"""What can be found: files, pages and feeds become articles, articles a library, and libraries are searched."""
