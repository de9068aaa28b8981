"""The files that an import is asked for: those named, and all in folders."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A file below ``root``, the folder that was named or the file's own.

    ``skipped`` and ``failed`` say why it is not even looked at.
    """

    path: Path
    root: Path
    skipped: str = ""
    failed: str = ""


def find_files(paths: Iterable[Path]) -> Iterator[Found]:
    """Every file below the paths, once, in the order of its name."""
    seen: set[Path] = set()
    for given in paths:
        path = Path(os.path.abspath(given.expanduser()))  # noqa: PTH100 - links stay as named
        found = _folder(path) if path.is_dir() else iter([_file(path, path.parent)])
        for one in found:
            if one.path not in seen:
                seen.add(one.path)
                yield one


def _folder(root: Path) -> Iterator[Found]:
    """The files of a folder and those below it. Hidden folders are named, not entered."""
    failures: list[Found] = []

    def note(error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        failures.append(Found(Path(error.filename), root, failed=reason))

    for folder, names, files in os.walk(root, onerror=note):
        for name in sorted(n for n in names if n.startswith(".")):
            yield Found(Path(folder, name), root, skipped="a hidden folder")
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in sorted(files):
            yield _file(Path(folder, name), root)
        yield from failures
        failures.clear()
    yield from failures


def _file(path: Path, root: Path) -> Found:
    if not path.exists():
        return Found(path, root, failed="there is no such file")
    if not path.is_file():
        return Found(path, root, skipped="not a file")
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return Found(path, root, skipped="a link that leads out of the folder")
    return Found(path, root)
