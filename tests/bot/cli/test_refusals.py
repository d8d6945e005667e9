"""What is no article gets one sentence, whichever way it comes in, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.index.web import Web
from tests.refused import ADDRESSES, FILES, serve_refused, whole_sentence

ROOT = Path(__file__).parents[3]


def command(folder: Path, *arguments: str) -> tuple[int, str, list[str]]:
    """Exit code, what is said, and the mistakes, a line each."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.splitlines()


def test_each_file_is_refused_in_its_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    for file in FILES:
        (tmp_path / file.name).write_bytes(file.data)
    with (tmp_path / "huge.md").open("wb") as huge:
        huge.truncate(300_000_000)
    code, said, mistakes = command(tmp_path, "add", *(file.name for file in FILES), "huge.md")
    assert mistakes == [
        *(f"verbatim: {file.whole}" for file in FILES),
        "verbatim: huge.md is over 50 MB. Split it into several articles.",
    ]
    assert (code, said) == (1, f"main: {len(FILES) + 1} failed.\n")
    assert not (tmp_path / "data" / "libraries").exists()


def test_each_address_is_refused_in_its_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with Web() as web:
        serve_refused(web)
        (tmp_path / "config.toml").write_text(f'[index]\nfetch_hosts = ["{web.host}"]\n')
        urls = [web.url + path for path in ADDRESSES]
        code, said, mistakes = command(tmp_path, "add", *urls)
        feed = "".join(f"<item><guid>{url}</guid><link>{url}</link></item>" for url in urls[2:3] + urls[-1:])
        web.texts["/feed.xml"] = f'<rss version="2.0"><channel><title>News</title>{feed}</channel></rss>'
        watched = command(tmp_path, "watch", f"{web.url}/feed.xml", "--once")
    sentences = [whole_sentence(path, web) for path in ADDRESSES]
    assert mistakes == [f"verbatim: {sentence}" for sentence in sentences]
    assert (code, said) == (1, f"main: {len(urls)} failed.\n")
    assert (watched[0], watched[1]) == (1, "main: 2 failed.\n")
    assert watched[2] == [f"verbatim: {sentence}" for sentence in sentences[2:3] + sentences[-1:]]
    assert not (tmp_path / "data" / "libraries").exists()
