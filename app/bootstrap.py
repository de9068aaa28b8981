"""The only place that builds and wires objects: what commands and the window work with."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app import settings
from models import frameworks, templates, vocabulary
from models.errors import InvalidInputError
from models.store.library import Actor, Clock, Library, open_library, utc_now

if TYPE_CHECKING:
    from models.frameworks import Framework
    from models.guidance.guide import Guide
    from models.templates import Template
    from models.vocabulary import Vocabularies
    from search.index import SearchIndex


@dataclass(frozen=True)
class Workspace:
    """An open library with its author, its vocabularies and its search index."""

    library: Library
    actor: Actor
    scratch: "TemporaryDirectory[str] | None" = None

    @cached_property
    def vocabularies(self) -> "Vocabularies":
        """The terms, extended by the files in the settings folder."""
        return vocabulary.load(settings.config_folder())

    @cached_property
    def templates(self) -> "dict[str, Template]":
        """The choices of sections, by id."""
        return templates.load(settings.config_folder(), self._faults)

    @cached_property
    def frameworks(self) -> "dict[str, Framework]":
        """The response frameworks, by id."""
        return frameworks.load(settings.config_folder(), self._faults)

    @property
    def data_faults(self) -> tuple[InvalidInputError, ...]:
        """What is wrong with a team's own files in the settings folder; they are left out."""
        _ = self.templates, self.frameworks, self.guide
        return tuple(self._faults)

    @cached_property
    def _faults(self) -> list[InvalidInputError]:
        return []

    @cached_property
    def guide(self) -> "Guide":
        """What guidance says and asks for."""
        from models.guidance import guide, reminders

        found = guide.load(settings.config_folder(), self._faults)
        due = reminders.chosen_rules(found.review_due, settings.load().review_due, self._faults)
        return replace(found, review_due=due)

    @cached_property
    def due_days(self) -> dict[str, int]:
        """The due policy: days from ready to due, by severity."""
        terms = self.vocabularies.severities.terms
        return {term.id: term.due_days for term in terms if term.due_days is not None}

    @cached_property
    def tokens(self) -> dict[str, str]:
        """Tokens that somebody gave since the start, by account; they are written nowhere."""
        return {}

    @cached_property
    def index(self) -> "SearchIndex":
        """The search index of this library; opened on first use."""
        from search.index import open_index

        cache = Path(self.scratch.name, "cache") if self.scratch else settings.cache_folder()
        gentle = settings.load().tie_breakers != "off"
        return open_index(self.library, cache, self.vocabularies, gentle=gentle)

    def close(self) -> None:
        """Lets go of the index and the database."""
        if "index" in self.__dict__:
            self.index.close()
        self.library.close()
        if self.scratch:
            self.scratch.cleanup()


def open_workspace(folder: Path | None = None) -> Workspace:
    """Opens the library that the option, the environment or the settings name, made if missing."""
    chosen = settings.load()
    library = open_library(settings.library_folder(folder), clock=clock())
    return Workspace(library, Actor(chosen.author, chosen.role))


def open_empty() -> Workspace:
    """An empty library that is gone when it is closed: what reads where no library is yet."""
    chosen, now = settings.load(), clock()
    scratch = TemporaryDirectory(prefix="afterwhy-")
    try:
        library = open_library(Path(scratch.name, "library"), clock=now)
    except BaseException:
        scratch.cleanup()
        raise
    return Workspace(library, Actor(chosen.author, chosen.role), scratch)


@dataclass
class SetClock:
    """A time that was set from outside; it goes on only by what is waited for."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def waited_until(self, at: datetime) -> None:
        """Somebody waited."""
        self.at = max(self.at, at)


def clock() -> Clock:
    """The present, or the fixed time that ``AFTERWHY_NOW`` (ISO 8601) sets for tests."""
    fixed = os.environ.get("AFTERWHY_NOW")
    if not fixed:
        return utc_now
    try:
        at = datetime.fromisoformat(fixed)
    except ValueError as error:
        raise InvalidInputError(
            f"AFTERWHY_NOW is {fixed!r}, which is not a time (ISO 8601).",
            advice="Set it like 2026-11-19T14:02:00Z, or unset it.",
        ) from error
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return SetClock(at)
