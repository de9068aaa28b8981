"""What is known of Jira without asking it: what is connected, what waits, what sprints did."""

from typing import Any

from app.cli import output, ticket_parts
from app.cli.session import Session, command
from models import codec
from models.queries import tracking as queries
from models.tracking.outbox import NEEDS_ATTENTION, SETTLED, UNFINISHED
from models.tracking.sprint_reports import BoardReport, SprintReport

COUNTS = ("planned", "carried_over", "removed", "done")


@command("status")
def status(session: Session) -> None:
    """Say what is connected, when it was synced last, and what waits. Asks nothing of Jira.

    For each board: how many action items were planned in each of its sprints, and how many of
    them were carried over, removed and done.
    """
    library = session.workspace.library
    rows, connections = queries.board_rows(library), queries.connections(library)
    entries, tickets = queries.outbox(library, UNFINISHED), queries.tickets(library)
    left_out = ticket_parts.left_out(library, rows)
    boards = queries.board_reports(library, rows)
    data = {
        "connections": [
            {
                "id": c.id,
                "site": c.site,
                "flavour": c.flavour.value,
                "project": c.project,
                "issue_type": c.issue_type,
                "board": c.board,
                "email": c.email,
                "paused": c.paused,
                "agreed": c.agreed,
                "last_sync": queries.cursors(library, c.id).get("pulled"),
                "tickets": sum(ticket.connection == c.id for ticket in tickets.values()),
            }
            for c in connections
        ],
        "waiting": sum(entry.state not in SETTLED for entry in entries),
        "attention": sum(entry.state in NEEDS_ATTENTION for entry in entries),
        "conflicts": sum(len(ticket.conflicts) for ticket in tickets.values()),
        "without_sprint": left_out,
        "boards": [_board(one) for one in boards],
    }
    session.answer(data, "\n".join([*_lines(data), *_boards(boards)]))


def _lines(data: dict[str, Any]) -> list[str]:
    lines = [
        f"{c['project']}  {c['site']}  {c['flavour']}  tickets: {c['tickets']}, "
        f"last sync: {c['last_sync'] or 'never'}"
        for c in data["connections"]
    ]
    lines = lines or ["Jira is not connected."]
    lines += [f"{name}: {data[name]}" for name in ("waiting", "attention", "conflicts")]
    if data["without_sprint"]:
        lines.append(f"ready, in no sprint since one began: {', '.join(data['without_sprint'])}")
    return lines


def _board(report: BoardReport) -> dict[str, Any]:
    return {
        "board": report.board,
        "site": report.site,
        "projects": list(report.projects),
        "sprints": [
            {
                "sprint": one.sprint.name,
                "id": one.sprint.id,
                "state": one.sprint.state.value,
                "start": codec.encode(one.sprint.starts_at),
                "end": codec.encode(one.sprint.over_at or one.sprint.ends_at),
                **{name: len(getattr(one, name)) for name in COUNTS},
                "actions": {name: list(getattr(one, name)) for name in COUNTS},
            }
            for one in report.sprints
        ],
    }


def _boards(boards: tuple[BoardReport, ...]) -> list[str]:
    lines = []
    for report in boards:
        name = "no board" if report.board is None else f"board {report.board}"
        lines += ["", f"{name}  {', '.join(report.projects)}  {report.site}"]
        if report.sprints:
            headings = ("STATE", "START", "END", "PLANNED", "CARRIED OVER", "REMOVED", "DONE")
            lines.append(output.table((*headings, "SPRINT"), list(map(_cells, report.sprints))))
        else:
            lines.append("no sprint is known yet")
    return lines


def _cells(one: SprintReport) -> tuple[object, ...]:
    days = (one.sprint.starts_at, one.sprint.over_at or one.sprint.ends_at)
    counts = (len(getattr(one, name)) for name in COUNTS)
    shown = (f"{day:%Y-%m-%d}" if day else "" for day in days)
    return (one.sprint.state.value, *shown, *counts, one.sprint.name)
