"""What is kept on disk beside the libraries: ``data/bot.db`` and small files next to it."""
