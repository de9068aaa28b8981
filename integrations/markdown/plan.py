"""What an import would do: every file found, read, and compared with the library."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from integrations.markdown import form, html
from integrations.markdown.files_beside import is_attached, left_out, taken
from integrations.markdown.found_files import Found, find_files
from integrations.markdown.reading import Reading, read_document
from integrations.markdown.source import (
    PLACE,
    Format,
    Source,
    UnreadableSourceError,
    format_of,
    identity_of,
    place_of,
    read_source,
    skip_reason,
)
from models import secrets
from models.document import Document, from_json, same_content
from models.errors import InvalidInputError, NotFoundError
from models.queries import post_mortems
from models.store.library import Library
from models.vocabulary import Vocabularies

_KEPT = 20_000_000
"""Characters of source whose documents a plan keeps; what is beyond is read again to apply it."""

Progress = Callable[[int, int, str], None]
"""Called with the files done, all files, and the path at hand."""


class Verdict(StrEnum):
    """What is to be done with a file."""

    NEW = "new"
    DUPLICATE = "duplicate"
    CHANGED = "changed"
    CONFLICT = "conflict"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a plan. ``root`` is the folder that was named, or the file's own.

    ``post_mortem_id`` and ``ref`` name what the library has of it already. ``reading`` is None
    where the file is read again to apply it, as for every update. ``notices`` are what to tell
    about the file besides the verdict.
    """

    path: Path
    root: Path
    verdict: Verdict
    reason: str = ""
    title: str = ""
    identity: str = ""
    digest: str = ""
    post_mortem_id: str = ""
    ref: str = ""
    reading: Reading | None = None
    notices: tuple[str, ...] = ()

    @property
    def can_update(self) -> bool:
        """Whether the file may be joined with what the library has, where the user wants it."""
        return self.verdict is Verdict.CONFLICT and bool(self.post_mortem_id)


@dataclass(frozen=True, slots=True)
class Plan:
    """The files of an import in order; ``stopped`` when the user ended the reading early."""

    entries: tuple[Entry, ...]
    stopped: bool = False

    def of(self, *verdicts: Verdict) -> tuple[Entry, ...]:
        """The entries with one of these verdicts."""
        return tuple(entry for entry in self.entries if entry.verdict in verdicts)


def plan(
    library: Library,
    paths: Iterable[Path],
    terms: Vocabularies,
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Plan:
    """Read files and folders and say what an import of them would do; nothing is written."""
    found = [_entry(one) for one in find_files(paths)]
    planner = _Planner(library, terms)
    entries: list[Entry] = []
    for done, entry in enumerate(found):
        if stopped():
            return Plan(tuple(entries), stopped=True)
        if progress is not None:
            progress(done, len(found), str(entry.path))
        entries.append(planner.judged(entry) if not entry.reason else entry)
    if progress is not None:
        progress(len(found), len(found), "")
    judged = (planner.displaced.get(entry.path, entry) for entry in entries)
    return Plan(tuple(entry for entry in judged if not planner.came_along(entry)))


def _entry(found: Found) -> Entry:
    verdict = Verdict.SKIPPED if found.skipped else Verdict.FAILED if found.failed else Verdict.NEW
    return Entry(found.path, found.root, verdict, found.skipped or found.failed)


@dataclass(frozen=True, slots=True)
class _New:
    """A post-mortem that the library has not; ``for_reading`` one from an HTML export."""

    entry: Entry
    document: Document
    for_reading: bool


class _Planner:
    """Judges one file after the other, remembering those of this import."""

    def __init__(self, library: Library, terms: Vocabularies) -> None:
        self.library = library
        self.terms = terms
        self.identities: dict[str, Entry] = {}
        self.displaced: dict[Path, Entry] = {}
        """Entries judged anew, because a later file turned out to own their id."""
        self.digests: dict[str, Path] = {}
        self.new: dict[str, _New] = {}
        """What this import brings, by its id."""
        self.kept = 0
        self.taken: set[Path] = set()
        """The files beside documents that come in with them."""

    def came_along(self, entry: Entry) -> bool:
        """Whether a file that is no document comes in with one, or came in before."""
        if entry.verdict is not Verdict.SKIPPED or format_of(entry.path) is not None:
            return False
        return entry.path.resolve() in self.taken or is_attached(self.library, entry.path)

    def judged(self, entry: Entry) -> Entry:
        """The entry with its verdict."""
        try:
            if reason := skip_reason(entry.path):
                return replace(entry, verdict=Verdict.SKIPPED, reason=reason)
            source = read_source(entry.path)
            if source.format is Format.JSON and not _is_document(source.body):
                return replace(
                    entry, verdict=Verdict.SKIPPED, reason="JSON, but not of a post-mortem"
                )
            found = self._compared(entry, source)
            return replace(found, reading=None) if found.post_mortem_id else found
        except UnreadableSourceError as error:
            return replace(entry, verdict=Verdict.FAILED, reason=str(error))
        except InvalidInputError as error:
            return replace(entry, verdict=Verdict.FAILED, reason=error.sentence())

    def _compared(self, entry: Entry, source: Source) -> Entry:
        identity = identity_of(source)
        entry = replace(entry, identity=identity, digest=source.digest)
        if (twin := self.digests.get(source.digest)) is not None:
            return replace(entry, verdict=Verdict.DUPLICATE, reason=f"the same as {twin.name}")
        self.digests[source.digest] = entry.path
        known = post_mortems.imported(self.library, identity)
        first = self.identities.get(identity)
        if first is not None:
            if known is None or known.digest != source.digest:
                return _same_id(entry, first)
            self.displaced[first.path] = _same_id(first, entry)
        self.identities[identity] = entry
        if known is None:
            known = post_mortems.imported_as(self.library, source.digest)
        return self._against(entry, source, known) if known else self._unknown(entry, source)

    def _against(self, entry: Entry, source: Source, known: post_mortems.Imported) -> Entry:
        """A file whose post-mortem the library has."""
        entry = replace(entry, post_mortem_id=known.id, ref=known.ref)
        if known.digest == source.digest:
            reason = "it is in the trash" if known.deleted else "it was imported before"
            return replace(entry, verdict=Verdict.DUPLICATE, reason=reason)
        if known.deleted:
            reason = f"it changed while {known.ref} is in the trash; undelete that, then import it"
            return replace(entry, verdict=Verdict.SKIPPED, reason=reason)
        entry = self._with(entry, source, read(source, entry.identity, self.terms))
        if former := self._former_place(entry, known):
            if former.exists():
                reason = (
                    f"{former} has the same id and was imported before; give one of them another id"
                )
                return replace(entry, verdict=Verdict.CONFLICT, reason=reason, post_mortem_id="")
            title = post_mortems.by_id(self.library, known.id).post_mortem.title
            if title != entry.title:
                reason = f"“{title}” was imported with the same id, from {former}, which is gone"
                return replace(entry, verdict=Verdict.CONFLICT, reason=reason)
        if known.edited:
            reason = "the file and the post-mortem here were both changed"
            return replace(entry, verdict=Verdict.CONFLICT, reason=reason)
        return replace(entry, verdict=Verdict.CHANGED, reason="the file was changed")

    def _former_place(self, entry: Entry, known: post_mortems.Imported) -> Path | None:
        """Where the file lay that was imported under this id; None where it lies there still.

        Two files that are both there are two post-mortems. One that moved left its old place and
        kept its title.
        """
        names = post_mortems.places(self.library, known.id)
        place = next((name for name in names if name.startswith(PLACE)), "")
        if not place or place == place_of(entry.path):
            return None
        return Path(place.removeprefix(PLACE))

    def _unknown(self, entry: Entry, source: Source) -> Entry:
        """A file that was never imported; it may still hold a post-mortem of this library."""
        reading = read(source, entry.identity, self.terms)
        entry = self._with(entry, source, reading)
        document = reading.document
        here = self._here(document.post_mortem.id)
        if here is None:
            return self._with_twin(entry, document, for_reading=_is_page(source))
        entry = replace(entry, post_mortem_id=here.post_mortem.id, ref=here.ref)
        if post_mortems.is_deleted(self.library, document.post_mortem.id):
            return _duplicate(entry, "it is in the trash")
        if _is_page(source):
            return _duplicate(entry, f"{_A_PAGE} {here.ref}, which is here")
        if same_content(here, document):
            return _duplicate(entry, "the library has it")
        reason = "the post-mortem here says something else"
        return replace(entry, verdict=Verdict.CONFLICT, reason=reason)

    def _with_twin(self, entry: Entry, document: Document, *, for_reading: bool) -> Entry:
        """A new post-mortem, of which this import may bring another export.

        An HTML page is for reading: whatever else is there of it says more.
        """
        twin = self.new.setdefault(document.post_mortem.id, _New(entry, document, for_reading))
        if twin.entry is entry:
            return entry
        if for_reading:
            return _duplicate(entry, f"{_A_PAGE} {twin.entry.path.name}")
        if twin.for_reading:
            reason = f"{_A_PAGE} {entry.path.name}"
            self.displaced[twin.entry.path] = _duplicate(twin.entry, reason)
            self.new[document.post_mortem.id] = _New(entry, document, for_reading)
            return entry
        if same_content(twin.document, document):
            return _duplicate(entry, f"the same as {twin.entry.path.name}")
        return _same_id(entry, twin.entry)

    def _here(self, post_mortem_id: str) -> Document | None:
        with suppress(NotFoundError):
            return post_mortems.by_id(self.library, post_mortem_id)
        return None

    def _with(self, entry: Entry, source: Source, reading: Reading) -> Entry:
        self.kept += len(source.body)
        kept = reading if self.kept < _KEPT else None
        title = reading.document.post_mortem.title
        self.taken.update(taken(reading, entry.path, entry.root))
        left = left_out(self.library, reading, entry.path, entry.root)
        notices = (*reading.notices, *secrets.notices(source.body), *left)
        return replace(entry, title=title, reading=kept, notices=notices)


_A_PAGE = "an HTML export, made for reading, of"


def _is_page(source: Source) -> bool:
    """Whether a file is an HTML export of ours."""
    return source.format is Format.HTML and bool(html.exported_id(source.body))


def _duplicate(entry: Entry, reason: str) -> Entry:
    return replace(entry, verdict=Verdict.DUPLICATE, reason=reason, reading=None)


def _same_id(entry: Entry, owner: Entry) -> Entry:
    """A file that claims the id of another; it is not imported, lest one overwrites the other."""
    reason = f"it has the same id as {owner.path.name}; give one of them another id"
    return replace(entry, verdict=Verdict.CONFLICT, reason=reason)


def read(source: Source, identity: str, terms: Vocabularies) -> Reading:
    """The document of a source: one that Afterwhy exported, or anybody's.

    Raises ``InvalidInputError`` for an export that was damaged.
    """
    if source.format is Format.JSON:
        return Reading(from_json(json.loads(source.body)), source.body, source.notices)
    if source.format is Format.MARKDOWN and "afterwhy" in source.front_matter:
        text = f"---\n{source.front_matter_text}---\n{source.body}"
        found = form.read_form(text, terms=terms)
        return Reading(found.document, source.body, (*source.notices, *found.notices))
    return read_document(source, identity, terms)


def _is_document(text: str) -> bool:
    """Whether JSON is one post-mortem as ``export`` and ``show --json`` write it."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and {"title", "incidents", "whys"} <= data.keys()
