"""Where a post-mortem stands: what it lacks for the next step, and taking that step."""

from typing import Any

import click

from app.cli.output import Exit
from app.cli.session import Session, command
from app.gating import gate_ahead, missing
from models import codec
from models.commands import post_mortems as commands
from models.document import Document
from models.domain.histories import Change
from models.domain.post_mortem import Status
from models.errors import InvalidInputError
from models.guidance import gates
from models.guidance.gaps import Gap
from models.guidance.reminders import reminder, review_due
from models.queries import post_mortems, tracking


@command("status", writes=True)
@click.argument("ref")
@click.argument("status", required=False)
@click.option("--reason", default="", help="Why to go on although something is missing.")
def status(session: Session, ref: str, status: str | None, reason: str) -> Exit:
    """Say where REF stands and what it lacks, or set it to STATUS.

    STATUS is Draft, In review, Reviewed or Closed. Where something is missing for it, that is
    listed and nothing is set (exit code 3), unless --reason says why to go on: it is kept with the
    date, your name and what was missing.
    """
    document = post_mortems.document(session.workspace.library, ref)
    if status is None:
        _tell(session, document)
        return Exit.DONE
    return _set(session, document, _wanted(session, status), reason.strip())


def _wanted(session: Session, text: str) -> Status:
    statuses = session.workspace.vocabularies.statuses
    term = statuses.find(text)
    if term is None:
        raise InvalidInputError(
            f"There is no status {text!r}.",
            kept="Nothing was changed.",
            advice=f"There are: {', '.join(term.name for term in statuses.terms)}.",
        )
    return Status(term.id)


def _tell(session: Session, document: Document) -> None:
    workspace, mortem = session.workspace, document.post_mortem
    gate = gates.next_gate(document)
    left = missing(session.workspace, document, gate)
    rules = workspace.guide.review_due
    due = None if mortem.historical else review_due(mortem, rules)
    said = reminder(mortem, rules, workspace.library.now())
    health = tracking.health(workspace.library, [mortem.id], workspace.due_days)[mortem.id]
    lines = [f"{document.ref}: {mortem.status}", *([said.words] if said else [])]
    if health.reopened:
        noun = "action was" if health.reopened == 1 else "actions were"
        lines.append(f"{health.reopened} {noun} opened again in Jira after having ended.")
    if gate is not None:
        lines += [f"{workspace.guide.gates[gate].before}: {len(left)} left", *_lines(left)]
    data = _data(document, left) | {
        "next": gate.value if gate else "",
        "review_due": due.isoformat() if due else None,
        "actions": codec.encode(health),
    }
    session.note_faults()
    session.answer(data, "\n".join(lines))


def _set(session: Session, document: Document, wanted: Status, reason: str) -> Exit:
    workspace, mortem = session.workspace, document.post_mortem
    gate = gate_ahead(mortem, wanted)
    left = missing(workspace, document, gate)
    if left and not reason:
        told = f"{document.ref} stays {mortem.status}. Missing for {wanted}:"
        hint = "Close these, or go on with --reason."
        data = _data(document, left) | {"changed": False}
        session.answer(data, "\n".join([told, *_lines(left), hint]))
        return Exit.IN_PART
    actor = workspace.actor
    change = Change(workspace.library.now(), actor.name or actor.role, actor.role, reason)
    after = (
        gates.with_status(document, wanted, change)
        if gate is None
        else gates.through(document, gate, change, left)
    )
    merged = commands.merge_save(workspace.library, after, document, actor)
    changed = mortem.status is not merged.document.post_mortem.status
    data = _data(merged.document, left) | {"changed": changed}
    session.answer(data, f"{document.ref}: {merged.document.post_mortem.status}")
    return Exit.DONE


def _lines(missing: tuple[Gap, ...]) -> list[str]:
    return [f"  - {gap.sentence}" for gap in missing]


def _data(document: Document, missing: tuple[Gap, ...]) -> dict[str, Any]:
    return {
        "ref": document.ref,
        "status": document.post_mortem.status.value,
        "missing": [
            {"rule": gap.rule, "section": gap.section, "place": gap.place, "text": gap.sentence}
            for gap in missing
        ],
    }
