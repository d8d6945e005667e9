"""The bot as a process, with the real models, over real HTTP against a stand-in for Telegram's server."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat import answer_texts, texts
from index.models.find import VARIABLE, place_in
from index.models.packaged import BGE_SMALL
from tests.bot.wording import NOTHING, greeting
from tests.standin.loopback import TOKEN, free_port
from tests.standin.process import BotProcess, run
from tests.standin.refusals import ANOTHER_POLLER, Refusal, conflict
from tests.standin.telegram import Telegram

PLANES = (
    "Earlier, China refused to supply Russian airlines with aeroplane parts after the US “bluntly” warned "
    "China against helping Russia circumvent economic sanctions imposed by the US and its allies.\n"
    "— Blinken on China and Russia, 18 March 2022 · ¶ 3"
)
WHAT_PLANES = "What did China refuse to give Russian airlines?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample article in it."""
    made = tmp_path_factory.mktemp("library")
    added = run("add", "articles", folder=made)
    assert added.returncode == 0, added.stderr
    return made


@pytest.fixture
def own_folder(folder: Path, tmp_path: Path) -> Path:
    """A copy of it, for a bot beside the one that runs for all tests: two cannot share a data folder."""
    shutil.copytree(folder / "data" / "libraries", tmp_path / "data" / "libraries")
    return tmp_path


@pytest.fixture(scope="module")
def telegram() -> Iterator[Telegram]:
    """A stand-in that runs for all tests of this file, and has refused nothing at their end."""
    with Telegram() as server:
        yield server
        assert server.refused == []


@pytest.fixture(scope="module")
def bot(folder: Path, telegram: Telegram) -> Iterator[BotProcess]:
    """A bot that answers, and logs all it can."""
    with BotProcess(folder, telegram.url, "--debug", anew=True) as process:
        process.wait_for_line("ready: @verbatim_bot answers from the articles in main")
        yield process
        process.send()
        assert process.exit_code() == 0
        assert TOKEN.partition(":")[2] not in process.output
        assert "bot<token>/getMe" in process.output
        assert "aeroplane" not in process.output
        assert WHAT_PLANES not in process.output
        assert process.output.count("ready: ") == 1


def texts_to(telegram: Telegram, chat_id: int, count: int) -> list[str]:
    """The texts of the first ``count`` messages to a chat."""
    sent = telegram.wait_for(lambda: found if len(found := telegram.sent(chat_id)) >= count else None)
    return [message["text"] for message in sent]


def has_called(telegram: Telegram, method: str) -> bool:
    """Whether the bot has."""
    return any(call.method == method for call in telegram.calls)


def test_a_private_question_is_answered_in_words_of_the_article(telegram: Telegram, bot: BotProcess) -> None:
    asked = telegram.person("Ann").says(WHAT_PLANES)
    assert asked.answer()["text"] == PLANES, bot.output
    sent = [call.values for call in telegram.calls if call.method == "sendMessage"][-1]
    assert (sent["chat_id"], sent["text"]) == (asked.chat.id, PLANES)
    words = "aeroplane parts"
    assert sorted(sent["entities"], key=lambda entity: entity["length"]) == [
        {"type": "bold", "offset": PLANES.index(words), "length": len(words)},
        {"type": "blockquote", "offset": 0, "length": PLANES.index("\n")},
    ]
    assert sent["reply_parameters"]["message_id"] == asked.id
    assert sent["link_preview_options"] == {"is_disabled": True}


@pytest.mark.usefixtures("bot")
def test_a_group_is_answered_when_it_asks_us(telegram: Telegram) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Readers", ann, bot="administrator")  # so that all that is said reaches the bot
    ann.says(WHAT_PLANES, to=group)
    asked = ann.says(f"/ask@verbatim_bot {WHAT_PLANES}", to=group)
    ann.says(f"@other_bot {WHAT_PLANES}", to=group)
    ann.says(f"@Verbatim_bot: {WHAT_PLANES}", to=group)
    ann.says(WHAT_PLANES, reply_to=asked.answer())
    ann.says("/help", to=group)
    assert texts_to(telegram, group.id, 4) == [PLANES, PLANES, PLANES, texts.help_text("verbatim_bot")]
    sent = [call.values for call in telegram.calls if call.method == "sendMessage"]
    assert {message["disable_notification"] for message in sent if message["chat_id"] == group.id} == {True}


@pytest.mark.usefixtures("bot")
def test_what_is_no_answer_says_so(telegram: Telegram) -> None:
    ann = telegram.person("Ann")
    for text in ("Who won the 2018 World Cup?", "Hello", "🤔", "/articles"):
        ann.says(text)
    said = texts_to(telegram, ann.id, 4)
    assert said[0] == NOTHING
    assert said[1] == greeting(None)
    assert "\n" not in said[2]
    assert said[3] == "You can ask about:\n1. Blinken on China and Russia, 18 March 2022"


@pytest.mark.usefixtures("bot")
def test_a_chat_keeps_its_order_and_others_do_not_wait_for_all_of_it(telegram: Telegram) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Readers", ann, bot="administrator")
    before = len(telegram.sent())
    asked = [ann.says(f"{WHAT_PLANES} {'!' * n}") for n in range(6)]
    ann.says(f"/ask {WHAT_PLANES}", to=group)
    telegram.wait_for(lambda: len(telegram.sent()) >= before + 7)
    sent = telegram.sent()[before:]
    replied = [
        message["reply_to_message"]["message_id"] for message in sent if message["chat"]["id"] == ann.id
    ]
    assert replied == [question.id for question in asked]
    assert [message["chat"]["id"] for message in sent].index(group.id) <= 2


@pytest.mark.parametrize(
    "nonsense",
    [
        {"message": {"text": "who wrote this"}},
        {"message": {"message_id": 1, "date": "today", "chat": {"id": 5}, "text": "who wrote this"}},
    ],
)
def test_an_update_that_cannot_be_read_stops_nothing(
    telegram: Telegram, bot: BotProcess, nonsense: dict[str, Any]
) -> None:
    skipped = bot.output.count("cannot be read and is skipped")
    telegram.brings(nonsense)
    ann = telegram.person("Ann")
    ann.says("thanks")
    assert texts_to(telegram, ann.id, 1) == [answer_texts.WELCOME]
    bot.wait_for_line("cannot be read and is skipped")
    assert bot.output.count("cannot be read and is skipped") == skipped + 1
    assert "who wrote this" not in bot.output


@pytest.mark.usefixtures("bot")
def test_commands_are_shown_by_scope(telegram: Telegram) -> None:
    telegram.wait_for(lambda: sum(call.method == "setMyCommands" for call in telegram.calls) == 3)
    shown = {
        call.values["scope"]["type"]: [command["command"] for command in call.values["commands"]]
        for call in telegram.calls
        if call.method == "setMyCommands"
    }
    assert shown == {
        "all_private_chats": ["articles", "add", "summary", "settings", "help"],
        "all_group_chats": ["ask", "articles", "add", "summary", "help"],
        "all_chat_administrators": ["ask", "articles", "add", "summary", "help", "settings"],
    }


def test_a_stop_lets_running_answers_finish(own_folder: Path) -> None:
    with Telegram() as telegram, BotProcess(own_folder, telegram.url) as bot:
        bot.wait_for_line("ready: ")
        telegram.person("Ann").says(WHAT_PLANES)
        telegram.wait_for(lambda: has_called(telegram, "sendChatAction"))
        bot.send(signal.SIGTERM)
        assert bot.exit_code() == 0
        assert [sent["text"] for sent in telegram.sent()] == [PLANES]


def test_a_stop_while_the_models_load_is_not_waited_for(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = place_in(tmp_path / "weights", BGE_SMALL) / "model.onnx"
    weights.parent.mkdir(parents=True)
    os.mkfifo(weights)  # nobody writes into it: who reads it waits for ever
    monkeypatch.setenv(VARIABLE, str(tmp_path / "weights"))
    with Telegram() as telegram, BotProcess(own_folder, telegram.url) as bot:
        telegram.wait_for(lambda: has_called(telegram, "getMe"))
        bot.send(signal.SIGINT)
        assert bot.exit_code() == 0
        assert "ready" not in bot.output
        assert "Traceback" not in bot.output


def test_a_second_signal_ends_it_at_once(own_folder: Path) -> None:
    with Telegram() as telegram, BotProcess(own_folder, telegram.url) as bot:
        telegram.person("Ann").says(WHAT_PLANES)  # it waits for the models, and the first stop for it
        telegram.wait_for(lambda: has_called(telegram, "sendChatAction"))
        bot.send(signal.SIGTERM)
        bot.wait_for_line("stopping")
        bot.send(signal.SIGTERM)
        assert bot.exit_code() == 128 + signal.SIGTERM
        assert telegram.sent() == []


def test_a_question_that_comes_before_the_models_is_answered(own_folder: Path) -> None:
    with Telegram() as telegram:
        asked = telegram.person("Ann").says(WHAT_PLANES)
        with BotProcess(own_folder, telegram.url) as bot:
            assert asked.answer()["text"] == PLANES
            bot.send()
            assert bot.exit_code() == 0


def test_telegram_unreachable_at_start_is_tried_again(own_folder: Path) -> None:
    port = free_port()
    with BotProcess(own_folder, f"http://127.0.0.1:{port}") as bot:
        bot.wait_for_line("Telegram cannot be reached, next try in 1 s")
        with Telegram(port) as telegram:
            telegram.fail("getMe", Refusal(502, "Bad Gateway"))
            bot.wait_for_line("ready: ")
            ann = telegram.person("Ann")
            ann.says("Hello")
            assert texts_to(telegram, ann.id, 1) == [greeting(None)]
            bot.send()
            assert bot.exit_code() == 0
        assert "Traceback" not in bot.output


def test_a_failing_poll_is_tried_again(own_folder: Path) -> None:
    with Telegram() as telegram:
        telegram.fail("getUpdates", conflict(ANOTHER_POLLER), Refusal(502, "Bad"))
        with BotProcess(own_folder, telegram.url) as bot:
            bot.wait_for_line("another program fetches this bot's messages")
            bot.wait_for_line("Telegram cannot be reached, next try in 2 s: Bad")
            ann = telegram.person("Ann")
            ann.says("Hello")
            assert texts_to(telegram, ann.id, 1) == [greeting(None)]
            bot.send()
            assert bot.exit_code() == 0


def test_a_wrong_token_is_one_sentence(own_folder: Path) -> None:
    wrong = TOKEN[:-4] + "XXXX"
    with Telegram() as telegram, BotProcess(own_folder, telegram.url, token=wrong) as bot:
        assert bot.exit_code() == 1
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
    with Telegram() as telegram, BotProcess(tmp_path, telegram.url) as bot:
        ann = telegram.person("Ann")
        ann.says(WHAT_PLANES)
        ann.says("/articles")
        assert texts_to(telegram, ann.id, 2) == [texts.NO_ARTICLES, texts.NO_ARTICLES]
        added = run("add", "articles", folder=tmp_path)
        assert added.returncode == 0, added.stderr
        ann.says(WHAT_PLANES)
        assert texts_to(telegram, ann.id, 3)[-1] == PLANES
        removed = run("remove", added.stdout.split()[1], folder=tmp_path)
        assert removed.returncode == 0, removed.stderr
        ann.says(WHAT_PLANES)
        assert texts_to(telegram, ann.id, 4)[-1] == texts.NO_ARTICLES
        bot.send()
        assert bot.exit_code() == 0


def test_without_a_token_a_pipe_is_answered_line_by_line(folder: Path) -> None:
    done = run("bot", folder=folder, typed=f"{WHAT_PLANES}\nWho won the 2018 World Cup?\n")
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == texts.WITHOUT_TELEGRAM
    assert "aeroplane parts" in done.stdout
    assert "— Blinken on China and Russia, 18 March 2022 · ¶ 3" in done.stdout
