"""Changing many post-mortems at once."""

import click

from app.cli import terms
from app.cli.output import Exit
from app.cli.selection import Selection, select
from app.cli.session import Session, command
from app.gating import Lacking, lacking
from models.commands import labels
from models.commands.labels import Before, BulkEdit
from models.domain.post_mortem import Status
from models.errors import InvalidInputError, KnownError
from models.guidance import gates
from models.queries import catalogue
from models.vocabulary import Vocabulary


@command("set", writes=True)
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@click.option("--service", "services", multiple=True, help="Replaces the services; repeatable.")
@click.option("--severity", help="SEV1 to SEV4, or an alias such as P1.")
@click.option("--status", help="Draft, In review, Reviewed or Closed.")
@click.option("--reason", default="", help="Why to set a status although something is missing.")
@click.option("--add-tag", "added", multiple=True, help="A tag to add; repeatable.")
@click.option("--remove-tag", "removed", multiple=True, help="A tag to remove; repeatable.")
def set_(
    session: Session,
    *,
    refs: tuple[str, ...],
    services: tuple[str, ...],
    severity: str | None,
    status: str | None,
    reason: str,
    added: tuple[str, ...],
    removed: tuple[str, ...],
) -> Exit:
    """Set services, severity, status or tags of every REF. One that is unknown stops no other.

    One that lacks something for a status is listed with that and left as it is (exit code 3),
    unless --reason says why to go on: it is kept with the date, your name and what was missing.
    """
    named = _names(services), _names(added), _names(removed)
    if not any(named) and severity is None and status is None:
        raise click.UsageError("Say what to set, for example --severity SEV2 or --add-tag dns.")
    workspace = session.workspace
    words = workspace.vocabularies
    change = BulkEdit(
        severity=None
        if severity is None
        else terms.advised(words.severities, severity, "severity"),
        status=None if status is None else _status(words.statuses, status),
        services=named[0] or None,
        add_tags=named[1],
        remove_tags=named[2],
    )
    selection = select(workspace.library, refs)
    lacks = [] if change.status is None else lacking(workspace, selection.ids, change.status)
    if lacks and not reason.strip():
        selection = _without(selection, lacks, change.status)
    reasons = {d.post_mortem.id: gates.kept_reason(reason, gaps) for d, gaps in lacks}
    edited = labels.edit(workspace.library, selection.ids, change, workspace.actor, reasons)
    changed = _refs(session, edited)
    selection.tell(session, {"changed": changed}, _sentence(changed))
    return selection.code


def _without(selection: Selection, lacks: Lacking, status: Status | None) -> Selection:
    """The selection without those that lack something; each is told with what that is."""
    ids = {document.post_mortem.id for document, _ in lacks}
    told = {
        document.ref: KnownError(
            f"{document.ref} lacks for {status}: {', '.join(gap.short for gap in gaps)}.",
            kept="Nothing of it was changed.",
            advice="Close these, or go on with --reason.",
        )
        for document, gaps in lacks
    }
    return Selection(
        tuple(id for id in selection.ids if id not in ids), {**selection.failed, **told}
    )


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for value in values if (name := terms.one_line(value))))


def _status(statuses: Vocabulary, text: str) -> Status:
    term = statuses.find(text)
    if term is None:
        raise InvalidInputError(
            f"There is no status {text!r}.",
            kept="Nothing was changed.",
            advice=f"There are: {', '.join(t.name for t in statuses.terms)}.",
        )
    return Status(term.id)


@command("rename", writes=True)
@click.argument("kind", type=click.Choice(["service", "tag"]))
@click.argument("old")
@click.argument("name", metavar="NEW")
def rename(session: Session, kind: str, old: str, name: str) -> None:
    """Rename a service or a tag everywhere; a NEW that is there already merges the two."""
    workspace = session.workspace
    rows = catalogue.catalogue(workspace.library)
    if not any(old in (row.services if kind == "service" else row.tags) for row in rows):
        raise InvalidInputError(
            f"No post-mortem has the {kind} {old!r}.", kept="Nothing was changed."
        )
    renamed = labels.rename(workspace.library, kind, old, terms.one_line(name), workspace.actor)
    changed = _refs(session, renamed)
    session.answer({"changed": changed}, _sentence(changed))


def _refs(session: Session, changed: tuple[Before, ...]) -> list[str]:
    ids = {before.post_mortem.id for before in changed}
    rows = catalogue.catalogue(session.workspace.library)
    return sorted(row.ref for row in rows if row.id in ids)


def _sentence(refs: list[str]) -> str:
    return f"Changed {len(refs)}: {', '.join(refs)}".rstrip(": ")
