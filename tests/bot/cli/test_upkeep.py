"""What commands do to a library: add again, remove, rebuild, verify."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from index.store.paths import library_path
from tests.command import verbatim


def test_verify_names_what_is_wrong_and_fails(folder: Path, ids: dict[str, str]) -> None:
    by_hand = sqlite3.connect(library_path(folder / "data", "main"))
    by_hand.execute("UPDATE passages SET start = 999 WHERE number = 1")
    by_hand.execute("UPDATE passages SET vector = zeroblob(1536) WHERE number = 2")
    by_hand.commit()
    by_hand.close()
    code, out, err = verbatim(folder, "verify")
    assert code == 1
    assert out.splitlines() == [
        f"main: passage 999:42 of {ids['Bears']} isn't a slice of it",
        "main: passage number 2 has no unit vector",
        "main: the word index doesn't agree with the articles",
    ]
    assert err == (
        "verbatim: main has 3 faults. Run `verbatim rebuild`. If that doesn't help, restore "
        "a backup, or remove the article and add it again.\n"
    )


def test_verify_embeds_again_to_find_a_vector_of_other_words(folder: Path) -> None:
    ids = [line.split()[1] for line in verbatim(folder, "add", "articles")[1].splitlines()[:2]]
    assert verbatim(folder, "verify", "--vectors")[1] == "main is intact: 2 articles, 2 passages.\n"
    by_hand = sqlite3.connect(library_path(folder / "data", "main"))
    foxes = by_hand.execute("SELECT vector FROM passages WHERE number = 2").fetchone()
    by_hand.execute("UPDATE passages SET vector = ? WHERE number = 1", foxes)
    by_hand.commit()
    by_hand.close()
    assert verbatim(folder, "verify")[0] == 0
    code, out, _ = verbatim(folder, "verify", "--vectors")
    assert (code, out) == (1, f"main: the vector of passage 0:42 of {ids[0]} isn't that of its words\n")


def test_refresh_says_what_changed(folder: Path) -> None:
    verbatim(folder, "add", "articles")
    assert verbatim(folder, "refresh") == (0, "main: 2 unchanged.\n", "")
    (folder / "articles" / "foxes.txt").write_text("Foxes read books.")
    code, out, err = verbatim(folder, "refresh")
    assert (code, err) == (0, "")
    assert re.fullmatch(
        r"replaced [0-9a-f]{12}  foxes  \(articles/foxes\.txt\): text\nmain: 1 replaced, 1 unchanged\.\n", out
    )


def test_remove_takes_an_article_out(folder: Path, ids: dict[str, str]) -> None:
    assert verbatim(folder, "remove", ids["Bears"]) == (0, f"removed {ids['Bears']}  Bears\n", "")
    assert verbatim(folder, "list")[1] == f"{ids['foxes']}              foxes  (articles/foxes.txt)\n"
    verbatim(folder, "remove", ids["foxes"])
    assert verbatim(folder, "list") == (
        0,
        "main has no articles. Add some with `verbatim add PATH`.\n",
        "",
    )


def test_add_rebuild_and_verify_with_the_real_model(folder: Path) -> None:
    code, out, err = verbatim(folder, "add", "articles", "articles/bears.md")
    assert (code, err) == (0, "")
    assert re.fullmatch(
        r"added [0-9a-f]{12}  Bears \(1 passage\)\n"
        r"added [0-9a-f]{12}  foxes \(1 passage\)\n"
        r"main: 2 added\.\n",
        out,
    )
    assert verbatim(folder, "add", "articles") == (0, "Nothing to do: 2 articles in main, unchanged.\n", "")

    (folder / "config.toml").write_text("[index]\npassage_tokens = 32\n")
    stale = (
        f"verbatim: {folder / 'data' / 'libraries' / 'main.db'} was made with "
        "bge-small-en-v1.5 and passages of 160 tokens, but config.toml says "
        "bge-small-en-v1.5 and 32. Run `verbatim rebuild`, or change config.toml back.\n"
    )
    assert verbatim(folder, "add", "articles") == (1, "", stale)
    assert verbatim(folder, "rebuild") == (0, "main: 2 articles rebuilt with bge-small-en-v1.5.\n", "")
    assert verbatim(folder, "add", "articles") == (0, "Nothing to do: 2 articles in main, unchanged.\n", "")
    assert verbatim(folder, "verify") == (0, "main is intact: 2 articles, 2 passages.\n", "")
