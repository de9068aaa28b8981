"""Changing many post-mortems at once."""

import click

from app.cli.session import Session, command
from models.commands import labels
from models.commands.labels import Before, BulkEdit
from models.domain.post_mortem import Status
from models.errors import InvalidInputError
from models.queries import catalogue, post_mortems
from models.vocabulary import Vocabulary


@command("set")
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@click.option("--service", "services", multiple=True, help="Replaces the services; repeatable.")
@click.option("--severity", help="SEV1 to SEV4, or an alias such as P1.")
@click.option("--status", help="Draft, In review, Reviewed or Closed.")
@click.option("--add-tag", "added", multiple=True, help="A tag to add; repeatable.")
@click.option("--remove-tag", "removed", multiple=True, help="A tag to remove; repeatable.")
def set_(
    session: Session,
    *,
    refs: tuple[str, ...],
    services: tuple[str, ...],
    severity: str | None,
    status: str | None,
    added: tuple[str, ...],
    removed: tuple[str, ...],
) -> None:
    """Set services, severity, status or tags of every REF, of all of them or none."""
    if not (services or added or removed) and severity is None and status is None:
        raise click.UsageError("Say what to set, for example --severity SEV2 or --add-tag dns.")
    workspace = session.workspace
    words = workspace.vocabularies
    change = BulkEdit(
        severity=None if severity is None else words.severities.canonical(severity),
        status=None if status is None else _status(words.statuses, status),
        services=_names(services) or None,
        add_tags=_names(added),
        remove_tags=_names(removed),
    )
    ids = dict.fromkeys(post_mortems.resolve(workspace.library, ref) for ref in refs)
    _tell(session, labels.edit(workspace.library, ids, change, workspace.actor))


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _status(statuses: Vocabulary, text: str) -> Status:
    term = statuses.find(text)
    if term is None:
        raise InvalidInputError(
            f"There is no status {text!r}.",
            kept="Nothing was changed.",
            advice=f"There are: {', '.join(t.name for t in statuses.terms)}.",
        )
    return Status(term.id)


@command("rename")
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
    _tell(session, labels.rename(workspace.library, kind, old, name, workspace.actor))


def _tell(session: Session, changed: tuple[Before, ...]) -> None:
    ids = {before.post_mortem.id for before in changed}
    rows = catalogue.catalogue(session.workspace.library)
    refs = sorted(row.ref for row in rows if row.id in ids)
    session.answer({"changed": refs}, f"Changed {len(refs)}: {', '.join(refs)}".rstrip(": "))
