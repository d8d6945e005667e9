"""A few hundred bytes that stand for a gigabyte cost no memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.index.web import BOMB_MB, Web

ROOT = Path(__file__).parents[4]
PEAK = """
import resource, sys
from index.errors import FetchError
from index.documents.web.fetcher import Fetcher

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

fetcher = Fetcher(sys.argv[1:2])
fetcher.fetch(f"http://{sys.argv[1]}/bears.txt")
before = peak_mb()
for path in sys.argv[2:]:
    try:
        fetcher.fetch(f"http://{sys.argv[1]}{path}")
    except FetchError as error:
        print(error)
print(peak_mb() - before)
"""


def test_bombs_leave_the_memory_alone() -> None:
    paths = {
        "/packed/1/gzip": "over 20 MB",
        "/packed/3/gzip": None,  # packed three times, said once: what comes out is small, and still packed
        "/packed/3/gzip,gzip,gzip": "in an unexpected way",
        "/packed/1/br": "in an unexpected way",
        "/packed/1/zstd": "in an unexpected way",
        f"/long/{BOMB_MB * 1_000_000}": "over 20 MB",
    }
    with Web() as web:
        web.texts["/bears.txt"] = "Bears like jam."
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", PEAK, web.host, *paths],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    *sentences, grown_mb = done.stdout.splitlines()
    for sentence, said in zip(sentences, filter(None, paths.values()), strict=True):
        assert said in sentence
    assert int(grown_mb) < 60  # 20 MB are kept until it is too much, and once more while they are joined
