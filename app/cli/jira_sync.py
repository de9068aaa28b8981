"""Syncing with Jira, and what waits or has to be mended."""

from typing import TYPE_CHECKING, Any

import click

from app.cli import output
from app.cli.interrupts import cancelling
from app.cli.jira_asking import Asking, tracking_of
from app.cli.jira_outbox import how_to_answer
from app.cli.output import Exit
from app.cli.session import Session, command
from models import codec
from models.queries import tracking as queries
from models.tracking.outbox import OutboxState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrations.jira.syncing.report import Question, Report


@command("sync", writes=True)
@click.option("--push-only", is_flag=True, help="Only send; take nothing in.")
@click.option("--pull-only", is_flag=True, help="Only take in; send nothing.")
@click.option("--yes", is_flag=True, help="Agree to what would be asked.")
def sync(session: Session, *, push_only: bool, pull_only: bool, yes: bool) -> Exit:
    """Make the tickets of what is ready, send what changed, and take in what happened in Jira.

    The first tickets of a project and changes of a running sprint are asked about; --yes agrees.
    The exit code is 3 where somebody has to decide or to mend something. Ctrl-C stops; the next
    sync goes on.
    """
    if push_only and pull_only:
        raise click.UsageError("Only one of --push-only and --pull-only can be given.")
    report, declined = run(session, push=not pull_only, pull=not push_only, yes=yes)
    data = _report(report, declined, _declined(session, declined))
    session.answer(data, _report_text(report, data))
    for sentence in report.notes:
        output.note(sentence)
    needs = report.needs_attention or bool(data["attention"]) or report.cancelled
    return Exit.IN_PART if needs else Exit.DONE


def run(
    session: Session, *, push: bool = True, pull: bool = True, yes: bool = False
) -> "tuple[Report, list[Question]]":
    """One sync, and what nobody agreed to in it."""
    workspace = session.workspace
    tracking = tracking_of(session)
    with cancelling() as cancelled, output.progress("Syncing") as show:
        asking = Asking(yes=yes, now=workspace.library.now, cancelled=cancelled)
        report = tracking.sync(
            agree=asking.agree,
            wait=asking.wait,
            progress=lambda _what, done, total: show(done, max(total, 1)),
            cancelled=cancelled,
            push=push,
            pull=pull,
        )
    return report, asking.declined


def _declined(session: Session, declined: "Sequence[Question]") -> list[dict[str, Any]]:
    """What waits for somebody's word, as an entry of "attention" for each action item."""
    ids = [id for question in declined for id in question.action_ids]
    items = queries.items(session.workspace.library, ids)
    return [
        {
            "action": items[id].ref if id else "",
            "state": _UNSENT.get(question.about.value, question.about.value),
            "reason": f"{question.text} Agree with: afterwhy jira sync --yes",
            "fields": [],
        }
        for question in declined
        for id in question.action_ids or ("",)
    ]


_UNSENT = {"first push": OutboxState.QUEUED.value}
"""What an action item is that a question is about, where that has a name of its own."""


def _report(
    report: "Report", declined: "Sequence[Question]", asked: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "created": [{"action": one.action, "key": one.key} for one in report.created],
        "updated": [
            {"action": one.action, "key": one.key, "fields": list(one.fields)}
            for one in report.updated
        ],
        "pulled": report.pulled,
        "conflicts": [
            {
                "action": one.action,
                "key": one.key,
                "field": one.field,
                "base": one.base,
                "ours": one.ours,
                "theirs": one.theirs,
            }
            for one in report.conflicts
        ],
        "attention": [
            {
                "action": one.action,
                "state": one.state,
                "reason": one.reason,
                "fields": list(one.fields),
            }
            for one in report.attention
        ]
        + asked,
        "waiting": [
            {
                "action": one.action,
                "state": one.state,
                "reason": one.reason,
                "until": codec.encode(one.until),
            }
            for one in report.waiting
        ],
        "troubles": [{"project": one.project, "reason": one.reason} for one in report.troubles],
        "not_visible": list(report.not_visible),
        "reopened": list(report.reopened),
        "notes": list(report.notes),
        "next_try": codec.encode(report.next_try),
        "cancelled": report.cancelled,
    }


def _report_text(report: "Report", data: dict[str, Any]) -> str:
    lines = [f"{one.action}  {one.key}  created" for one in report.created]
    lines += [f"{one.action}  {one.key}  sent: {', '.join(one.fields)}" for one in report.updated]
    lines += [
        f"{one.action}  {one.key}  {one.field}: “{one.ours}” here, “{one.theirs}” in Jira. "
        f"Decide with: afterwhy jira resolve {one.action} {one.field} --keep ours"
        for one in report.conflicts
    ]
    lines += [f"{one['action']}  {one['state']}: {one['reason']}" for one in data["attention"]]
    lines += [how_to_answer(one.action, one.wants) for one in report.attention if one.wants]
    told = {one["action"] for one in data["attention"]}
    lines += [
        f"{one.action}  waits: {one.reason}" for one in report.waiting if one.action not in told
    ]
    lines += [f"{one.project}: {one.reason}" for one in report.troubles]
    lines += [f"{ref}  open again in Jira" for ref in report.reopened]
    lines.append(f"Tickets that brought something new: {report.pulled}.")
    if report.next_try is not None:
        lines.append(f"Next try: {report.next_try:%Y-%m-%d %H:%M:%S} UTC.")
    if report.cancelled:
        lines.append("Stopped. The next sync goes on from here.")
    return "\n".join(lines)
