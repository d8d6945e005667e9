"""What people meet: the bot in Telegram, and the command line. It knows ``retrieval`` and ``index``."""

import os

os.environ["PTB_TIMEDELTA"] = "1"  # python-telegram-bot gives durations in the type it is changing to
