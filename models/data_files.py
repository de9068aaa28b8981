"""TOML data of the product and, beside it, a team's: read, checked, and faults named by line.

A team's folder has the same folders as ``resources`` ("vocabulary", "templates", "frameworks").
A file there adds to the product's data or takes its place, without code.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import resources
from models import codec
from models.errors import InvalidInputError


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T")
N = TypeVar("N", bound=_Named)

_OPEN_QUOTE = r"Illegal character '\n'"
"""The parser's words for a line that ends within a text."""
_STEP = re.compile(r"([^.\[]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A TOML file that was read: its text, in which faults are located, and what that says."""

    path: Path
    text: str
    data: dict[str, Any] = field(compare=False)

    def decode(self, kind: type[T], data: Mapping[str, Any], place: str = "") -> T:
        """A ``kind`` from a part of the file; ``place`` ("terms[2]") says which part it is."""
        try:
            return codec.decode(kind, data)
        except InvalidInputError as error:
            inner, colon, what = str(error).partition(": ")
            inner, what = (inner, what) if colon else ("", inner)
            inner = "" if inner == "The document" else inner
            raise self.fault(".".join(p for p in (place, inner) if p), what) from error

    def fault(self, place: str, what: str) -> InvalidInputError:
        """An error that names this file and the line of ``place``."""
        said = f"{place}: {what}" if place else what
        return InvalidInputError(
            f"{self.path}, line {self.line(place)}: {said}.",
            advice="Correct this file or move it away, then start again.",
        )

    def line(self, place: str) -> int:
        """The line of a place such as "steps[2].prompts[0]", or of the nearest part of it."""
        lines = self.text.splitlines()
        at, prefix = 0, ""
        for name, index in _STEP.findall(place):
            prefix = f"{prefix}.{name}".lstrip(".")
            heads = _lines(rf"\s*\[\[\s*{re.escape(prefix)}\s*\]\]", lines, at)
            if index and int(index) < len(heads):
                at = heads[int(index)]
                continue
            table = _lines(rf"\s*\[\s*{re.escape(prefix)}\s*\]", lines, at)
            key = rf"\s*[\"']?{re.escape(name.strip())}[\"']?\s*="
            found = _lines(key, lines, at, _end(lines, at)) or table
            if found:
                at = found[0]
                rows = _lines(r"\s*\{", lines, at + 1, _end(lines, at)) if index else []
                at = rows[int(index)] if index and int(index) < len(rows) else at
        return at + 1


def _lines(pattern: str, lines: list[str], start: int, end: int | None = None) -> list[int]:
    found = re.compile(pattern)
    return [i for i in range(start, len(lines) if end is None else end) if found.match(lines[i])]


def _end(lines: list[str], at: int) -> int:
    """Where the table ends that begins or goes on at a line."""
    heads = (i for i in range(at + 1, len(lines)) if re.match(r"\s*\[\[?[^\[\]]+\]", lines[i]))
    return next(heads, len(lines))


def read(path: Path) -> DataFile:
    """A TOML file. Raises ``InvalidInputError`` naming the file and the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidInputError(
            f"{path} cannot be read: {error.strerror or error}.",
            advice="Check that you may read it, or move it away.",
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{path} is not text in UTF-8 (byte {error.start + 1}).",
            advice="Save it as UTF-8 text or move it away.",
        ) from error
    try:
        return DataFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+).*\)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        what = str(error).replace(found[0], "") if found else str(error).partition(" (")[0]
        what = "a quotation mark is not closed" if what == _OPEN_QUOTE else what
        raise InvalidInputError(
            f"{path}, line {line}: {what}.", advice="Correct the TOML or move the file away."
        ) from error
    except RecursionError as error:
        raise InvalidInputError(
            f"{path}, line 1: it is nested too deeply.", advice="Correct it or move it away."
        ) from error


@cache
def built_in(folder: str) -> tuple[DataFile, ...]:
    """The product's files of a folder of ``resources``, by name. They are read once."""
    return tuple(read(path) for path in sorted(resources.path(folder).glob("*.toml")))


def of_team(team_folder: Path | None, folder: str) -> tuple[DataFile, ...]:
    """A team's files of the folder of the same name; none where there is no such folder."""
    return tuple(map(read, _paths(team_folder, folder)))


def _paths(team_folder: Path | None, folder: str) -> list[Path]:
    if team_folder is None:
        return []
    place = team_folder / folder
    try:
        if not place.is_dir():
            return []
        return sorted(path for path in place.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise InvalidInputError(
            f"The folder {place} cannot be read: {error.strerror or error}.",
            kept="Nothing was changed.",
            advice="Check that you may read it, or set AFTERWHY_CONFIG to another folder.",
        ) from error


def load(
    kind: type[N],
    folder: str,
    team_folder: Path | None,
    faults: list[InvalidInputError] | None = None,
) -> dict[str, N]:
    """One ``kind`` from each file, by id; a team's takes the place of the product's.

    A team's file that cannot be used is left out and its fault, which names the file and the
    line, put into ``faults``; without such a list it is raised.
    """
    result = {item.id: item for item in (f.decode(kind, f.data) for f in built_in(folder))}
    team: dict[str, N] = {}

    def take(path: Path) -> None:
        file = read(path)
        item = file.decode(kind, file.data)
        if item.id in team:
            raise file.fault("id", f"{item.id!r} stands in another file beside it, too")
        team[item.id] = item

    take_each(team_folder, folder, take, faults)
    return result | team


def take_each(
    team_folder: Path | None,
    folder: str,
    take: Callable[[Path], None],
    faults: list[InvalidInputError] | None = None,
) -> None:
    """Hand every file of a team's folder to ``take``; what one raises goes into ``faults``."""
    try:
        paths = _paths(team_folder, folder)
    except InvalidInputError as error:
        if faults is None:
            raise
        faults.append(error)
        return
    for path in paths:
        try:
            take(path)
        except InvalidInputError as error:
            if faults is None:
                raise
            faults.append(error)
