"""The bot as a process, with the real models, over real HTTP against a stand-in for Telegram's server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import texts
from tests.standin.loopback import TOKEN, free_port
from tests.standin.people import in_group, message, of_ours
from tests.standin.process import ROOT, BotProcess
from tests.standin.server import Server

PLANES = (
    "Earlier, China refused to supply Russian airlines with aeroplane parts after the US “bluntly” warned "
    "China against helping Russia circumvent economic sanctions imposed by the US and its allies.\n"
    "— Blinken on China and Russia, 18 March 2022 · ¶ 3"
)
WHAT_PLANES = "What did China refuse to give Russian airlines?"


def run(*command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """One of the project's commands, to its end; nothing is typed unless ``typed`` says what."""
    config = folder / "config.toml"
    config.touch()  # without one that is named, a command ends
    env = {k: v for k, v in os.environ.items() if k != "TELEGRAM_BOT_TOKEN"}
    typed = more.pop("typed", "")
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", *command, "--config", str(config)],
        cwd=ROOT,
        env={**env, **more},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample article in it."""
    made = tmp_path_factory.mktemp("library")
    added = run("index", "add", "articles", folder=made)
    assert added.returncode == 0, added.stderr
    return made


@pytest.fixture(scope="module")
def telegram() -> Iterator[Server]:
    """A stand-in that runs for all tests of this file, and has refused nothing at their end."""
    with Server() as server:
        yield server
        assert server.refused == []


@pytest.fixture(scope="module")
def bot(folder: Path, telegram: Server) -> Iterator[BotProcess]:
    """A bot that answers, and logs all it can."""
    with BotProcess(folder, telegram.url, "--debug") as process:
        process.wait_for_line("ready: @verbatim_bot answers from the articles in main")
        yield process
        process.send()
        assert process.exit_code(within_s=10) == 0
        assert TOKEN.partition(":")[2] not in process.output
        assert "bot<token>/getMe" in process.output
        assert "aeroplane" not in process.output
        assert WHAT_PLANES not in process.output
        assert process.output.count("ready: ") == 1


def test_a_private_question_is_answered_in_words_of_the_article(telegram: Server, bot: BotProcess) -> None:
    before = len(telegram.messages())
    asked = message(WHAT_PLANES)
    telegram.bring(asked)
    sent = telegram.wait_for_messages(before + 1)[-1]
    assert (sent["chat_id"], sent["text"]) == (5, PLANES), bot.output
    words = "aeroplane parts"
    assert sorted(sent["entities"], key=lambda entity: entity["length"]) == [
        {"type": "bold", "offset": PLANES.index(words), "length": len(words)},
        {"type": "blockquote", "offset": 0, "length": PLANES.index("\n")},
    ]
    assert sent["reply_parameters"]["message_id"] == asked["message_id"]
    assert sent["link_preview_options"] == {"is_disabled": True}


@pytest.mark.usefixtures("bot")
def test_a_group_is_answered_when_it_asks_us(telegram: Server) -> None:
    before = len(telegram.messages())
    telegram.bring(
        in_group(WHAT_PLANES),
        in_group(f"/ask@verbatim_bot {WHAT_PLANES}"),
        in_group(f"@other_bot {WHAT_PLANES}"),
        in_group(f"@Verbatim_bot: {WHAT_PLANES}"),
        in_group(WHAT_PLANES, reply_to_message=of_ours()),
        in_group("/help"),
    )
    sent = telegram.wait_for_messages(before + 4)[before:]
    assert [one["text"] for one in sent] == [PLANES, PLANES, PLANES, texts.help_text("verbatim_bot")]
    assert {(one["chat_id"], one["disable_notification"]) for one in sent} == {(-100_123, True)}


@pytest.mark.usefixtures("bot")
def test_what_is_no_answer_says_so(telegram: Server) -> None:
    before = len(telegram.messages())
    telegram.bring(
        message("Who won the 2018 World Cup?"), message("Hello"), message("🤔"), message("/articles")
    )
    said = [sent["text"] for sent in telegram.wait_for_messages(before + 4)[before:]]
    assert said[0] == texts.NOTHING
    assert said[1] == texts.greeting(None)
    assert "\n" not in said[2]
    assert said[3] == "You can ask about:\n• Blinken on China and Russia, 18 March 2022"


@pytest.mark.usefixtures("bot")
def test_a_chat_keeps_its_order_and_others_do_not_wait_for_all_of_it(telegram: Server) -> None:
    before = len(telegram.messages())
    telegram.bring(*(message(f"{WHAT_PLANES} {'!' * n}") for n in range(6)), in_group(f"/ask {WHAT_PLANES}"))
    sent = telegram.wait_for_messages(before + 7)[before:]
    replied = [one["reply_parameters"]["message_id"] for one in sent if one["chat_id"] == 5]
    assert replied == sorted(replied)
    assert len(replied) == 6
    assert [one["chat_id"] for one in sent].index(-100_123) <= 2


def test_an_update_that_cannot_be_read_stops_nothing(telegram: Server, bot: BotProcess) -> None:
    before = len(telegram.messages())
    telegram.bring_raw({"message": {"text": "who wrote this"}})
    telegram.bring(message("thanks"))
    assert telegram.wait_for_messages(before + 1)[-1]["text"] == texts.WELCOME
    bot.wait_for_line("cannot be read and is skipped")
    assert "who wrote this" not in bot.output


@pytest.mark.usefixtures("bot")
def test_commands_are_shown_by_scope(telegram: Server) -> None:
    telegram.wait_for(lambda: sum(method == "setMyCommands" for method, _ in telegram.calls) == 3)
    shown = {
        call["scope"]["type"]: [command["command"] for command in call["commands"]]
        for method, call in telegram.calls
        if method == "setMyCommands"
    }
    assert shown == {
        "all_private_chats": ["articles", "summary", "settings", "help"],
        "all_group_chats": ["ask", "articles", "summary", "settings", "help"],
    }


def test_a_stop_lets_running_answers_finish(folder: Path) -> None:
    with Server() as telegram, BotProcess(folder, telegram.url) as bot:
        bot.wait_for_line("ready: ")
        telegram.bring(message(WHAT_PLANES))
        telegram.wait_for(lambda: any(method == "sendChatAction" for method, _ in telegram.calls))
        bot.send(signal.SIGTERM)
        assert bot.exit_code(within_s=10) == 0
        assert [sent["text"] for sent in telegram.messages()] == [PLANES]


def test_a_stop_while_the_models_load_is_not_waited_for(folder: Path) -> None:
    with Server() as telegram, BotProcess(folder, telegram.url) as bot:
        telegram.wait_for(lambda: any(method == "getMe" for method, _ in telegram.calls))
        began = time.monotonic()
        bot.send(signal.SIGINT)
        assert bot.exit_code(within_s=10) == 0
        assert time.monotonic() - began < 5
        assert "ready" not in bot.output
        assert "Traceback" not in bot.output


def test_a_second_signal_ends_it_at_once(folder: Path) -> None:
    with Server() as telegram, BotProcess(folder, telegram.url) as bot:
        telegram.bring(message(WHAT_PLANES))  # it waits for the models, and the first stop for it
        telegram.wait_for(lambda: any(method == "sendChatAction" for method, _ in telegram.calls))
        bot.send(signal.SIGTERM)
        bot.wait_for_line("stopping")
        bot.send(signal.SIGTERM)
        assert bot.exit_code(within_s=2) == 128 + signal.SIGTERM
        assert telegram.messages() == []


def test_a_question_that_comes_before_the_models_is_answered(folder: Path) -> None:
    with Server() as telegram:
        telegram.bring(message(WHAT_PLANES))
        with BotProcess(folder, telegram.url) as bot:
            assert telegram.wait_for_messages(1)[0]["text"] == PLANES
            bot.send()
            assert bot.exit_code(within_s=10) == 0


def test_telegram_unreachable_at_start_is_tried_again(folder: Path) -> None:
    port = free_port()
    with BotProcess(folder, f"http://127.0.0.1:{port}") as bot:
        bot.wait_for_line("Telegram cannot be reached, next try in 1 s")
        with Server(port) as telegram:
            telegram.fail_once("getMe", 502, "Bad Gateway")
            bot.wait_for_line("ready: ")
            telegram.bring(message("Hello"))
            assert telegram.wait_for_messages(1)[0]["text"] == texts.greeting(None)
            bot.send()
            assert bot.exit_code(within_s=10) == 0
        assert "Traceback" not in bot.output


def test_a_failing_poll_is_tried_again(folder: Path) -> None:
    with Server() as telegram:
        for status, description in ((409, "Conflict: terminated by other getUpdates request"), (502, "Bad")):
            telegram.fail_once("getUpdates", status, description)
        with BotProcess(folder, telegram.url) as bot:
            bot.wait_for_line("another program fetches this bot's messages")
            bot.wait_for_line("Telegram cannot be reached, next try in 2 s: Bad")
            telegram.bring(message("Hello"))
            assert telegram.wait_for_messages(1)[0]["text"] == texts.greeting(None)
            bot.send()
            assert bot.exit_code(within_s=10) == 0


def test_a_wrong_token_is_one_sentence(folder: Path) -> None:
    wrong = TOKEN[:-4] + "XXXX"
    with Server() as telegram, BotProcess(folder, telegram.url, token=wrong) as bot:
        assert bot.exit_code(within_s=30) == 1
        assert bot.output == f"{texts.refused(telegram.url)}\n"


def test_a_malformed_token_is_one_sentence(tmp_path: Path) -> None:
    done = run("bot", folder=tmp_path, TELEGRAM_BOT_TOKEN="my token")  # noqa: S106  # it is none
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{texts.MALFORMED}\n")


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[bot]\napi_url = "telegram"\n', encoding="utf-8")
    done = run("bot", folder=tmp_path, TELEGRAM_BOT_TOKEN=TOKEN)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("config.toml: [bot] api_url is 'telegram'")
    assert done.stderr.count("\n") == 1


def test_an_article_that_comes_or_goes_meanwhile_is_noticed(tmp_path: Path) -> None:
    with Server() as telegram, BotProcess(tmp_path, telegram.url) as bot:
        telegram.bring(message(WHAT_PLANES), message("/articles"))
        said = [sent["text"] for sent in telegram.wait_for_messages(2)]
        assert said == [texts.NO_ARTICLES, texts.NO_ARTICLES]
        added = run("index", "add", "articles", folder=tmp_path)
        assert added.returncode == 0, added.stderr
        telegram.bring(message(WHAT_PLANES))
        assert telegram.wait_for_messages(3)[-1]["text"] == PLANES
        removed = run("index", "remove", added.stdout.split()[1], folder=tmp_path)
        assert removed.returncode == 0, removed.stderr
        telegram.bring(message(WHAT_PLANES))
        assert telegram.wait_for_messages(4)[-1]["text"] == texts.NO_ARTICLES
        bot.send()
        assert bot.exit_code(within_s=10) == 0


def test_without_a_token_a_pipe_is_answered_line_by_line(folder: Path) -> None:
    done = run("bot", folder=folder, typed=f"{WHAT_PLANES}\nWho won the 2018 World Cup?\n")
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == texts.WITHOUT_TELEGRAM
    assert "aeroplane parts" in done.stdout
    assert "— Blinken on China and Russia, 18 March 2022 · ¶ 3" in done.stdout
