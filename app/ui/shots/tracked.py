"""A library whose action items are in Jira, and how the Actions screen is arranged on it."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.ui.shots.studio import Studio
from models.commands import actions as action_commands
from models.commands import linking
from models.commands import tracking as commands
from models.queries import actions, tracking
from models.store.library import Actor, Library
from models.tracking import outbox
from models.tracking.connections import Connection, Flavour
from models.tracking.fields import FieldConflict
from models.tracking.outbox import Entry
from models.tracking.screens import Choice, CreateField
from models.tracking.sprints import Seen, Sprint, SprintMove, SprintState
from models.tracking.tickets import Ticket
from models.tracking.translating import our_fields

ACTOR = Actor("", "Reliability lead")
SITE = "https://jira.example.com"
PROJECTS = {"PAY": "Payments", "SRCH": "Search platform", "ACC": ""}
"""Each project and the team whose action items go there."""
KEYS = {
    "A-12": ("PAY-1182", "In Progress", "indeterminate"),
    "A-19": ("PAY-310", "To Do", "new"),
    "A-28": ("SRCH-77", "In Review", "indeterminate"),
    "A-29": ("SRCH-78", "To Do", "new"),
    "A-30": ("PAY-51", "To Do", "new"),
    "A-31": ("ACC-482", "In Progress", "indeterminate"),
    "A-33": ("ACC-481", "Done", "done"),
}
SPRINTS = {
    "A-12": (41, 42, 43),
    "A-19": (42, 43),
    "A-28": (43,),
    "A-29": (44,),
    "A-30": (),
    "A-31": (43,),
    "A-33": (43,),
}
"""The sprints each ticket sat in, the last of which it is in now."""


def furnish(studio: Studio) -> None:
    """Connect three projects; send, refuse and queue some of the sample's action items."""
    library = studio.context.workspace.library
    for key, team in PROJECTS.items():
        teams = (team,) if team else ()
        connection = Connection(key, SITE, Flavour.DATA_CENTER, key, teams=teams, agreed=True)
        commands.save_connection(library, connection, ACTOR)
        synced = {tracking.PULLED: (library.now() - timedelta(minutes=8)).isoformat()}
        commands.note_cursors(library, key, synced)
    for ref in KEYS:
        _send(library, ref)
    _differ(library, "A-28")
    _refuse(library, "A-25")
    _want(library, "A-31")
    commands.mark_ready(library, ["A-32"], ACTOR)
    action_commands.set_fields(library, "A-30", {"priority": "P1"}, ACTOR)
    studio.context.changes_committed.emit()


def _sprint(number: int, now: datetime) -> Sprint:
    start = now - timedelta(days=4) + (number - 43) * timedelta(days=21)
    end = start + timedelta(days=18)
    if number < 43:
        return Sprint(number, f"Sprint {number}", SprintState.CLOSED, 1, start, end, end)
    state = SprintState.ACTIVE if number == 43 else SprintState.FUTURE
    return Sprint(number, f"Sprint {number}", state, 1, start, end)


def _send(library: Library, ref: str) -> None:
    key, status, category = KEYS[ref]
    item, now = actions.one(library, ref).action, library.now()
    sprints = tuple(_sprint(number, now) for number in SPRINTS[ref])
    begun = now - timedelta(days=70)
    moves = [
        SprintMove(
            begun if place == 0 else sprints[place - 1].over_at or now,
            frozenset(sprint.id for sprint in sprints[:place]),
            frozenset(sprint.id for sprint in sprints[: place + 1]),
        )
        for place, sprint in enumerate(sprints)
    ]
    wished = str(sprints[-1].id) if sprints else ""
    project = key.partition("-")[0]
    ticket = Ticket(
        item.id,
        project,
        key.partition("-")[2],
        key,
        url=f"{SITE}/browse/{key}",
        status=status,
        category=category,
        seen_at=now - timedelta(minutes=8),
        base=our_fields(item, wished),
        seen=Seen(sprints, category == "done", tuple(moves)),
    )
    linking.link_ticket(library, ticket, ACTOR)


def _differ(library: Library, ref: str) -> None:
    """Its due date was changed on both sides."""
    action_commands.set_fields(library, ref, {"due": "2026-11-26"}, ACTOR)
    conflict = FieldConflict("due", "2026-11-20", "2026-11-26", "2026-12-03")
    ticket = _ticket(library, ref)
    stamp = "2026-11-20T08:41:00.000+0000"
    commands.observe(library, replace(ticket, conflicts=(conflict,), updated=stamp), ACTOR)


def _want(library: Library, ref: str) -> None:
    """It is done, and the step to done wants a field."""
    action_commands.set_fields(library, ref, {"state": "done"}, ACTOR)
    cause = CreateField("customfield_2", "Cause", True, "string")
    words = "The step “Close” wants Cause, which nobody gave here."
    refused = replace(_ticket(library, ref), refused=words, wants=(cause,))
    commands.observe(library, refused, ACTOR)


def _ticket(library: Library, ref: str) -> Ticket:
    ticket = tracking.board_row_of(library, actions.one(library, ref).action.id).ticket
    if ticket is None:
        raise RuntimeError(f"{ref} has no ticket")
    return ticket


def _refuse(library: Library, ref: str) -> None:
    item, now = actions.one(library, ref).action, library.now()
    commands.mark_ready(library, [ref], ACTOR)
    waiting = next(
        (e for e in tracking.outbox(library) if e.action_id == item.id), Entry(item.id, now)
    )
    sent = outbox.sending(
        waiting, connection="PAY", payload_hash="", sent={}, high_water=0, now=now
    )
    words = "Team is required in PAY. Everything else was valid."
    choices = (Choice("1", "Payments core"), Choice("2", "Payments risk"))
    team = CreateField("customfield_1", "Team", True, "option", choices=choices)
    commands.journal(library, outbox.rejected(sent, words, ["Team"], [team]), ACTOR)


def board(studio: Studio) -> None:
    """The board with its outbox, at the action item that slipped."""
    studio.desktop.window.toast.hide()
    studio.screens.show_area("actions")
    studio.settle()
    page = studio.screens.tracking.page
    page.choose(actions.one(studio.context.workspace.library, "A-12").action.id)


def several(studio: Studio) -> None:
    """By owner, with several chosen."""
    board(studio)
    page = studio.screens.tracking.page
    page.filters.views.click("owner")
    studio.settle()
    page.list.selectAll()


def sprints(studio: Studio) -> None:
    """What became of the sprints, and what was carried over from one."""
    board(studio)
    panel = studio.screens.tracking.page.sprints
    if not panel.is_shown:
        panel.opener.click()
    panel.table.setFocus()
    studio.settle()


def outbox_shown(studio: Studio) -> None:
    """The outbox over the board, where the window is narrow."""
    board(studio)
    studio.screens.tracking.page.commands()["dock"]()


def by_sprint(studio: Studio) -> None:
    """As it was before."""
    page = studio.screens.tracking.page
    page.go_back()
    if page.sprints.is_shown:
        page.sprints.opener.click()
    page.filters.views.click("sprint")
    studio.settle()
