"""What is done to a library: remove, rebuild, verify."""

from __future__ import annotations

from index.cli import ConfigOption, LibraryOption, make_progress, waiting
from index.commands.app import IdArgument, app, load_checked, load_settings
from index.errors import LibraryDamagedError
from index.outcomes import counted


@app.command()
def remove(article_id: IdArgument, library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Remove an article, every version of it."""
    from index.library import Library, library_path

    with Library(library_path(load_checked(config).data_dir, library)) as opened:
        info = opened.remove(article_id)
    print(f"removed {info.id}  {info.title}")


@app.command()
def rebuild(library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Split and embed every article again, as config.toml says now."""
    from index.embedder import load_embedder
    from index.ingest import rebuild as rebuild_library
    from index.library import Library, library_path

    settings, made_with, values = load_settings(config)
    with Library(library_path(values.data_dir, library)) as opened:
        count = len(opened.articles())
        with waiting("loading the model"):
            embedder = load_embedder(settings.embedder)
        with make_progress() as progress:
            rebuilding = rebuild_library(opened, made_with, embedder)
            done = list(progress.track(rebuilding, total=count, description="embedding"))
    print(f"{library}: {counted(len(done), 'article')} rebuilt with {settings.embedder}.")


@app.command()
def verify(library: LibraryOption = "main", config: ConfigOption = None) -> None:
    """Check that the library is whole; name what is wrong, with exit code 1."""
    from index.library import Library, library_path

    with Library(library_path(load_checked(config).data_dir, library)) as opened:
        faults = opened.verify()
        stats = opened.stats()
    for fault in faults:
        print(f"{library}: {fault}")
    if faults:
        raise LibraryDamagedError(
            f"{library} has {counted(len(faults), 'fault')}; run `python -m index rebuild`, or add again."
        )
    print(f"{library} is whole: {counted(stats.articles, 'article')}, {counted(stats.passages, 'passage')}.")
