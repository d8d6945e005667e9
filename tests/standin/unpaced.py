"""``python -m tests.standin.unpaced bot``: the bot, with no message of a chat waiting for its turn.

A second from one to the next is Telegram's limit, which the server of the tests has only where it is told to.
"""

from __future__ import annotations

from bot.cli.__main__ import main
from bot.telegram.delivery import pacing

if __name__ == "__main__":
    pacing.CHAT_S = 0.0
    main()
