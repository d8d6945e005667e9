"""config.toml, read once. Each layer declares the model of its own table; defaults live there.

config = load_config(None)
settings = config.section("index", IndexSettings)
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import ConfigError

DEFAULT_PATH = Path("config.toml")
TABLES = ("index", "retrieval", "bot")


class Settings(BaseModel):
    """A table of config.toml. Unknown keys and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Table = TypeVar("Table", bound=Settings)


@dataclass(frozen=True, slots=True)
class Config:
    """What config.toml says. ``folder`` is where it lies: paths and sources are counted from there."""

    folder: Path
    data_dir: Path
    tables: Mapping[str, Mapping[str, Any]]

    def section(self, name: str, model: type[Table]) -> Table:
        """Return the table ``name`` as its layer declares it; what is not set has its default.

        Raises ConfigError naming the key, and what it may be.
        """
        try:
            return model.model_validate(self.tables.get(name, {}))
        except ValidationError as error:
            raise ConfigError(_first_mistake(name, error, model)) from None


def load_config(path: Path | None) -> Config:
    """Read ``path``; without one config.toml in the working directory, or the defaults if there is none.

    Raises ConfigError when a named file is not there, is no TOML, or has a table or key that means nothing.
    """
    where = path or DEFAULT_PATH
    try:
        values = tomllib.loads(where.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        if path is not None:
            raise ConfigError(f"There is no {path}. Name another file, or leave out --config.") from None
        values = {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{where} can't be read: {error}. It has to be a TOML file.") from None
    data_dir = values.pop("data_dir", "data")
    if not isinstance(data_dir, str) or not data_dir.strip():
        raise ConfigError(f"{where}: data_dir has to be the name of a folder, in quotation marks.")
    for name, table in values.items():
        if name not in TABLES:
            raise ConfigError(f"{where}: {name} is unknown. Known names are data_dir, {_listed(TABLES)}.")
        if not isinstance(table, dict):
            raise ConfigError(f"{where}: {name} has to be a table: write [{name}] on a line of its own.")
    folder = where.resolve().parent
    return Config(folder, folder / Path(data_dir).expanduser(), values)


def _listed(tables: tuple[str, ...]) -> str:
    return ", ".join(f"[{table}]" for table in tables)


def _first_mistake(name: str, error: ValidationError, model: type[Settings]) -> str:
    mistake = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] == "extra_forbidden":
        return f"config.toml: [{name}] has no key {key}. Its keys are {', '.join(model.model_fields)}."
    return f"config.toml: [{name}] {key} is {mistake['input']!r}: {mistake['msg']}."
