"""Carrying out the plan of an import, one unit of work per document."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from integrations.markdown.files_beside import with_files
from integrations.markdown.plan import Entry, Plan, Progress, Verdict, read
from integrations.markdown.source import UnreadableSourceError, place_of, read_source
from integrations.markdown.updating import read_update
from models.commands import post_mortems as commands
from models.commands.post_mortems import Merged, Origin
from models.document import Document
from models.errors import KnownError, LibraryError
from models.merging import Conflict
from models.store.library import Actor, Library
from models.vocabulary import Vocabularies


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file. ``ref`` and ``title`` name the post-mortem, where there is one.

    ``notices`` are what to tell about it besides; ``in_part`` when something of the file could
    not be understood and was kept as text. ``merged`` is what an update stored where the file and
    the post-mortem had changed the same in different ways.
    """

    path: Path
    ref: str = ""
    title: str = ""
    reason: str = ""
    notices: tuple[str, ...] = ()
    in_part: bool = False
    merged: Merged | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, by verdict; ``stopped`` when it ended before the last file."""

    imported: tuple[Done, ...] = ()
    updated: tuple[Done, ...] = ()
    duplicates: tuple[Done, ...] = ()
    conflicts: tuple[Done, ...] = ()
    skipped: tuple[Done, ...] = ()
    failed: tuple[Done, ...] = ()
    stopped: bool = False


def apply(
    library: Library,
    the_plan: Plan,
    actor: Actor,
    terms: Vocabularies,
    *,
    update: bool = False,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Import the new files of a plan and update what changed; conflicts only with ``update``.

    An update is joined with what was written here since the file was imported last: no word of
    either is lost, and where they contradict each other the file's stand in the text.

    Each document is stored whole or not at all; ``stopped`` is asked between two of them. A
    document that cannot be stored is listed as failed and the others go on. A library that cannot
    be written raises ``LibraryError``; if that begins on the way (a full disk), the rest failed.
    """
    results: dict[str, list[Done]] = {name: [] for name in _LISTS.values()}
    work = [e for e in the_plan.entries if e.verdict in _WANTED or (update and e.can_update)]
    was_stopped = the_plan.stopped
    for done, entry in enumerate(work):
        if stopped():
            was_stopped = True
            break
        if progress is not None:
            progress(done, len(work), str(entry.path))
        try:
            name, result = _applied(library, entry, actor, terms)
        except LibraryError as error:
            if not done:
                raise
            reason = error.sentence()
            results["failed"] += [Done(e.path, e.ref, e.title, reason) for e in work[done:]]
            break
        results[name].append(result)
    for entry in the_plan.entries:
        if entry.verdict not in _WANTED and not (update and entry.can_update):
            told = Done(entry.path, entry.ref, entry.title, entry.reason, entry.notices)
            results[_LISTS[entry.verdict]].append(told)
    if progress is not None and not was_stopped:
        progress(len(work), len(work), "")
    return Outcome(**{name: tuple(found) for name, found in results.items()}, stopped=was_stopped)


_WANTED = (Verdict.NEW, Verdict.CHANGED)
_LISTS = {
    Verdict.NEW: "imported",
    Verdict.CHANGED: "updated",
    Verdict.DUPLICATE: "duplicates",
    Verdict.CONFLICT: "conflicts",
    Verdict.SKIPPED: "skipped",
    Verdict.FAILED: "failed",
}


def _applied(library: Library, entry: Entry, actor: Actor, terms: Vocabularies) -> tuple[str, Done]:
    """Store one document; the list it belongs into, and what to say about it."""
    try:
        if entry.post_mortem_id:
            return "updated", _updated(library, entry, actor, terms)
        reading = entry.reading or read(read_source(entry.path), entry.identity, terms)
        document = with_files(library, reading, entry.path, entry.root)
        origin = Origin(entry.identity, entry.digest, place_of(entry.path))
        saved = commands.add(library, document, actor, source="import", origin=origin)
    except LibraryError:
        raise
    except (KnownError, UnreadableSourceError) as error:
        reason = error.sentence() if isinstance(error, KnownError) else str(error)
        return "failed", Done(entry.path, entry.ref, entry.title, reason)
    title = document.post_mortem.title
    notices = entry.notices
    done = Done(entry.path, saved.ref, title, notices=notices, in_part=reading.in_part)
    return "imported", done


def _updated(library: Library, entry: Entry, actor: Actor, terms: Vocabularies) -> Done:
    """Join the file with what was written here since it was imported last."""
    update = read_update(library, entry, terms, copying=True)
    merged = commands.merge_save(
        library, update.said, update.base, actor, source="import", origin=update.origin
    )
    removed = (
        f"{ref} left {merged.saved.ref}: the file has it no more." for ref in merged.saved.removed
    )
    return Done(
        entry.path,
        merged.saved.ref,
        merged.document.post_mortem.title,
        notices=(*entry.notices, *removed, *map(_said_twice, merged.conflicts)),
        in_part=update.in_part,
        merged=merged if merged.conflicts else None,
    )


def _said_twice(conflict: Conflict) -> str:
    if not (conflict.mine.strip() and conflict.theirs.strip()):
        return (
            f"{conflict.label} was changed on one side and taken away on the other; both are kept."
        )
    return (
        f"{conflict.label} was changed here and in the file: the file's words stand, those from"
        " here are in a comment."
    )


def foreseen(library: Library, entry: Entry, terms: Vocabularies) -> tuple[Document, Document]:
    """The post-mortem that an entry would update, as it is here and as it would be; for reading.

    Attachments are as they are here: which files come along is known when they are copied. Raises
    ``KnownError`` or ``UnreadableSourceError`` where the file cannot be read any more.
    """
    update = read_update(library, entry, terms)
    return update.here, commands.foreseen(library, update.said, update.base)
