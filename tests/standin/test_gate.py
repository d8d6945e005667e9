"""The judges themselves: each mistake they are there for is found, and no good call is refused."""

from typing import Any

import pytest
from aiogram.types import Update

from tests.standin import gate, people
from tests.standin.gate import check_call, check_text, check_update
from tests.standin.refusals import RefusedError
from tests.standin.specification import Specification
from tests.standin.tdlib import marks_of

LINK = {"type": "text_link", "offset": 0, "length": 2, "url": "https://a.example/#:~:text=jam"}


def test_a_good_call_passes_as_a_form_and_as_values() -> None:
    form = {"chat_id": "5", "text": "12", "entities": '[{"type": "bold", "offset": 0, "length": 2}]'}
    values = {"chat_id": 5, "text": "12", "entities": [{"type": "bold", "offset": 0, "length": 2}]}
    assert check_call("sendMessage", form) == values
    assert check_call("sendMessage", values) == values


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("sendMesage", {"chat_id": 5, "text": "a"}),
        ("sendMessage", {"chat_id": 5}),
        ("sendMessage", {"chat_id": 5, "text": "a", "reply_to": 3}),
        ("sendMessage", {"chat_id": 5, "text": "a", "disable_notification": "perhaps"}),
        ("sendMessage", {"chat_id": 5, "text": "a", "link_preview_options": {"disabled": True}}),
        ("sendMessage", {"chat_id": 5, "text": "a", "reply_parameters": {"message_id": 3, "qoute": "a"}}),
        ("sendMessage", {"chat_id": 5, "text": " \n"}),
    ],
)
def test_a_bad_call_does_not(method: str, fields: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        check_call(method, fields)


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("a" * 4097, []),
        ("🦔" * 2049, []),
        ("ab", [{"type": "bold", "offset": 1, "length": 2}]),
        ("ab", [{"type": "bold", "offset": 1, "length": 0}]),
        ("ab", [{"type": "bold", "offset": 0, "length": 1}] * 101),
        ("ab", [{**LINK, "url": "javascript:alert(1)"}]),
    ],
)
def test_a_bad_text_does_not(text: str, entities: list[dict[str, Any]]) -> None:
    with pytest.raises(RefusedError):
        check_text(text, entities)


def test_an_entity_must_not_cut_a_character() -> None:
    with pytest.raises((RefusedError, UnicodeDecodeError)):
        check_text("🦔", [{"type": "bold", "offset": 1, "length": 1}])


def test_good_texts_pass() -> None:
    check_text("🦔" * 2048, [{"type": "blockquote", "offset": 0, "length": 4096}])
    check_text("ab", [LINK])


def test_people_s_texts_are_marked_as_telegram_marks_them() -> None:
    assert marks_of("/ask@verbatim_bot 🦔 @Ann_5") == [
        {"type": "bot_command", "offset": 0, "length": 17},
        {"type": "mention", "offset": 21, "length": 6},
    ]
    assert marks_of("who likes jam?") == []


@pytest.mark.parametrize(
    "written",
    [
        people.message("Who likes jam?"),
        people.in_group("@verbatim_bot who likes jam?", reply_to_message=people.of_ours()),
        people.in_topic("/ask who likes jam?"),
    ],
)
def test_what_people_write_here_is_what_telegram_would_bring(written: dict[str, Any]) -> None:
    arrived = Update.model_validate(people.update(**written))
    assert arrived.message is not None
    assert arrived.message.text == written["text"]
    assert arrived.model_extra == arrived.message.model_extra == {}


@pytest.mark.parametrize(
    ("text", "mode", "wording"),
    [
        ("<b>a", "HTML", "can't parse entities: Can't find end tag"),
        (f"<b>{'a' * 4097}</b>", "HTML", "message is too long"),
        (f"<b>{'a' * 32762}</b>", "HTML", "text is too long"),
        ("<b> </b>", "HTML", "message text is empty"),
    ],
)
def test_a_marked_up_text_is_judged_as_it_will_stand_there(text: str, mode: str, wording: str) -> None:
    with pytest.raises(RefusedError, match=wording):
        check_call("sendMessage", {"chat_id": 5, "text": text, "parse_mode": mode})


def test_markup_does_not_count() -> None:
    call = {"chat_id": 5, "text": f"<b>{'a' * 4096}</b>", "parse_mode": "HTML"}
    assert check_call("sendMessage", call) == call


def test_captions_and_drafts_have_limits_of_their_own() -> None:
    document = {"chat_id": 5, "document": "file-1"}
    assert check_call("sendDocument", document | {"caption": "a" * 1024})
    with pytest.raises(RefusedError, match="message caption is too long"):
        check_call("sendDocument", document | {"caption": "a" * 1025})
    assert check_call("sendMessageDraft", {"chat_id": 5, "draft_id": 1, "text": ""})


def test_an_update_is_judged_too() -> None:
    good = people.update(**people.message("Who likes jam?"))
    assert check_update(good) == good
    for wrong in ({"message_id": "three"}, {"sound": 1}, {"chat": {"id": 5}}):
        with pytest.raises(RefusedError):
            check_update(people.update(**{**people.message("Who?"), **wrong}))


def test_the_description_judges_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    described = Specification({"version": "No API", "methods": {}, "types": {"Update": {"name": "Update"}}})
    monkeypatch.setattr(gate, "specification", lambda: described)
    with pytest.raises(RefusedError, match="No API has no method sendMessage"):
        check_call("sendMessage", {"chat_id": 5, "text": "a"})
    monkeypatch.setattr(gate, "specification", lambda: None)
    assert check_call("sendMessage", {"chat_id": 5, "text": "a"})
