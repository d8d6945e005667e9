"""Libraries and files that leave and come, by commands."""

from __future__ import annotations

from pathlib import Path

from index.store.paths import library_path
from tests.command import verbatim
from tests.documents import document


def test_the_file_of_an_article_comes_back_as_it_was(folder: Path, ids: dict[str, str]) -> None:
    (folder / "a.pdf").write_bytes(document("libreoffice.pdf"))
    out = verbatim(folder, "add", "a.pdf", "--library", "pdf")[1]
    article_id = out.split()[1]
    out = verbatim(folder, "show", article_id, "--original", "b.pdf", "--library", "pdf")[1]
    assert out == f"b.pdf: {len(document('libreoffice.pdf')):,} bytes.\n"
    assert (folder / "b.pdf").read_bytes() == document("libreoffice.pdf")
    again = verbatim(folder, "show", article_id, "--original", "b.pdf", "--library", "pdf")
    assert again == (1, "", "verbatim: b.pdf already exists. Choose another name.\n")
    assert verbatim(folder, "show", ids["Bears"], "--original", "c") == (
        1,
        "",
        f"verbatim: Only the text of {ids['Bears']} is stored: original files are kept for "
        "PDF, DOCX, RTF and EPUB. To see the text, leave out --original.\n",
    )


def test_a_library_moves_as_one_file(folder: Path, ids: dict[str, str]) -> None:
    code, out, err = verbatim(folder, "export", "kept/out.db")
    size = (folder / "kept" / "out.db").stat().st_size
    assert (code, out, err) == (0, f"Exported main to kept/out.db ({size:,} bytes).\n", "")
    assert verbatim(folder, "import", "kept/out.db", "--chat", "-5") == (0, "chats/-5: 2 articles.\n", "")
    assert verbatim(folder, "list", "--chat", "-5")[1] == verbatim(folder, "list")[1]
    merged = verbatim(folder, "import", "kept/out.db", "--merge")
    assert merged == (0, "main: 0 articles added.\n", "")
    again = verbatim(folder, "import", "kept/out.db")
    assert again[2].startswith("verbatim: There's already a library main. ")
    (folder / "config.toml").write_text("[index]\npassage_tokens = 32\n")
    assert verbatim(folder, "import", "kept/out.db", "--library", "news")[1] == (
        "news: 2 articles.\nIt was made with another model or passage size. Before you ask "
        "it, run `verbatim rebuild --library news`.\n"
    )
    assert len(ids) == 2


def test_one_library_that_is_none_does_not_hide_the_others(folder: Path, ids: dict[str, str]) -> None:
    assert len(ids) == 2
    (folder / "data" / "libraries" / "bad.db").write_text("Bears like jam. " * 100)
    code, out, err = verbatim(folder, "libraries")
    assert code == 1
    assert out.startswith("main                      2 articles")
    assert "bad.db isn't a library, or is damaged" in err


def test_what_another_source_gave_is_not_searched(folder: Path, ids: dict[str, str]) -> None:
    assert len(ids) == 2
    verbatim(folder, "export", "out.db")
    (folder / "articles" / "foxes.txt").write_text("Foxes read books.")
    verbatim(folder, "add", "articles/foxes.txt", "--library", "other")
    assert verbatim(folder, "import", "out.db", "--merge", "--library", "other")[1] == (
        "other: 1 article added.\nNot searched: 1 version, either earlier or from a source "
        "that was already there.\n"
    )


def test_a_backup_is_a_folder_to_put_back(folder: Path, ids: dict[str, str]) -> None:
    size = library_path(folder / "data", "main").stat().st_size
    assert verbatim(folder, "backup", "kept/today") == (
        0,
        f"{size:>15,}  libraries/main.db\nCopied 1 file to kept/today. To restore a backup, "
        f"stop the bot and replace {folder / 'data'} with that folder.\n",
        "",
    )
    verbatim(folder, "remove", ids["Bears"])
    (folder / "data").rename(folder / "broken")
    (folder / "kept" / "today").rename(folder / "data")
    assert [line.split()[0] for line in verbatim(folder, "list")[1].splitlines()] == [
        ids["Bears"],
        ids["foxes"],
    ]


def test_a_chat_has_a_library_of_its_own(folder: Path, ids: dict[str, str]) -> None:
    code, out, err = verbatim(folder, "add", "articles/foxes.txt", "--chat", "-100123")
    assert (code, err) == (0, "")
    assert out == f"added {ids['foxes']}  foxes (1 passage)\nchats/-100123: 1 added.\n"
    chat = ("--chat", "-100123")
    assert verbatim(folder, "list", *chat)[1] == f"{ids['foxes']}              foxes  (articles/foxes.txt)\n"
    size = (folder / "data" / "libraries" / "chats" / "-100123.db").stat().st_size
    assert verbatim(folder, "libraries")[1].splitlines()[1:] == [
        f"chats/-100123              1 article  {size:>15,} bytes"
    ]
    assert verbatim(folder, "verify", *chat)[1] == "chats/-100123 is intact: 1 article, 1 passage.\n"
    assert verbatim(folder, "show", ids["Bears"], *chat)[2] == (
        f"verbatim: There's no article with the id {ids['Bears']} here. To see the ids, run "
        "`verbatim list --chat -100123`.\n"
    )
    assert verbatim(folder, "remove", ids["foxes"], *chat)[0] == 0
    assert verbatim(folder, "list", *chat)[1] == (
        "chats/-100123 has no articles. Add some with `verbatim add PATH --chat -100123`.\n"
    )
    assert len(verbatim(folder, "list")[1].splitlines()) == 2
