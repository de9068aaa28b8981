"""Carrying out the plan of an import, one unit of work per document."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from integrations.markdown.files_beside import with_files
from integrations.markdown.form_match import rejoined
from integrations.markdown.plan import Entry, Plan, Progress, Verdict, read
from integrations.markdown.source import (
    Format,
    UnreadableSourceError,
    format_of,
    place_of,
    read_source,
)
from models.commands import post_mortems as commands
from models.commands.post_mortems import Origin, Saved
from models.document import Document
from models.errors import KnownError, LibraryError
from models.queries import post_mortems as queries
from models.store.library import Actor, Library
from models.vocabulary import Vocabularies


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file. ``ref`` and ``title`` name the post-mortem, where there is one.

    ``notices`` are what to tell about it besides; ``in_part`` when something of the file could
    not be understood and was kept as text.
    """

    path: Path
    ref: str = ""
    title: str = ""
    reason: str = ""
    notices: tuple[str, ...] = ()
    in_part: bool = False


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
        reading = entry.reading or read(read_source(entry.path), entry.identity, terms)
        document = with_files(library, reading, entry.path, entry.root)
        origin = Origin(entry.identity, entry.digest, place_of(entry.path))
        if entry.post_mortem_id:
            saved = _update(library, document, entry, actor, origin)
        else:
            saved = commands.add(library, document, actor, source="import", origin=origin)
    except LibraryError:
        raise
    except (KnownError, UnreadableSourceError) as error:
        reason = error.sentence() if isinstance(error, KnownError) else str(error)
        return "failed", Done(entry.path, entry.ref, entry.title, reason)
    name = "updated" if entry.post_mortem_id else "imported"
    done = Done(
        entry.path,
        saved.ref,
        document.post_mortem.title,
        notices=entry.notices,
        in_part=reading.in_part,
    )
    return name, done


def _update(
    library: Library, document: Document, entry: Entry, actor: Actor, origin: Origin
) -> Saved:
    here = queries.by_id(library, entry.post_mortem_id)
    result = replace(_updated(here, document), version=entry.version)
    return commands.replace(library, result, actor, base=here, source="import", origin=origin)


def _updated(here: Document, document: Document) -> Document:
    """The post-mortem as a file says it now; what is decided here stays.

    Its identity, status, history and reviews are kept, and the actions that are still in the file
    with all that happened to them since.
    """
    old, new = here.post_mortem, document.post_mortem
    merged = replace(
        new,
        id=old.id,
        status=old.status,
        status_history=old.status_history,
        historical=old.historical,
        reviews=old.reviews,
        comments=old.comments,
        review_due=old.review_due,
        review_meeting=old.review_meeting,
        aliases=tuple(dict.fromkeys((*old.aliases, *new.aliases))),
    )
    known = {action.title: action for action in here.actions}
    actions = tuple(known.get(action.title, action) for action in document.actions)
    files = {(file.name, file.sha256): file for file in here.attachments}
    kept = tuple(files.get((file.name, file.sha256), file) for file in document.attachments)
    return replace(
        document,
        post_mortem=merged,
        ref=here.ref,
        actions=actions,
        attachments=kept,
        relations=here.relations or document.relations,
    )


def foreseen(library: Library, entry: Entry, terms: Vocabularies) -> tuple[Document, Document]:
    """The post-mortem that an entry would update, as it is here and as it would be; for reading.

    Records of the file that are those here have their ids. Attachments are as they are here:
    which files come along is known when they are copied. Raises ``KnownError`` or
    ``UnreadableSourceError`` where the file cannot be read any more.
    """
    here = queries.by_id(library, entry.post_mortem_id)
    # Ids are made from the identity and the place in the file; under another one none is taken
    # for that of a record which stood there before.
    reading = read(read_source(entry.path), f"foreseen {entry.identity}", terms)
    result = replace(_updated(here, reading.document), attachments=here.attachments)
    if format_of(entry.path) is Format.JSON:  # it carries every id
        return here, result
    return here, rejoined(result, here, library.now())
