"""TOML data of the product and, beside it, a team's: read, checked, and faults named by line.

A team's folder has the same folders as ``resources`` ("vocabulary", "templates", "frameworks").
A file there adds to the product's data or takes its place, without code.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
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

_STEP = re.compile(r"([^.\[]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A TOML file that was read: its content and its text, in which faults are located."""

    path: Path
    text: str
    data: dict[str, Any]

    def decode(self, kind: type[T], data: Mapping[str, Any], place: str = "") -> T:
        """A ``kind`` from a part of the file; ``place`` ("terms[2]") says which part it is."""
        try:
            return codec.decode(kind, data)
        except InvalidInputError as error:
            inner, _, what = str(error).partition(": ")
            inner = "" if inner == "The document" else inner
            raise self.fault(".".join(p for p in (place, inner) if p), what) from error

    def fault(self, place: str, what: str) -> InvalidInputError:
        """An error that names this file and the line of ``place``."""
        said = f"{place}: {what}" if place else what
        return InvalidInputError(
            f"{self.path}, line {self.line(place)}: {said}.",
            kept="Nothing was changed.",
            advice="Correct this file or move it away, then start again.",
        )

    def line(self, place: str) -> int:
        """The line of a place such as "steps[2].prompts[0]", or of the nearest part of it."""
        lines = self.text.splitlines()
        at, prefix = 0, ""
        for name, index in _STEP.findall(place):
            prefix = f"{prefix}.{name}".lstrip(".")
            table = re.compile(rf"\s*\[\[\s*{re.escape(prefix)}\s*\]\]")
            heads = [i for i in range(at, len(lines)) if table.match(lines[i])]
            if index and int(index) < len(heads):
                at = heads[int(index)]
                continue
            key = re.compile(rf"\s*[\"']?{re.escape(name.strip())}[\"']?\s*=")
            at = next((i for i in range(at, len(lines)) if key.match(lines[i])), at)
        return at + 1


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
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise InvalidInputError(
            f"{path}, line {line}: {error}.", advice="Correct the TOML or move the file away."
        ) from error


def built_in(folder: str) -> tuple[DataFile, ...]:
    """The product's files of a folder of ``resources``, by name."""
    return tuple(read(path) for path in sorted(resources.path(folder).glob("*.toml")))


def of_team(team_folder: Path | None, folder: str) -> tuple[DataFile, ...]:
    """A team's files of the folder of the same name; none where there is no such folder."""
    if team_folder is None:
        return ()
    place = team_folder / folder
    try:
        if not place.is_dir():
            return ()
        paths = sorted(path for path in place.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise InvalidInputError(
            f"The folder {place} cannot be read: {error.strerror or error}.",
            kept="Nothing was changed.",
            advice="Check that you may read it, or set AFTERWHY_CONFIG to another folder.",
        ) from error
    return tuple(map(read, paths))


def load(kind: type[N], folder: str, team_folder: Path | None) -> dict[str, N]:
    """One ``kind`` from each file, by id; a team's takes the place of the product's.

    Raises ``InvalidInputError`` naming the file and the line of a fault.
    """
    result: dict[str, N] = {}
    for files in (built_in(folder), of_team(team_folder, folder)):
        read_here: dict[str, N] = {}
        for file in files:
            item = file.decode(kind, file.data)
            if item.id in read_here:
                raise file.fault("id", f"{item.id!r} stands in another file beside it, too")
            read_here[item.id] = item
        result |= read_here
    return result
