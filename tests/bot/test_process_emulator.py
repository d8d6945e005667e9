"""The bot as a process against a server that others made: our own stand-in may err as our bot does."""

from pathlib import Path

from tests.standin.people import message
from tests.standin.process import BotProcess, run
from tests.standin.server import Server

WHAT_PLANES = "What did China refuse to give Russian airlines?"
PLANES = "Earlier, China refused to supply Russian airlines with aeroplane parts after"


def test_a_question_is_answered_a_refusal_survived_and_a_stop_obeyed(tmp_path: Path) -> None:
    added = run("add", "articles", folder=tmp_path)
    assert added.returncode == 0, added.stderr
    with Server(tmp_path / "journal") as telegram, BotProcess(tmp_path, telegram.url) as bot:
        bot.wait_for_line("ready: @verbatim_bot answers from the articles in main")
        telegram.bring(message(WHAT_PLANES))
        (sent,) = telegram.wait_for_messages(1)
        assert sent["text"].startswith(PLANES)
        assert {entity["type"] for entity in sent["entities"]} == {"bold", "blockquote"}

        telegram.fail_once("sendMessage", 403, "Forbidden: bot was blocked by the user")
        telegram.bring(message(WHAT_PLANES))
        asked = message(WHAT_PLANES)
        telegram.bring(asked)
        again = telegram.wait_for_messages(2)[1]
        assert again["reply_parameters"]["message_id"] == asked["message_id"]

        bot.send()
        assert bot.exit_code() == 0
        assert "Traceback" not in bot.output
        assert telegram.refused == []
        # The poll that a stop breaks off lives on for 0.1 s there, and the last one meets it.
        allowed = ["sendMessage:403", "getUpdates:409", "sendMessageDraft:501"]
        judged = telegram.verdict("getMe", "getUpdates", "sendChatAction", refusals=allowed)
        assert judged["ok"], judged
