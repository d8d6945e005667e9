"""A package's metadata -> its licence in SPDX's words, and the one that is taken where there is a choice."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from types import MappingProxyType

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from supply.errors import SupplyError

TABLE = Path(__file__).with_name("licences.toml")

_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "3-clause bsd license": "BSD-3-Clause",
        "apache 2.0": "Apache-2.0",
        "apache 2.0 license": "Apache-2.0",
        "apache license, version 2.0": "Apache-2.0",
        "apache software license": "Apache-2.0",
        "bsd 2-clause license": "BSD-2-Clause",
        "isc license": "ISC",
        "isc license (iscl)": "ISC",
        "mit license": "MIT",
        "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
        "psfl": "PSF-2.0",
        "python software foundation license": "PSF-2.0",
        "the bsd 2-clause license": "BSD-2-Clause",
    }
)
"""What stands in metadata for one licence and no other. "BSD" alone is several."""


@dataclass(frozen=True, slots=True)
class Licences:
    """What licences.toml says."""

    allowed: frozenset[str]
    read: Mapping[str, str]
    taken: Mapping[str, str]

    @classmethod
    def load(cls) -> Licences:
        """Read the table beside this file."""
        values = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        return cls(frozenset(values["allowed"]), values["read"], values["taken"])

    def offered(self, name: str, metadata: Message) -> str:
        """Return the SPDX expression of the package ``name``. Raises SupplyError where it stays unclear."""
        if name in self.read:
            return self.read[name]
        for said in _said(metadata):
            try:
                return canonicalize_license_expression(_SPELLINGS.get(said.casefold(), said))
            except InvalidLicenseExpression:
                continue
        raise SupplyError(
            f"The metadata of {name} doesn't state its licence clearly. Look at its licence file and "
            f"write the licence into supply/{TABLE.name}, [read]."
        )

    def take(self, name: str, offered: str) -> str:
        """Return the licence under which the package is used. Raises SupplyError where none is allowed."""
        taken = self.taken.get(name, offered)
        choices = alternatives(offered)
        if len(choices) > 1 and name not in self.taken:
            raise SupplyError(
                f"{name} can be used under {offered}. Write the one we take into supply/{TABLE.name}, "
                "[taken]."
            )
        if alternatives(taken)[0] not in choices:
            raise SupplyError(
                f"{name} isn't offered under {taken}, but under {offered}. Correct supply/{TABLE.name}, "
                "[taken]."
            )
        if refused := alternatives(taken)[0] - self.allowed:
            raise SupplyError(
                f"{name} is under {', '.join(sorted(refused))}, which supply/{TABLE.name} doesn't allow. "
                "Do without the package, or have its licence reviewed first."
            )
        return taken


def alternatives(expression: str) -> list[frozenset[str]]:
    """Return the sets of licences of which one has to be kept, as an SPDX expression offers them."""
    tokens = re.findall(r"[()]|[^\s()]+(?: WITH [^\s()]+)?", expression)

    def any_of() -> list[frozenset[str]]:
        found = all_of()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            found += all_of()
        return found

    def all_of() -> list[frozenset[str]]:
        found = operand()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            others = operand()
            found = [left | right for left in found for right in others]
        return found

    def operand() -> list[frozenset[str]]:
        if (token := tokens.pop(0)) != "(":
            return [frozenset({token})]
        found = any_of()
        tokens.pop(0)
        return found

    return any_of()


def _said(metadata: Message) -> Iterator[str]:
    """Yield what the metadata says of the licence, the most precise first."""
    yield from (
        value.strip() for name in ("License-Expression", "License") for value in metadata.get_all(name, [])
    )
    classifiers = [value for value in metadata.get_all("Classifier", []) if value.startswith("License :: ")]
    if len(classifiers) == 1:
        yield classifiers[0].rpartition(" :: ")[2]
