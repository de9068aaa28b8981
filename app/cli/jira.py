"""Jira: connecting projects, and what is known of them."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from app.cli import jira_sync, jira_tickets, output
from app.cli.interrupts import cancelling
from app.cli.jira_asking import ask_token
from app.cli.jira_sync import pairs
from app.cli.output import Exit
from app.cli.session import Session, command, json_option
from app.tracking import Tracking
from models import codec
from models.commands import tracking as commands
from models.document import new_id
from models.errors import KnownError
from models.queries import tracking as queries
from models.store.library import Library
from models.tracking.connections import Connection, Flavour
from models.tracking.outbox import NEEDS_ATTENTION, OutboxState

if TYPE_CHECKING:
    from integrations.jira.connecting import Fitted


@click.group("jira")
@json_option
def jira() -> None:
    """Jira: action items become tickets, and what their sprints did with them comes back."""


@command("connect", writes=True, makes_library=True)
@click.option("--url", required=True, help="The address of the site, or of any page of it.")
@click.option("--flavour", type=click.Choice(["cloud", "dc"]), help="Found out if not given.")
@click.option("--email", default="", help="The account's e-mail address (Cloud).")
@click.option("--project", required=True, metavar="KEY", help="The project that tickets go to.")
@click.option("--issue-type", default="", help="The type of its tickets; Task if there is one.")
@click.option("--board", type=int, metavar="ID", help="The board whose sprints count.")
@click.option("--field", "fields", multiple=True, help='"Team=Payments" for all; repeatable.')
@click.option("--team", "teams", multiple=True, help="Takes this team's actions; repeatable.")
@click.option("--service", "services", multiple=True, help="Takes this service's; repeatable.")
@click.option("--priority", "priorities", multiple=True, help='"P1=Hoch"; repeatable.')
@click.option("--state", "states", multiple=True, help='"in progress=Doing"; repeatable.')
@click.option("--ca-file", default="", help="The company's certificate authority, as a PEM file.")
@click.option("--allow-http", is_flag=True, help="Send the token without encryption.")
def connect(session: Session, url: str, **given: Any) -> None:
    """Connect a project of a Jira site, or change how it is connected.

    The token comes from AFTERWHY_JIRA_TOKEN or is asked for; it is kept in the system's keychain.
    Nothing is sent to Jira by this.
    """
    workspace = session.workspace
    workspace.library.require_writable()
    tracking = Tracking(workspace, ask_token)
    with cancelling() as cancelled:
        connection = _meant(workspace.library, url, given, cancelled)
        remote = tracking.open(connection, cancelled)
        try:
            from integrations.jira.connecting import fitted

            found = fitted(remote, connection, pairs(given["fields"]))
        finally:
            remote.close()
    connection = found.connection
    commands.save_connection(workspace.library, connection, workspace.actor)
    kept = tracking.remember(connection, tracking.token(connection))
    if not kept:
        from integrations.jira import keychain

        output.note(keychain.absent())
    data = {
        "connection": codec.encode(connection),
        "title": found.facts.title,
        "account": found.facts.account_name,
        "missing": [field.name for field in found.missing],
        "boards": [{"id": board.id, "name": board.name} for board in found.boards],
        "token_kept": kept,
    }
    session.answer(data, _connected(found))


def _meant(library: Library, url: str, given: dict[str, Any], cancelled: Any) -> Connection:
    """The connection as the options say it; the same project again keeps its id and its tickets."""
    from integrations.jira.site import address, detect

    cleartext = given["allow_http"]
    site = address(url, cleartext=cleartext)
    if given["flavour"]:
        flavour = Flavour(given["flavour"])
    else:
        flavour = detect(
            site, ca_file=given["ca_file"], cleartext=cleartext, cancelled=cancelled
        ).flavour
    if flavour is Flavour.CLOUD and not given["email"]:
        raise click.UsageError("Jira Cloud needs --email, the address of the token's account.")
    project = given["project"].strip().upper()
    known = [*queries.connections(library), *queries.connections(library, removed=True)]
    same = [c for c in known if (c.site, c.project) == (site, project)]
    before = same[0] if same else Connection(new_id(), site, flavour, project)
    return replace(
        before,
        flavour=flavour,
        email=given["email"] if flavour is Flavour.CLOUD else "",
        issue_type=given["issue_type"] or (before.issue_type if same else ""),
        board=given["board"] if given["board"] is not None else before.board,
        teams=given["teams"] or before.teams,
        services=given["services"] or before.services,
        priorities=before.priorities | pairs(given["priorities"]),
        states=before.states | pairs(given["states"]),
        ca_file=given["ca_file"] or before.ca_file,
        cleartext=cleartext,
    )


def _connected(found: "Fitted") -> str:
    connection, facts = found.connection, found.facts
    board = f"board {found.board.id} ({found.board.name})" if found.board else "no sprints"
    lines = [
        f"{connection.project} at {facts.title} ({connection.site}), as {facts.account_name}.",
        f"Tickets are of the type {connection.issue_type}; {board}.",
    ]
    if found.board is None and found.boards:
        names = ", ".join(f"{board.id} ({board.name})" for board in found.boards)
        lines.append(f"Choose a board with --board: {names}.")
    if found.missing:
        names = ", ".join(field.name for field in found.missing)
        lines.append(f"Its tickets need: {names}. Give them with --field NAME=VALUE.")
    return "\n".join([*lines, "Nothing was sent. Next: afterwhy jira sync"])


@command("disconnect", writes=True)
@click.argument("project", metavar="KEY|ID")
def disconnect(session: Session, project: str) -> None:
    """End a connection. What is known of its tickets stays, and nothing is changed in Jira."""
    workspace = session.workspace
    tracking = Tracking(workspace, ask_token)
    connection = tracking.one(project)
    commands.remove_connection(workspace.library, connection.id, workspace.actor)
    tracking.forget(connection)
    session.answer(
        {"disconnected": connection.project, "id": connection.id},
        f"{connection.project} at {connection.site} is not connected any more.",
    )


@command("status")
def status(session: Session) -> None:
    """Say what is connected, when it was synced last, and what waits. Asks nothing of Jira."""
    library = session.workspace.library
    entries, tickets = queries.outbox(library), queries.tickets(library)
    found = [
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
        for c in queries.connections(library)
    ]
    done = (OutboxState.SYNCED, *NEEDS_ATTENTION)
    data = {
        "connections": found,
        "waiting": sum(entry.state not in done for entry in entries),
        "attention": sum(entry.state in NEEDS_ATTENTION for entry in entries),
        "conflicts": sum(len(ticket.conflicts) for ticket in tickets.values()),
    }
    lines = [
        f"{c['project']}  {c['site']}  {c['flavour']}  {c['tickets']} tickets, "
        f"last sync: {c['last_sync'] or 'never'}"
        for c in found
    ]
    counts = (f"{name}: {data[name]}" for name in ("waiting", "attention", "conflicts"))
    session.answer(data, "\n".join([*(lines or ["Jira is not connected."]), *counts]))


@command("test")
def test(session: Session) -> Exit:
    """Ask every connected site who we are there and what we may do. Changes nothing."""
    tracking = Tracking(session.workspace, ask_token)
    if not tracking.connections:
        tracking.one()
    with cancelling() as cancelled:
        found = [_tested(tracking, c, cancelled) for c in tracking.connections]
    lines = [f"{one['project']}  {one['site']}  {one['result']}" for one in found]
    session.answer({"connections": found}, "\n".join(lines))
    return Exit.DONE if all(one["ok"] for one in found) else Exit.IN_PART


def _tested(tracking: Tracking, connection: Connection, cancelled: Any) -> dict[str, Any]:
    about = {"project": connection.project, "site": connection.site}
    try:
        remote = tracking.open(connection, cancelled)
        try:
            facts, may = remote.facts(), remote.permissions(connection.project)
        finally:
            remote.close()
    except KnownError as error:
        return {**about, "ok": False, "result": error.sentence()}
    ok = "CREATE_ISSUES" in may
    refused = "" if ok else " The account may not make tickets in this project."
    took = facts.took.total_seconds()
    return {
        **about,
        "ok": ok,
        "result": f"{facts.title}, as {facts.account_name}, in {took:.1f} s.{refused}",
        "title": facts.title,
        "version": facts.version,
        "account": facts.account_name,
        "permissions": sorted(may),
    }


for _command in (connect, disconnect, status, test):
    jira.add_command(_command)
for _command in (jira_sync.sync, jira_sync.outbox, jira_sync.resolve, jira_sync.answer):
    jira.add_command(_command)
for _command in (jira_tickets.link, jira_tickets.import_):
    jira.add_command(_command)
