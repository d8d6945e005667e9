"""Everything that can go wrong and that somebody can do something about.

Each message says what happened and what to do. A failure is raised, never turned into an empty result.

    AppError
    ├── ConfigError             config.toml holds something that cannot be
    ├── SourceError             something could not be read as an article
    │   ├── FetchError          a web address could not be fetched
    │   │   ├── AddressRefusedError  it is no web address, or not a public one: nothing was asked of it
    │   │   └── TryLaterError   the server is busy, slow or in trouble
    │   └── FeedError           what was fetched is no feed
    ├── LibraryError
    │   ├── LibraryNameError    not a name a library can have
    │   ├── LibraryMissingError no such library yet
    │   ├── LibraryDamagedError the file is no library, or is broken
    │   ├── LibraryBusyError    somebody else is writing to it
    │   ├── StaleLibraryError   its vectors are another model's, or its form another version's
    │   └── ArticleMissingError no article has this id
    ├── ModelError              the weights are missing, changed, or cannot be loaded
    ├── QuestionError           (retrieval.types) a question that cannot be asked
    ├── QuestionSetError        (retrieval.question_set) a question set does not have the form
    ├── JournalError            (retrieval.journal) the outcomes of a set cannot be read or written
    ├── SpeakerSetError         (retrieval.speech.speaker_set) known quotations do not have the form
    ├── SpeechListError         (retrieval.speech.listing) nothing is named whose speech could be listed
    ├── EvaluationError         (retrieval.evaluate) nothing is named that could be measured, or two things
    ├── ArticleNameError        (retrieval.about.which) several articles are called so
    ├── KnownQuestionsError     (retrieval.known_questions) questions to calibrate on do not have the form
    ├── CheckpointError, WeightsError, ExportError (training) a run cannot go on, is not there, loses much
    ├── QuotaError              (bot.errors) a chat's own library is full
    ├── StateError              (bot.errors) what the bot keeps about chats cannot be read or written
    ├── InUseError              (bot.errors) another bot runs on the same data folder
    └── BotError                (bot.errors) Telegram refuses the bot
"""

from __future__ import annotations


class AppError(Exception):
    """Its message is one sentence or two for the person at the other end: what happened, what to do."""


class ConfigError(AppError):
    """config.toml is no TOML, or holds an unknown key or a value out of range."""


class SourceError(AppError):
    """Something cannot be read as an article: not there, damaged, locked, too large, without a whole text."""


class FetchError(SourceError):
    """A web address cannot be fetched, or what is there is no article."""


class AddressRefusedError(FetchError):
    """A web address that is none, or that does not lead to a public server: nothing was asked of it."""


class TryLaterError(FetchError):
    """The server is busy, slow, or in trouble, or cannot be reached: another time it may answer.

    ``wait_s`` is how long it asks to be left alone, where it says so.
    """

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class FeedError(SourceError):
    """What a web address holds is no RSS or Atom feed."""


class LibraryError(AppError):
    """Something about a library; see the kinds below."""


class LibraryNameError(LibraryError):
    """A library's name is 1 to 40 of a-z, 0-9 and hyphen; anything else could name a path."""


class LibraryMissingError(LibraryError):
    """There is no such library yet."""


class LibraryDamagedError(LibraryError):
    """The file is not a library of this program, or is broken."""


class LibraryBusyError(LibraryError):
    """Another process has been writing to the library for longer than we wait."""


class StaleLibraryError(LibraryError):
    """The library was made with another model, or by another version of this program."""


class ArticleMissingError(LibraryError):
    """No article of the library has this id."""


class ModelError(AppError):
    """A model's weights are missing, are not the ones expected, or cannot be loaded."""
