"""What can be found: files, pages and feeds become articles in libraries, which are searched."""
