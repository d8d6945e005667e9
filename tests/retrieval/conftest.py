"""What the tests of answers share: libraries in a moment with fakes, and the real models once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.config import load_config
from index.documents.language import load_identifier
from index.ingest.ingest import ingest
from index.library_name import library_names
from index.models import load_embedder
from index.protocols import Search
from index.search import SqliteLibraries, SqliteSearch
from index.settings import IndexSettings
from index.store import SqliteLibrary
from index.store.paths import library_path
from index.types import Article, Embedder, IndexConfiguration
from retrieval.answerer import Answerer
from retrieval.attribution import GrammarAttributor
from retrieval.parser import load_parser
from retrieval.read import load_reader
from retrieval.settings import RetrievalSettings
from retrieval.types import Reader
from tests.fakes import CONFIGURATION, put_article

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "articles" / "2022-03-18-blinken-china-russia.md"

MakeSearch = Callable[..., Search]


@pytest.fixture
def make_search(tmp_path: Path) -> Iterator[MakeSearch]:
    """Gives the library of a name with these articles, opened for asking."""
    opened: list[SqliteSearch] = []

    def make(name: str, *articles: Article) -> Search:
        path = library_path(tmp_path, name)
        with SqliteLibrary(path, CONFIGURATION) as library:
            for article in articles:
                put_article(library, article)
        opened.append(SqliteSearch(path, CONFIGURATION))
        return opened[-1]

    yield make
    for search in opened:
        search.close()


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real one."""
    return load_embedder(IndexSettings().embedder)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The real one."""
    return load_reader(RetrievalSettings().reader)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A folder with an empty config.toml, and the sample article in its library main."""
    made = tmp_path_factory.mktemp("sample")
    (made / "config.toml").touch()
    settings = IndexSettings()
    configuration = IndexConfiguration(settings.embedder, settings.passage_tokens)
    with SqliteLibrary(library_path(made / "data", "main"), configuration) as library:
        outcomes = list(ingest(iter([SAMPLE]), lambda: library, ROOT, configuration, lambda: embedder))
    assert [outcome.did for outcome in outcomes] == ["added"]
    return made


@pytest.fixture(scope="session")
def sample(folder: Path) -> Iterator[Search]:
    """The library of the sample article, opened for asking."""
    libraries = SqliteLibraries(load_config(folder / "config.toml"))
    yield libraries.searches(library_names(["main"]))[0]
    libraries.close()


@pytest.fixture(scope="session")
def answerer(embedder: Embedder, reader: Reader) -> Answerer:
    """With the real models and the settings of a fresh installation."""
    parser, languages = load_parser(), IndexSettings().languages
    attributor = GrammarAttributor(parser)
    return Answerer(
        embedder,
        reader,
        RetrievalSettings(),
        parser,
        attributor,
        languages=languages,
        identify=load_identifier(),
    )
