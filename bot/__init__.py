"""What people see: the Telegram bot. It knows ``retrieval`` and ``index``; neither knows it."""

import os

os.environ["PTB_TIMEDELTA"] = "1"  # python-telegram-bot gives durations in the type it is changing to
