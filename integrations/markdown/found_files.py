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
        for one in _below(named(given)):
            if one.path not in seen:
                seen.add(one.path)
                yield one


def named(given: Path) -> Path:
    """The whole path of a file or folder that was named; links stay, and a strange ~ does, too."""
    return Path(os.path.abspath(os.path.expanduser(given)))  # noqa: PTH100, PTH111 - see above


def _below(path: Path) -> Iterator[Found]:
    try:
        is_folder = path.is_dir()
    except OSError as error:
        yield Found(path, path.parent, failed=_plain(error))
        return
    yield from _folder(path) if is_folder else (_file(path, path.parent),)


def _folder(root: Path) -> Iterator[Found]:
    """The files of a folder and those below it. Hidden folders are named, not entered."""
    failures: list[Found] = []

    def note(error: OSError) -> None:
        failures.append(Found(Path(error.filename), root, failed=_plain(error)))

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
    try:
        if not path.exists():
            return Found(path, root, failed="there is no such file")
        if not path.is_file():
            return Found(path, root, skipped="not a file")
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return Found(path, root, skipped="a link that leads out of the folder")
    except OSError as error:
        return Found(path, root, failed=_plain(error))
    return Found(path, root)


def _plain(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
