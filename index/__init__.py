"""What can be found: files, pages and feeds become articles in libraries, which are searched."""

import os

os.environ["HF_HUB_OFFLINE"] = (
    "1"  # before anything that reads it: nothing is downloaded when the program runs
)
