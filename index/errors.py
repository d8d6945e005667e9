"""Everything that can go wrong and that somebody can do something about.

Each message says what happened and what to do. A failure is raised, never turned into an empty result. The
two branches say who may read a message. A surface that strangers see (a chat) shows ``public`` of a
PublicError, and of everything else one neutral sentence; the log and the command line have the whole message.

    AppError
    ├── PublicError             anybody may read its message
    │   ├── SourceError         something could not be read as an article
    │   │   ├── FetchError      a web address could not be fetched
    │   │   │   ├── AddressRefusedError  it is no web address, or not a public one: nothing was asked of it
    │   │   │   └── TryLaterError        the server is busy, slow or in trouble
    │   │   └── FeedError       what was fetched is no feed
    │   ├── LibraryMissingError no such library yet
    │   ├── ArticleMissingError no article has this id
    │   ├── ArticleNameError    (retrieval.summaries.article_lookup) several articles are called so
    │   ├── QuestionError       (retrieval.types) a question that cannot be asked
    │   ├── UnreadError         (bot.errors) articles are there that cannot be read, and no others answer
    │   ├── QuotaError          (bot.errors) a chat's own library is full, or a person has added enough
    │   └── NoRoomError         (bot.errors) the disk, or all that may be kept for chats, is full
    └── OperatorError           only whoever runs the program may read its message
        ├── ConfigError         config.toml holds something that cannot be
        ├── FileError           a file or folder of this machine cannot be read, or holds no article
        ├── FeedStateError      what is remembered of a feed cannot be read or written
        ├── ReaderStartError    the process that reads a file cannot be started
        ├── ModelError          the weights are missing, changed, or cannot be loaded
        ├── LibraryError        something else about a library: no room, no right to write
        │   ├── LibraryNameError     not a name a library can have
        │   ├── LibraryDamagedError  the file is no library, or is broken
        │   ├── LibraryBusyError     somebody else is writing to it
        │   └── StaleLibraryError    its vectors are another model's, or its format another version's
        ├── LanguageDataError   (retrieval.language_data) words or patterns of ours are missing or wrong
        ├── QuestionSetError    (retrieval.evaluation.question_set) a question set does not have the form
        ├── JournalError        (retrieval.evaluation.journal) the outcomes of a set cannot be read or written
        ├── SpeakerSetError     (retrieval.evaluation.speaker_set) known quotations do not have the form
        ├── SpeechListError     (bot.cli.commands.speakers) nothing is named whose speech could be listed
        ├── EvaluationError     (bot.cli.commands.evaluate) no set to measure is named, or two things are
        ├── KnownQuestionsError (retrieval.evaluation.known_questions) questions to calibrate on lack the form
        ├── SupplyError         (supply.errors) a licence is unclear, or a tool gave no report
        ├── StateError          (bot.errors) what the bot keeps about chats cannot be read or written
        ├── InUseError          (bot.errors) another bot runs on the same data folder
        ├── BotError            (bot.errors) Telegram refuses the bot
        │   └── SecondBotError       another program has been fetching its messages for long
        ├── WeightsError        (training.model) there are no trained weights where they should be
        ├── CheckpointError     (training.checkpoint) a checkpoint belongs to another run
        ├── ExportError         (training.export) weights lose too much in int8
        ├── IngestError         (benchmarks.ingest.adding) what was to be measured did not work
        ├── LoadError           (benchmarks.load.library) the load test cannot be run
        └── PeerError           (benchmarks.peers.child) a peer is not installed, or has failed
"""

from __future__ import annotations


class AppError(Exception):
    """A failure with a remedy. Raise one of a class below PublicError or OperatorError, never this."""


class PublicError(AppError):
    """Its message may be shown to anybody who uses the bot.

    So it holds nothing of the machine: no path, no command, no name of a model, nothing that a library or a
    fetched server says. What of this helps whoever runs the program is given as ``for_operator``: further
    sentences, which follow the message in the log and on the command line.
    """

    def __init__(self, message: str, *, for_operator: str = "") -> None:
        super().__init__(message)
        self.public = message
        self.for_operator = for_operator

    def __str__(self) -> str:
        return f"{self.public} {self.for_operator}".rstrip()


class OperatorError(AppError):
    """Its message is for whoever runs the program: it may hold paths, commands and a database's words."""


class SourceError(PublicError):
    """Something cannot be read as an article: damaged, locked, too large, without a whole text."""


class FetchError(SourceError):
    """A web address cannot be fetched, or what is there is no article."""


class AddressRefusedError(FetchError):
    """A web address that is none, or that does not lead to a public server: nothing was asked of it."""


class TryLaterError(FetchError):
    """The server is busy, slow, or in trouble, or cannot be reached: another time it may answer.

    ``wait_s`` is how long it asks to be left alone, where it says so.
    """

    def __init__(self, message: str, wait_s: float | None = None, *, for_operator: str = "") -> None:
        super().__init__(message, for_operator=for_operator)
        self.wait_s = wait_s


class FeedError(SourceError):
    """What a web address holds is no RSS, Atom or JSON feed."""


class LibraryMissingError(PublicError):
    """There is no such library yet."""


class ArticleMissingError(PublicError):
    """No article of the library has this id, or is called so."""


class ConfigError(OperatorError):
    """config.toml is no TOML, or holds an unknown key or a value out of range."""


class FileError(OperatorError):
    """A file or folder that a command names cannot be read, or holds no article."""


class FeedStateError(OperatorError):
    """What is remembered of a feed cannot be read or written."""


class ReaderStartError(OperatorError):
    """The machine cannot start the process that reads a file: no memory, no file descriptors, no Python."""


class ModelError(OperatorError):
    """A model's weights are missing, are not the ones expected, or cannot be loaded."""


class LibraryError(OperatorError):
    """Something about a library; see the kinds below."""


class LibraryNameError(LibraryError):
    """A library's name is 1 to 40 of a-z, 0-9 and hyphen; anything else could name a path."""


class LibraryDamagedError(LibraryError):
    """The file is not a library of this program, or is broken."""


class LibraryBusyError(LibraryError):
    """Another process has been writing to the library for longer than we wait."""


class StaleLibraryError(LibraryError):
    """The library was made with another model, or by another version of this program."""
