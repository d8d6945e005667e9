"""What each subcommand does.

What takes long to import is imported where it is needed, so that ``--help`` and mistakes answer at once.
"""
