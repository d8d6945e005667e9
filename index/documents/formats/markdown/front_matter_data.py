"""Front matter in YAML or TOML -> its fields. Nothing in it is built: of YAML only the words are taken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import yaml

from index.documents.formats.front_matter import Fields, are_fields, between_rules, line_fields
from index.errors import SourceError

_BETWEEN_PLUSES = re.compile(r"\A\+\+\+[ \t]*+\n(.*?)^\+\+\+[ \t]*+(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML_LINE = re.compile(r"^[ \t]*+[\w.\"'-]++[ \t]*+=", re.MULTILINE)
_LONGEST_YAML = 50_000
_MOST_DEEP = 3  # as far as a list of authors with their names goes
_MOST_ENTRIES = 100
_NULL = "tag:yaml.org,2002:null"


def split_front_matter(text: str, name: str) -> tuple[Fields, str]:
    """Return the fields above ``text`` and the text below them; all of it where there are none.

    Raises SourceError where they are surely meant as such, and cannot be read.
    """
    parts = between_rules(text)
    if parts:
        inner, body = parts
        if not inner.strip():
            return {}, body if not inner else text
        fields = _yaml_fields(inner) or line_fields(inner, name)
        return (fields, body) if fields else ({}, text)
    found = _BETWEEN_PLUSES.match(text.lstrip("\n \t"))
    if found and _TOML_LINE.search(found[1]):
        return _toml_fields(found[1], name), found.string[found.end() :]
    return {}, text


def _yaml_fields(inner: str) -> Fields | None:
    """Return the fields in ``inner``; None where it is no YAML, or a text.

    The tree of its nodes is read, of which nothing is built: an alias is the node that it stands for, so that
    aliases of aliases cost nothing.
    """
    if len(inner) > _LONGEST_YAML:
        return None
    try:
        root = yaml.compose(inner, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    fields = _value(root, _MOST_DEEP + 1)
    return fields if isinstance(fields, Mapping) and are_fields(fields, inner) else None


def _value(node: yaml.Node | None, depth: int) -> object:
    if depth == 0 or node is None or node.tag == _NULL:
        return None
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(entry, depth - 1) for entry in node.value[:_MOST_ENTRIES]]
    return {
        key.value.lower(): _value(entry, depth - 1)
        for key, entry in node.value[:_MOST_ENTRIES]
        if isinstance(key, yaml.ScalarNode)
    }


def _toml_fields(inner: str, name: str) -> Fields:
    try:
        found = tomllib.loads(inner)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise SourceError(f"{name}: what stands between its lines of +++ is no TOML; mend it.") from None
    params = found.get("params")
    values = {**params, **found} if isinstance(params, dict) else found
    return {key.lower(): _plain(value) for key, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [entry for entry in value if isinstance(entry, str | dict)]
    return value if isinstance(value, str | dict) else None
