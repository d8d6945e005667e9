"""What people are called besides their names: titles, offices, trades and kin. All in lower case."""

from __future__ import annotations

from pathlib import Path

from retrieval.language_data import word_list

_ROLES = Path(__file__).parent / "words" / "roles.txt"

COURTESY = word_list(_ROLES, "courtesy")
"""Stands before a name, and is no office."""

TITLES = COURTESY | word_list(_ROLES, "titles")
"""Stands before a name, with a capital."""

OFFICES = TITLES | word_list(_ROLES, "offices")
"""What a person can be by office, trade or kin: ``the mayor said`` is said by a person."""

MALE = word_list(_ROLES, "male")
FEMALE = word_list(_ROLES, "female")

PEOPLES = word_list(_ROLES, "peoples")
"""Members of a nation, a town or a party: ``the Spaniard said`` is said by the person spoken of."""

BODIES = word_list(_ROLES, "bodies")
"""What stands for the organisation that was named last: ``the company said``."""

COLLECTIVES = word_list(_ROLES, "collectives")
"""A name that has one of these words in it is an organisation's, not a person's."""

PARTICLES = word_list(_ROLES, "particles")
"""Words in lower case inside names of people: van, de, bin."""

SUFFIXES = word_list(_ROLES, "suffixes")
"""What follows a family name: Jr, III, QC."""
