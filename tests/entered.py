"""Which modules do something, beyond being imported: their source is told to say when a function begins."""

from __future__ import annotations

import ast
import builtins
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "index", "retrieval")
VARIABLE = "VERBATIM_TESTS_ENTERED"
"""Names the folder in which other processes say it, too; where it is set, those that tests fork do."""

_SAY = "__entered__"


class Entered(MetaPathFinder):
    """The files of PACKAGES a function of which has begun, in modules that are imported from now on."""

    def __init__(self) -> None:
        self._said: set[str] = set()
        self._is_first = VARIABLE not in os.environ
        self._of_others = Path(os.environ.get(VARIABLE) or tempfile.mkdtemp(prefix="entered-"))
        os.environ[VARIABLE] = str(self._of_others)
        setattr(builtins, _SAY, self._said.add)
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module of the packages as always, and have its source changed."""
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Saying(spec.loader.name, spec.loader.path)
        return spec

    def files(self) -> set[str]:
        """Return what was entered so far, here and in processes that have ended."""
        said = (file.read_text(encoding="utf-8").splitlines() for file in self._of_others.iterdir())
        return self._said.union(*said)

    def write(self) -> None:
        """Say it to the first process."""
        (self._of_others / str(os.getpid())).write_text("\n".join(self._said), encoding="utf-8")

    def close(self) -> None:
        """Remove the folder, unless an earlier process goes on with it."""
        if self._is_first:
            shutil.rmtree(self._of_others)
            del os.environ[VARIABLE]


class _Saying(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        """Compile the source anew: the bytecode beside it says nothing."""
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path))
        for function in _functions(tree):
            say = ast.parse(f"{_SAY}(__file__)").body[0]
            for node in ast.walk(say):
                ast.copy_location(node, function.body[0])
            function.body.insert(1 if _is_constant(function.body[0]) else 0, say)
        return compile(tree, path, "exec", dont_inherit=True)


def does_something(file: str) -> bool:
    """Tell whether a module has a function that does more than to declare itself, or to import."""
    functions = _functions(ast.parse(Path(file).read_bytes()))
    return any(
        not all(_is_constant(step) for step in function.body)
        for function in functions
        if function.name != "__getattr__"
    )


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _is_constant(step: ast.stmt) -> bool:
    return isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant)
