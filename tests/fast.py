"""``pytest --fast``: the tests that a change can wait for, and which modules they run.

What is slow is named here, so that a new test is one of the fast ones. All of them together run every module
of PACKAGES: the run fails where one is left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.entered import PACKAGES, ROOT, Entered, does_something

SLOW = (
    "benchmarks",
    "bot/chat/ingest/test_capacity.py",
    "bot/cli/test_ask.py::test_a_question",
    "bot/cli/test_ask.py::test_a_reader_that_is_not_there",
    "bot/cli/test_ask.py::test_an_answer_as_json",
    "bot/cli/test_ask.py::test_an_article_that_is_not_there_is_said",
    "bot/cli/test_ask.py::test_help_and_mistakes_load_no_model",
    "bot/cli/test_ask.py::test_lines_from_a_pipe",
    "bot/cli/test_libraries.py",
    "bot/cli/test_new_interpreter.py",
    "bot/cli/test_refusals.py",
    "bot/cli/test_transfer.py::test_a_chat_has_a_library_of_its_own",
    "bot/cli/test_transfer.py::test_the_file_of_an_article_comes_back_as_it_was",
    "bot/cli/test_transfer.py::test_what_another_source_gave_is_not_searched",
    "bot/cli/test_upkeep.py::test_verify_embeds_again_to_find_a_vector_of_other_words",
    "bot/faults",
    "bot/isolation",
    "bot/matrix",
    "bot/scenarios",
    "bot/telegram/messages/test_rendered.py",
    "bot/telegram/test_admission.py",
    "bot/telegram/test_failing.py::test_a_flood_limit_is_waited_for",
    "bot/telegram/test_polling.py",
    "bot/telegram/test_refusals.py",
    "bot/telegram/test_retention.py",
    "bot/test_private.py",
    "bot/test_process.py",
    "bot/test_process_emulator.py",
    "campaigns",
    "crash",
    "hostile",
    "index/documents/formats/test_archive_bombs.py",
    "index/documents/test_child_process.py",
    "index/documents/test_documents.py",
    "index/documents/test_normalize.py",
    "index/documents/test_quotes_in_browser.py",
    "index/documents/test_sandbox.py",
    "index/documents/web/test_bombs.py",
    "index/documents/web/test_fetch.py::test_a_server_that_",
    "index/ingest/test_add_address.py",
    "index/ingest/test_watch.py::test_a_feed_that_never_worked_ends_the_command",
    "index/ingest/test_watch.py::test_the_command_",
    "index/models/test_offline.py",
    "index/search/test_search_follows.py",
    "index/store/test_transfer.py::test_a_backup_is_whole_while_others_write",
    "retrieval/attribution/test_speakers.py::test_the_texts_of_articles_that_were_read_are_not_kept",
    "retrieval/attribution/test_speakers.py::test_whatever_a_name_is_made_of",
    "retrieval/conversation/test_conversation.py",
    "retrieval/conversation/test_followups.py",
    "retrieval/conversation/test_odd_questions.py",
    "retrieval/evaluation/test_calibrate.py::test_the_command_with_the_sample_article",
    "retrieval/evaluation/test_speaker_set.py::test_the_sets_hold",
    "retrieval/evaluation/test_speaker_set.py::test_the_command",
    "retrieval/read/test_cross_encoder.py",
    "retrieval/read/test_exact_products.py",
    "retrieval/retrieve/test_near_duplicates.py",
    "retrieval/summaries/test_suggested_questions.py::test_what_is_suggested_is_answered_by_the_article",
    "retrieval/test_false_premises.py",
    "retrieval/test_parser.py",
    "retrieval/test_sample.py",
    "standin",
    "supply/test_audit.py",
    "supply/test_dangerous_calls.py",
    "supply/test_weights.py::test_it_runs_where_the_packages_are_gone",
    "test_absent.py",
    "training",
)
"""Folders, files and tests below tests/ that take more than a second or two."""

HEAVY = (
    "tests/bot/cli/",
    "tests/bot/store/test_data_lock.py",
    "tests/bot/telegram/test_recovery.py",
    "tests/index/files/test_private.py",
    "tests/index/models/",
    "tests/retrieval/evaluation/test_calibrate.py",
    "tests/retrieval/evaluation/test_speaker_set.py",
    "tests/retrieval/read/test_reader.py",
    "tests/retrieval/retrieve/test_snapshot.py",
    "tests/retrieval/summaries/test_suggested_questions.py",
    "tests/supply/test_weights.py",
)
"""Fork programs or load the embedder: one process imports what they need, not every one."""


class Fast:
    """Leaves the slow tests out, and notes which modules the others run."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._slow = {ROOT / "tests" / name for name in SLOW}
        self._slow_tests = tuple(f"tests/{name}" for name in SLOW if "::" in name)
        self._entered = Entered()
        self._run: set[str] = set()

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave out folders and files that are slow."""
        return True if collection_path in self._slow else None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out tests that are slow, in files that are not."""
        items[:] = [item for item in items if not item.nodeid.startswith(self._slow_tests)]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what was noted, or fail where a module was left out."""
        self._run |= self._entered.files()
        self._run |= {file for file in _imported() if not does_something(file)}
        if (output := getattr(self._config, "workeroutput", None)) is not None:
            output["run"] = sorted(self._run)
        elif self._left_out():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_unconfigure(self) -> None:
        """Clear away what forked processes have written."""
        self._entered.close()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker has noted."""
        self._run |= set(getattr(node, "workeroutput", {}).get("run", ()))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name the modules that were left out."""
        for module in self._left_out():
            terminalreporter.write_line(f"FAILED {module} is run by no fast test; see SLOW in tests/fast.py")

    def _left_out(self) -> list[str]:
        """Return the modules that no test has run; none where only some tests were asked for."""
        all_asked = self._config.args_source is pytest.Config.ArgsSource.TESTPATHS
        if not all_asked or self._config.option.keyword or self._config.option.collectonly:
            return []
        files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
        return sorted(str(file.relative_to(ROOT)) for file in files if str(file) not in self._run)


def _imported() -> set[str]:
    files = (getattr(module, "__file__", None) or "" for module in [*sys.modules.values()])
    return {file for file in files if any(file.startswith(f"{ROOT / package}/") for package in PACKAGES)}
