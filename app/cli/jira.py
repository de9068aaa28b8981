"""Jira: connecting projects, and what is known of them."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Event
from typing import Any

import click

from app.cli import jira_outbox, jira_sync, jira_tickets, output
from app.cli.interrupts import cancelling
from app.cli.jira_asking import ask_anew, tracking_of
from app.cli.jira_outbox import pairs
from app.cli.jira_status import status
from app.cli.output import Exit
from app.cli.session import Session, command, json_option
from app.tracking import Tracking
from integrations.jira import keychain, offers, verdicts
from integrations.jira.offers import Offer
from integrations.jira.site import address
from integrations.jira.verdicts import Line, Verdict
from models import codec
from models.commands import tracking as commands
from models.errors import InvalidInputError, KnownError
from models.queries import tracking as queries
from models.tracking.connections import Connection, Flavour


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
@click.option("--api", type=click.Choice(["2", "3"]), help="3 sends documents, not wiki (Cloud).")
@click.option("--allow-http", is_flag=True, help="Send the token without encryption.")
def connect(session: Session, url: str, **given: Any) -> None:
    """Connect a project of a Jira site, or change how it is connected.

    The token comes from AFTERWHY_JIRA_TOKEN or is asked for; it is kept in the system's keychain.
    Nothing is sent to Jira by this.
    """
    workspace = session.workspace
    workspace.library.require_writable()
    tracking = tracking_of(session)
    with cancelling() as cancelled:
        meant = _meant(tracking, url, given, cancelled)
        ask_anew(tracking, meant)
        connection, offer = _looked_at(tracking, meant, cancelled)
    connection = _filled(connection, offer, meant, pairs(given["fields"]))
    lines = verdicts.verdicts(connection, offer)
    for line in lines:
        if line.verdict is Verdict.FAILED:
            what = f"{line.title}: {line.text}" if line.text else line.title
            raise KnownError(f"{what}.", kept="Nothing was connected.")
    commands.save_connection(workspace.library, connection, workspace.actor)
    kept = tracking.remember(connection, tracking.token(connection))
    if not kept:
        output.note(keychain.absent())
    data = {
        "connection": codec.encode(connection),
        "title": offer.facts.title,
        "account": offer.facts.account_name,
        "missing": [field.name for field in offers.missing(connection, offer)],
        "boards": [{"id": b.id, "name": b.name, "kind": b.kind} for b in offer.boards],
        "token_kept": kept,
        "result": codec.encode(lines),
    }
    head = f"{connection.project} at {connection.site} is connected. Nothing was sent."
    session.answer(data, "\n".join([head, *_told(lines), "Next: afterwhy jira sync"]))


def _looked_at(
    tracking: Tracking, connection: Connection, cancelled: Event
) -> tuple[Connection, Offer]:
    with tracking.site(connection, cancelled) as remote:
        offer = offers.look_around(remote, connection)
    return offers.settled(connection, offer), offer


def _filled(
    connection: Connection, offer: Offer, meant: Connection, fields: dict[str, str]
) -> Connection:
    """With the fields; what was asked for and is not offered is refused, not replaced."""
    names = {one.name.casefold() for one in offer.types} | {one.id for one in offer.types}
    if meant.issue_type and names and meant.issue_type.casefold() not in names:
        known = ", ".join(one.name for one in offer.types)
        raise InvalidInputError(
            f"{connection.project} has no type of ticket named {meant.issue_type!r}.",
            kept="Nothing was connected.",
            advice=f"There are: {known}.",
        )
    if meant.board is not None and meant.board not in [board.id for board in offer.boards]:
        known = ", ".join(f"{board.id} ({board.name})" for board in offer.boards)
        raise InvalidInputError(
            f"{connection.project} has no board {meant.board}.",
            kept="Nothing was connected.",
            advice=f"There are: {known}." if known else "Leave the board out.",
        )
    for name, words in fields.items():
        connection = offers.with_field(connection, offer, name, words)
    return connection


def _told(lines: Sequence[Line]) -> list[str]:
    return [
        f"  {one.verdict.value:8}{one.title}{f': {one.text}' if one.text else ''}" for one in lines
    ]


def _meant(tracking: Tracking, url: str, given: dict[str, Any], cancelled: Event) -> Connection:
    """The connection as the options say it; the same project again keeps its id and its tickets."""
    cleartext = given["allow_http"]
    site = address(url, cleartext=cleartext)
    if given["flavour"]:
        flavour = Flavour(given["flavour"])
    else:
        found = tracking.detect(
            site, ca_file=given["ca_file"], cleartext=cleartext, cancelled=cancelled
        )
        flavour, site = found.flavour, found.site
    if flavour is Flavour.CLOUD and not given["email"]:
        raise click.UsageError("Jira Cloud needs --email, the address of the token's account.")
    if flavour is Flavour.DATA_CENTER and given["api"] == "3":
        raise click.UsageError("Only Jira Cloud has version 3 of the interface.")
    library, project = tracking.workspace.library, given["project"].strip().upper()
    known = [*queries.connections(library), *queries.connections(library, removed=True)]
    same = [c for c in known if (c.site, c.project) == (site, project)]
    before = same[0] if same else replace(offers.begin(site, flavour), project=project)
    return replace(
        before,
        flavour=flavour,
        email=given["email"] if flavour is Flavour.CLOUD else "",
        issue_type=given["issue_type"] or before.issue_type,
        board=given["board"] if given["board"] is not None else before.board,
        teams=given["teams"] or before.teams,
        services=given["services"] or before.services,
        priorities=before.priorities | pairs(given["priorities"]),
        states=before.states | pairs(given["states"]),
        ca_file=given["ca_file"] or before.ca_file,
        cleartext=cleartext,
        api=given["api"] or before.api,
    )


@command("disconnect", writes=True)
@click.argument("project", metavar="KEY|ID")
def disconnect(session: Session, project: str) -> None:
    """End a connection. What is known of its tickets stays, and nothing is changed in Jira."""
    workspace = session.workspace
    tracking = tracking_of(session)
    connection = tracking.one(project)
    commands.remove_connection(workspace.library, connection.id, workspace.actor)
    tracking.forget(connection)
    session.answer(
        {"disconnected": connection.project, "id": connection.id},
        f"{connection.project} at {connection.site} is not connected any more.",
    )


@command("test")
def test(session: Session) -> Exit:
    """Ask every connected site who we are there and what we may do. Changes nothing."""
    tracking = tracking_of(session)
    if not tracking.connections:
        tracking.one()
    with cancelling() as cancelled:
        found = [_tested(tracking, c, cancelled) for c in tracking.connections]
    parts = [[f"{c.project} at {c.site}", *_told(lines)] for c, lines in found]
    data = [
        {
            "id": connection.id,
            "project": connection.project,
            "site": connection.site,
            "ok": verdicts.works(lines),
            "result": codec.encode(lines),
        }
        for connection, lines in found
    ]
    session.answer({"connections": data}, "\n".join(line for part in parts for line in part))
    return Exit.DONE if all(one["ok"] for one in data) else Exit.IN_PART


def _tested(
    tracking: Tracking, connection: Connection, cancelled: Event
) -> tuple[Connection, tuple[Line, ...]]:
    try:
        _, offer = _looked_at(tracking, connection, cancelled)
    except KnownError as error:
        return connection, verdicts.failure(error)
    return connection, verdicts.verdicts(connection, offer)


for _command in (connect, disconnect, status, test):
    jira.add_command(_command)
for _command in (jira_sync.sync, jira_outbox.outbox, jira_outbox.resolve, jira_outbox.answer):
    jira.add_command(_command)
for _command in (jira_tickets.link, jira_tickets.import_):
    jira.add_command(_command)
