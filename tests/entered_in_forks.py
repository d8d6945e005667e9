"""What forked processes enter. The process that they are forked from imports this before what it notes."""

from __future__ import annotations

import os

from tests.entered import VARIABLE, Entered

entered = Entered() if VARIABLE in os.environ else None
