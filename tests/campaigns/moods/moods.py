"""What Telegram, its network and the machine's clock do to a bot while people ask it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

from bot.errors import SecondBotError
from tests.campaigns.moods.play import CANARY, Play
from tests.standin.groups import Group
from tests.standin.methods import Dropped, Fault, Garbled, Silent
from tests.standin.refusals import ANOTHER_POLLER, Refusal, conflict, too_many

Mood = Callable[[Play, Random], list[str]]

DAY_S = 86_400.0
PAGE = f"<html><body>502 {CANARY}</body></html>".encode()
BODIES = (
    b"null",
    b'""',
    b"",
    b"[]",
    PAGE,
    f"\xff{CANARY}".encode("latin-1"),
    b'{"ok":true}',
    b'{"ok":false}',
    b'{"ok":true,"result":{}}',
    b'{"ok":true,"result":[null,{"update_id":9223372036854775808},{"update_id":"x"},{"message":{}}]}',
    b'{"ok":true,"result":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"ok":true,"result":[{"update_id":5,"message":{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}}]}",
)
CALLED = ("getUpdates", "getMe", "sendChatAction", "sendMessageDraft", "setMyCommands", "deleteWebhook")


def conflict_short(play: Play, rng: Random) -> list[str]:
    """Another program fetches what is ours for less than ten minutes."""
    play.fails("getUpdates", *[conflict(ANOTHER_POLLER)] * rng.randint(1, 15))
    return _ask_and_drain(play, rng)


def conflict_long(play: Play, rng: Random) -> list[str]:
    """It goes on, and the bot ends with its own error; what it has is answered by the next one."""
    with play.running() as bot:
        play.crowd(rng.randint(1, 4))
        play.drain(bot)
        play.fails("getUpdates", *[conflict(ANOTHER_POLLER)] * 100)
        bot.passes(1500)
    found = [] if isinstance(bot.error, SecondBotError) else ["it has not ended for the second bot"]
    play.telegram.do(play.telegram.methods.faults["getUpdates"].clear)
    return [*found, *_ask_and_drain(play, rng)]


def storm_small(play: Play, rng: Random) -> list[str]:
    """Telegram wants to be left alone, for seconds and again."""
    for method in ("sendMessage", "editMessageText", "sendChatAction", "sendMessageDraft"):
        play.fails(method, *[too_many(rng.randint(1, 5)) for _ in range(rng.randint(5, 40))])
    return _ask_and_drain(play, rng)


def storm_large(play: Play, rng: Random) -> list[str]:
    """For minutes."""
    play.fails("sendMessage", *[too_many(rng.randint(30, 900)) for _ in range(rng.randint(2, 8))])
    play.fails("getUpdates", too_many(rng.randint(30, 300)))
    return _ask_and_drain(play, rng)


def errors_short(play: Play, rng: Random) -> list[str]:
    """Telegram fails for a quarter of a minute."""
    return _errors(play, rng, 4)


def errors_long(play: Play, rng: Random) -> list[str]:
    """For a quarter of an hour."""
    return _errors(play, rng, 30)


def pages(play: Play, rng: Random) -> list[str]:
    """Whatever stands before Telegram answers with pages of its own, of any status."""
    for method in (*CALLED, "sendMessage", "editMessageText"):
        statuses = [rng.choice((302, 400, 401, 403, 404, 409, 413, 429, 500, 502, 504)) for _ in range(4)]
        play.fails(method, *[Garbled(rng.choice((PAGE, b"", b"null", b"{")), status) for status in statuses])
    return _ask_and_drain(play, rng)


def garbage(play: Play, rng: Random) -> list[str]:
    """Bodies that are no answers."""
    for method in (*CALLED, "editMessageText"):
        bodies = rng.sample(BODIES, rng.randint(1, 4))
        play.fails(method, *[Garbled(body, done=method == "editMessageText") for body in bodies])
    play.fails("sendMessage", Garbled(rng.choice(BODIES), done=True))
    return _ask_and_drain(play, rng)


def half_open(play: Play, rng: Random) -> list[str]:
    """Connections on which nothing is ever said."""
    play.fails("getUpdates", *[Silent(done=rng.random() < 0.5) for _ in range(rng.randint(1, 3))])
    play.fails("sendChatAction", Silent())
    play.fails("editMessageText", Silent(done=rng.random() < 0.5))
    play.fails("sendMessage", Silent(done=rng.random() < 0.7))
    return _ask_and_drain(play, rng)


def dropped(play: Play, rng: Random) -> list[str]:
    """Connections break before a call is done, or after."""
    for method in (*CALLED, "editMessageText"):
        play.fails(method, *[Dropped(done=rng.random() < 0.5) for _ in range(rng.randint(1, 4))])
    play.fails("sendMessage", *[Dropped(done=True) for _ in range(rng.randint(0, 3))], Dropped())
    return _ask_and_drain(play, rng)


def clocks(play: Play, rng: Random) -> list[str]:
    """The machine's clock is two days ahead, then in 1970, then right again, over restarts."""
    jumps = [2 * DAY_S, -time.time(), 0.0]
    rng.shuffle(jumps)
    with _clock() as shift:
        play.fails("sendMessage", *[Refusal(502, "Bad Gateway")] * 3)
        for jump in (*jumps, 0.0):
            shift[0] = jump
            with play.running() as bot:
                play.crowd(rng.randint(1, 3), in_group=1)
                bot.passes(rng.choice((0.5, 3.0)))
                shift[0] = rng.choice(jumps)
                bot.passes(3.0)
        shift[0] = 0.0
        return _ask_and_drain(play, rng)


def moves(play: Play, rng: Random) -> list[str]:
    """A group becomes a supergroup while answers are planned and being sent; four orders, once or twice."""
    error_first, new_first, twice = (rng.random() < 0.5 for _ in range(3))
    ann = play.telegram.person("Ann")
    group = play.telegram.group("Readers", ann, type="group", bot="administrator")
    with play.running() as bot:
        play.fails("sendMessage", *[too_many(rng.randint(5, 30)) for _ in range(rng.randint(1, 2))])
        for _ in range(rng.randint(1, 3)):
            play.asks(ann, to=group)
        bot.passes(rng.choice((0.5, 2.0)))
        new = Group(play.telegram, play.telegram.do(lambda: play.telegram.world.upgrade(group.chat)))
        if error_first:
            bot.passes(40)
        for _ in range(1 + twice):
            play.tells_of_move(group, new, ann, new_first=new_first)
            bot.passes(rng.choice((0.5, 40.0)))
        play.asks(ann, to=new)
        play.drain(bot)
    return play.findings()


def stops(play: Play, rng: Random) -> list[str]:
    """The bot is stopped with twenty answers in work or being sent, several times."""
    found = []
    for _ in range(rng.randint(1, 2)):
        play.answerer.may_answer.clear()
        with play.running() as bot:
            play.crowd(8, in_group=12)
            bot.passes(rng.choice((0.1, 1.0, 3.0)))
            if rng.random() < 0.7:
                play.answerer.may_answer.set()
                bot.passes(rng.choice((0.1, 1.0, 4.0)))
            if rng.random() < 0.5:
                play.fails("sendMessage", *[too_many(60)] * 5)
        play.answerer.may_answer.set()
        found += ["it has not ended"] if bot.is_running else []
    with play.running() as bot:
        play.drain(bot)
    return [*found, *play.findings()]


def mixed(play: Play, rng: Random) -> list[str]:
    """All of it at once."""
    for method in (*CALLED, "sendMessage", "editMessageText"):
        trouble: list[Fault] = [
            Refusal(500, "Internal Server Error"),
            too_many(rng.randint(1, 60)),
            Garbled(PAGE, 503),
        ]
        if method != "sendMessage":
            trouble += [Dropped(), Dropped(done=True), Garbled(rng.choice(BODIES))]
        if method == "getUpdates":
            trouble += [conflict(ANOTHER_POLLER), Silent()]
        play.fails(method, *rng.choices(trouble, k=rng.randint(3, 10)))
    play.fails("sendMessage", rng.choice((Dropped(done=True), Silent(done=True))))
    return _ask_and_drain(play, rng)


MOODS: dict[str, Mood] = {
    mood.__name__: mood
    for mood in (
        stops,
        conflict_short,
        storm_small,
        storm_large,
        errors_short,
        errors_long,
        pages,
        garbage,
        half_open,
        dropped,
        clocks,
        moves,
        mixed,
        conflict_long,
    )
}


def _ask_and_drain(play: Play, rng: Random) -> list[str]:
    """Let people ask while the trouble lasts, slowly enough that placeholders come, then wait."""
    if rng.random() < 0.5:
        play.answerer.may_answer.clear()
    with play.running() as bot:
        group = play.crowd(rng.randint(1, 5), rng.randint(1, 2), in_group=rng.randint(1, 4))
        bot.passes(rng.choice((0.5, 4.0)))
        play.answerer.may_answer.set()
        play.drain(bot)
        play.asks(play.telegram.person("Last"))  # it goes on as before
        play.asks(play.telegram.person("Later"), to=group)
        play.drain(bot)
        found = [] if bot.is_running else ["it has ended"]
    return [*found, *play.findings()]


def _errors(play: Play, rng: Random, count: int) -> list[str]:
    for method in ("sendMessage", "editMessageText", "getUpdates", "sendChatAction"):
        statuses = [rng.choice((500, 502, 503, 504)) for _ in range(count)]
        play.fails(method, *[Refusal(status, "Bad Gateway") for status in statuses])
    return _ask_and_drain(play, rng)


@contextmanager
def _clock() -> Iterator[list[float]]:
    """Let this machine's clock be wrong by so many seconds."""
    shift, right = [0.0], time.time
    with patch("time.time", lambda: max(0.0, right() + shift[0])):
        yield shift
