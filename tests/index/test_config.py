"""config.toml: what may stand in it, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.config import load_config
from index.errors import ConfigError
from index.settings import IndexSettings


def write(folder: Path, text: str) -> Path:
    path = folder / "verbatim.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load_config(None)
    assert (config.folder, config.data_dir) == (tmp_path.resolve(), tmp_path.resolve() / "data")
    assert config.section("index", IndexSettings) == IndexSettings(
        embedder="bge-small-en-v1.5", passage_tokens=160
    )


def test_the_file_in_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text("[index]\npassage_tokens = 200\n")
    assert load_config(None).section("index", IndexSettings).passage_tokens == 200


def test_data_dir_is_counted_from_the_folder_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert load_config(write(tmp_path, 'data_dir = "kept/here"')).data_dir == tmp_path / "kept" / "here"
    assert load_config(write(tmp_path, 'data_dir = "/srv/kept"')).data_dir == Path("/srv/kept")
    monkeypatch.setenv("HOME", "/home/bear")
    assert load_config(write(tmp_path, 'data_dir = "~/kept"')).data_dir == Path("/home/bear/kept")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[indx]\n", "{path}: indx is unknown. Known names are data_dir, [index], [retrieval], [bot]."),
        (
            "colour = 1\n",
            "{path}: colour is unknown. Known names are data_dir, [index], [retrieval], [bot].",
        ),
        ("index = 3\n", "{path}: index has to be a table: write [index] on a line of its own."),
        ("data_dir = 3\n", "{path}: data_dir has to be the name of a folder, in quotation marks."),
        ('data_dir = " "\n', "{path}: data_dir has to be the name of a folder, in quotation marks."),
        (
            "[index\n",
            "{path} can't be read: Expected ']' at the end of a table declaration (at line 1, "
            "column 7). It has to be a TOML file.",
        ),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value) == message.format(path=path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "model = 'x'",
            "config.toml: [index] has no key model. Its keys are embedder, passage_tokens, "
            "languages, fetch_hosts.",
        ),
        (
            "passage_tokens = 31",
            "config.toml: [index] passage_tokens is 31: Input should be greater than or equal to 32.",
        ),
        (
            "passage_tokens = 481",
            "config.toml: [index] passage_tokens is 481: Input should be less than or equal to 480.",
        ),
        (
            "passage_tokens = '160'",
            "config.toml: [index] passage_tokens is '160': Input should be a valid integer.",
        ),
        *(
            (
                f"fetch_hosts = ['{host}']",
                f"config.toml: [index] fetch_hosts.0 is '{host}': Value error, it has to be a host and "
                "a port, like 127.0.0.1:8000 or [::1]:8000.",
            )
            for host in (
                "intranet.example",
                "http://127.0.0.1:80",
                "a:0",
                "a:65536",
                "a b:80",
                "::1:80",
                "*:80",
            )
        ),
        ("embedder = ''", "config.toml: [index] embedder is '': String should have at least 1 character."),
    ],
)
def test_a_value_that_cannot_be_is_named(tmp_path: Path, text: str, message: str) -> None:
    config = load_config(write(tmp_path, f"[index]\n{text}\n"))
    with pytest.raises(ConfigError) as caught:
        config.section("index", IndexSettings)
    assert str(caught.value) == message


def test_a_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "no.toml")
    assert (
        str(caught.value) == f"There is no {tmp_path / 'no.toml'}. Name another file, or leave out --config."
    )
    with pytest.raises(ConfigError, match=r"can't be read: .*Is a directory"):
        load_config(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('[index]\nembedder = "Bär"\n'.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"can't be read: 'utf-8' codec can't decode byte 0xe4"):
        load_config(path)


def test_what_the_project_ships_is_what_holds_without_it() -> None:
    shipped = load_config(Path(__file__).parents[2] / "config.toml")
    assert shipped.section("index", IndexSettings) == IndexSettings()
