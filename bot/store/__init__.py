"""What is kept on disk beside the libraries: ``data/bot.db`` and the small files next to it. It knows no Telegram."""
