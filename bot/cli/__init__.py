"""The command line: one command, ``verbatim``, and its subcommands."""
