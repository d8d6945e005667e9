"""What people see: the Telegram bot. It knows ``retrieval`` and ``index``; neither knows it."""
