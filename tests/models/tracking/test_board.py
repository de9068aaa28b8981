"""The board of action items: its groups, its figures and how due dates read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.domain.action import ActionItem, ActionState
from models.queries.actions import ActionRow, Home
from models.tracking.board import BoardRow, View, board_row, groups, short_name, sprint_words
from models.tracking.figures import Figures, due_bar, figures, is_left_out, known_sprints
from models.tracking.outbox import Entry, OutboxState
from models.tracking.pending import pending, rounded_off, unverified, wished_sprint
from models.tracking.sprints import Seen, Sprint, SprintState
from models.tracking.tickets import Ticket
from models.tracking.translating import our_fields

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
OVER = Sprint(41, "Shop 41", SprintState.CLOSED, 7, NOW - 60 * DAY, NOW - 46 * DAY, NOW - 46 * DAY)
OVER_TOO = Sprint(
    42, "Shop 42", SprintState.CLOSED, 7, NOW - 40 * DAY, NOW - 26 * DAY, NOW - 26 * DAY
)
RUNNING = Sprint(43, "Shop 43", SprintState.ACTIVE, 7, NOW - 4 * DAY, NOW + 14 * DAY)
TO_COME = Sprint(44, "Shop 44", SprintState.FUTURE, 7, NOW + 17 * DAY)


def row(
    number: int,
    state: ActionState = ActionState.READY,
    *,
    sprints: tuple[Sprint, ...] | str | None = "unsent",
    due: date | None = None,
    done_at: datetime | None = None,
    historical: bool = False,
    entry: OutboxState | None = None,
    team: str = "",
) -> BoardRow:
    """An action item; ``sprints`` is its ticket's sprint field, or "unsent", or "hidden"."""
    action = ActionItem(
        f"id-{number}",
        f"Change {number}",
        f"A-{number:02d}",
        state,
        team=team,
        ready_at=NOW - 10 * DAY,
        done_at=done_at,
    )
    home = Home(f"pm-{number % 2}", f"PM-2026-00{number % 2}", "Saves failing", "SEV1", historical)
    ticket = None
    if sprints != "unsent":
        hidden = isinstance(sprints, str)
        field = (RUNNING,) if isinstance(sprints, str) else sprints
        seen = Seen(field, done=state is ActionState.DONE)
        ticket = Ticket(
            action.id, "shop", str(number), f"S-{number}", visible=not hidden, seen=seen
        )
    late = due is not None and due < NOW.date()
    queued = Entry(action.id, NOW, entry) if entry else None
    return board_row(ActionRow(action, (home,), (), due, late), ticket, queued)


def refs(
    rows: tuple[BoardRow, ...], view: View = View.SPRINT, *, connected: bool = True
) -> dict[str, list[str]]:
    found = groups(rows, view, NOW, connected=connected)
    return {group.title: [one.action.ref for one in group.rows] for group in found}


BOARD = (
    row(1, sprints=(RUNNING,)),
    row(2, sprints=(TO_COME,)),
    row(3, sprints=(OVER, OVER_TOO, RUNNING), due=date(2026, 1, 2)),
    row(4, sprints=(OVER,)),
    row(5, sprints=()),
    row(6, sprints=None),
    row(7, sprints="hidden"),
    row(8, entry=OutboxState.QUEUED),
    row(9, ActionState.DONE, sprints=(OVER, RUNNING), done_at=NOW - DAY),
    row(10, ActionState.DONE, done_at=NOW - 31 * DAY),
    row(11, ActionState.WONT_DO, sprints=(RUNNING,)),
    row(12, ActionState.PROPOSED, historical=True),
    row(13, historical=True, entry=OutboxState.REJECTED, due=date(2026, 11, 1)),
)


def test_groups_are_by_position_and_slipped_holds_what_was_carried_over() -> None:
    assert refs(BOARD) == {
        "Active sprint": ["A-01"],
        "Planned": ["A-02"],
        "Slipped": ["A-03", "A-04"],
        "Backlog": ["A-05"],
        "Cannot see": ["A-06", "A-07"],
        "Not in Jira": ["A-13", "A-08"],
        "Done": ["A-09"],
        "Imported": ["A-12"],
    }
    notes = {group.title: group.note for group in groups(BOARD, View.SPRINT, NOW, connected=True)}
    assert notes["Active sprint"] == "43, 16 Nov to 4 Dec"
    assert notes["Planned"] == "44, from 7 Dec"


def test_without_a_tracker_the_groups_are_states() -> None:
    rows = (row(1), row(2, ActionState.PROPOSED), row(3, ActionState.IN_PROGRESS))
    assert refs(rows, connected=False) == {
        "In progress": ["A-03"],
        "Ready": ["A-01"],
        "Proposed": ["A-02"],
    }


def test_by_owner_nobody_comes_last_and_by_incident_every_post_mortem_has_its_own() -> None:
    rows = (row(1), row(2, team="search"), row(3, team="Payments"), row(4, team="search"))
    assert refs(rows, View.OWNER) == {
        "Payments": ["A-03"],
        "search": ["A-02", "A-04"],
        "Nobody yet": ["A-01"],
    }
    assert list(refs(rows, View.OWNER)) == ["Payments", "search", "Nobody yet"]
    assert list(refs(rows, View.INCIDENT).items()) == [
        ("PM-2026-001", ["A-01", "A-03"]),
        ("PM-2026-000", ["A-02", "A-04"]),
    ]


def test_the_figures_count_what_is_open_and_not_what_was_only_imported() -> None:
    assert figures(BOARD, NOW.date()) == Figures(
        open=9,
        post_mortems=2,
        in_sprint=3,
        ready=9,
        slipped=2,
        missed=3,
        overdue=2,
        oldest=322,
        attention=1,
        waiting=1,
    )


@pytest.mark.parametrize(
    ("due", "words", "share", "urgent"),
    [
        (date(2026, 12, 20), "30 days left", 0.25, False),
        (date(2026, 11, 23), "3 days left", 10 / 13, True),
        (date(2026, 11, 20), "due today", 1.0, True),
        (date(2026, 11, 19), "1 day over", 1.0, False),
        (date(2025, 12, 20), "11 months over", 1.0, False),
        (date(2023, 11, 20), "3 years over", 1.0, False),
    ],
)
def test_how_a_due_date_reads(due: date, words: str, share: float, urgent: bool) -> None:
    bar = due_bar(row(1, due=due), NOW.date())
    assert bar is not None
    assert (bar.words, bar.is_urgent) == (words, urgent)
    assert bar.share == pytest.approx(share)


def test_an_action_item_is_left_out_when_a_sprint_began_without_it() -> None:
    sprints = known_sprints(BOARD, "shop")
    assert [sprint.id for sprint in sprints] == [43, 44]
    assert is_left_out(row(1, sprints=()), sprints, NOW)
    assert is_left_out(row(1), sprints, NOW)
    assert not is_left_out(row(1, sprints=(TO_COME,)), sprints, NOW)
    assert not is_left_out(row(1, sprints=()), (TO_COME,), NOW)
    assert not is_left_out(row(1, sprints=()), sprints, NOW - 5 * DAY)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Shop 43", "43"),
        ("43", "43"),
        ("Winter", "Winter"),
        ("PAY Q4", "PAY Q4"),
        ("The long way to winter", "The long way…"),
        ("", "5"),
    ],
)
def test_a_sprint_goes_by_the_number_of_its_name(name: str, short: str) -> None:
    assert short_name(Sprint(5, name, SprintState.FUTURE)) == short


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Shop 43", "sprint 43"),
        ("Sprint 43", "sprint 43"),
        ("Sprint 43, the long one", "Sprint 43, the long one"),
        ("The long way to winter", "sprint The long way to winter"),
    ],
)
def test_a_sentence_says_sprint_once_and_cuts_no_name(name: str, said: str) -> None:
    assert sprint_words(Sprint(5, name, SprintState.ACTIVE)) == said


def test_what_may_have_been_sent_is_not_called_never_sent() -> None:
    lost, fresh = row(1, entry=OutboxState.UNKNOWN), row(2, entry=OutboxState.QUEUED)
    assert lost.may_be_sent
    assert not fresh.may_be_sent
    (both,) = groups([lost, fresh], View.SPRINT, NOW, connected=True)
    (one,) = groups([fresh], View.SPRINT, NOW, connected=True)
    assert (both.note, one.note) == ("1 may have been sent and is looked for", "never sent")


def test_what_goes_out_next_and_what_is_left_to_round_off() -> None:
    fresh = row(1, entry=OutboxState.QUEUED)
    refused = row(2, entry=OutboxState.REJECTED)
    same = _agreed(row(3, sprints=(RUNNING,)), {})
    changed = _agreed(_with_priority(row(4, sprints=(RUNNING,)), "P2"), {"priority": "P1"})
    silent = _agreed(row(10, sprints=(RUNNING,)), {"priority": "P2"})
    waiting = pending([changed, refused, same, fresh, silent])
    assert [(one.row.action.ref, one.fields, one.creates) for one in waiting] == [
        ("A-01", (), True),
        ("A-04", ("priority",), False),
    ]
    done, open_ = row(5, ActionState.DONE, done_at=NOW), row(6)
    assert unverified([done, open_, row(7, ActionState.DONE, historical=True)]) == (done,)
    assert [home.id for home in rounded_off([row(8, ActionState.WONT_DO), open_])] == []
    assert [home.id for home in rounded_off([row(8, ActionState.WONT_DO), row(9)])] == ["pm-0"]


def test_a_wished_sprint_is_told_until_the_ticket_is_there() -> None:
    inside = row(1, sprints=(RUNNING,))
    assert inside.ticket is not None
    wishes = {wish: replace(inside, ticket=replace(inside.ticket, sprint=wish)) for wish in WISHES}
    assert {wish: wished_sprint(one) for wish, one in wishes.items()} == {
        None: None,
        "43": None,
        "44": "44",
        "": "",
    }


WISHES = (None, "43", "44", "")


def _with_priority(one: BoardRow, priority: str) -> BoardRow:
    action = replace(one.action, priority=priority)
    return replace(one, row=replace(one.row, action=action))


def _agreed(one: BoardRow, base: dict[str, str]) -> BoardRow:
    """With a ticket that says what is here, except for a few fields."""
    assert one.ticket is not None
    agreed = our_fields(one.action, "") | base
    return replace(one, ticket=replace(one.ticket, base=agreed))
