"""What became of the sprints of a board: planned, carried over, removed, done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.domain.action import ActionItem
from models.queries.actions import ActionRow
from models.tracking.board import BoardRow, board_row
from models.tracking.connections import Connection, Flavour
from models.tracking.sprint_reports import BoardReport, board_reports
from models.tracking.sprints import DoneMove, Seen, Sprint, SprintState, carried_over
from models.tracking.tickets import Ticket
from tests.models.tracking.test_sprints import active, at, closed, future, lives, move

SHOP = Connection("shop", "https://jira.example.com", Flavour.CLOUD, "SHOP", board=7)
ONE, TWO, THREE = closed(1, 0, 14), active(2, 14), future(3)


def row(ref: str, seen: Seen | None, **ticket: object) -> BoardRow:
    """An action item with a ticket."""
    made = Ticket(ref, "shop", ref, ref, seen=seen)
    action = ActionRow(ActionItem(ref, "Cap the retries", ref), (), (), None, overdue=False)
    return board_row(action, replace(made, **ticket), None)  # type: ignore[arg-type]


def told(
    rows: Sequence[BoardRow],
    listed: Sequence[Sprint] = (),
    connections: Sequence[Connection] = (SHOP,),
) -> tuple[BoardReport, ...]:
    return board_reports(rows, connections, {"shop": listed})


def counts(report: BoardReport) -> Mapping[int, tuple[Sequence[str], ...]]:
    """By sprint: planned, carried over, removed, done."""
    return {
        one.sprint.id: (one.planned, one.carried_over, one.removed, one.done)
        for one in report.sprints
    }


def test_a_board_tells_what_its_sprints_did() -> None:
    done = (DoneMove(at(5), before=False, after=True),)
    rows = [
        row("carried", Seen((ONE, TWO), False)),
        row("done", Seen((ONE,), True, done_moves=done)),
        row("late", Seen((ONE,), True, done_moves=(replace(done[0], at=at(15)),))),
        row("removed", Seen((), False, (move(1, [], [1]), move(3, [1], [])), known=(ONE,))),
        row("put off", Seen((TWO,), False, (move(-3, [], [1]), move(-2, [1], [2])), known=(ONE,))),
        row("afterwards", Seen((ONE,), False, (move(20, [], [1]),))),
        row("done now", Seen((TWO,), True)),
        row("taken out", Seen((), False, (move(15, [], [2]), move(16, [2], [])), known=(TWO,))),
        row("planned", Seen((THREE,), False)),
        row("unseen", Seen(None, False)),
        row("never read", None),
    ]
    (board,) = told(rows)
    assert (board.site, board.board, board.projects) == (SHOP.site, 7, ("SHOP",))
    assert list(counts(board).items()) == [
        (3, (("planned",), (), (), ())),
        (2, (("carried", "put off", "done now", "taken out"), (), ("taken out",), ("done now",))),
        (1, (("carried", "done", "late", "removed"), ("carried", "late"), ("removed",), ("done",))),
    ], "the newest first"


def test_a_sprint_is_what_was_seen_of_it_furthest_on() -> None:
    """A ticket that left a sprint while it ran is not read again when that ends."""
    left = row("left", Seen((), False, (move(1, [], [1]), move(3, [1], [])), known=(active(1, 0),)))
    (board,) = told([left, row("stayed", Seen((ONE,), False))])
    (sprint,) = board.sprints
    assert sprint.sprint == ONE
    assert (sprint.removed, sprint.carried_over) == (("left",), ("stayed",))


def test_what_was_hidden_before_a_sprint_ended_counts_only_in_those_before() -> None:
    hidden = row("hidden", Seen((ONE, TWO), False), visible=False)
    (board,) = told([hidden, row("seen", Seen((TWO,), False))])
    assert counts(board) == {
        2: (("seen",), (), (), ()),
        1: (("hidden",), ("hidden",), (), ()),
    }


def test_boards_are_those_that_are_connected_listed_or_seen() -> None:
    elsewhere = replace(active(5, 0), board=8)
    mobile = replace(SHOP, id="mobile", project="MOB")
    kanban = replace(SHOP, id="kanban", project="OPS", board=9, kanban=True)
    gone = row("gone", Seen((elsewhere,), False), connection="removed")
    boards = told([gone], [THREE], (SHOP, mobile, kanban))
    assert [(one.board, one.projects, list(counts(one))) for one in boards] == [
        (7, ("SHOP", "MOB"), [3])
    ]
    boards = told([row("one", Seen((elsewhere, replace(TWO, board=None)), False))])
    assert [(one.board, list(counts(one))) for one in boards] == [(7, [2]), (8, [5])]


@given(st.lists(lives(), max_size=4))
def test_whatever_was_planned_has_one_end(seens: list[Seen]) -> None:
    rows = [row(f"A-{place}", seen) for place, seen in enumerate(seens)]
    for sprint in (sprint for board in told(rows) for sprint in board.sprints):
        ends = [*sprint.carried_over, *sprint.removed, *sprint.done]
        assert len(ends) == len(set(ends))
        assert set(ends) <= set(sprint.planned)
        if sprint.sprint.state is SprintState.CLOSED:
            assert set(ends) == set(sprint.planned)
    for one in rows:
        (board,) = told([one]) or [BoardReport("", None, (), ())]
        assert one.ticket is not None
        assert one.ticket.seen is not None
        slipped = [sprint.sprint.id for sprint in board.sprints if sprint.carried_over]
        assert sorted(slipped) == sorted(s.sprint.id for s in carried_over(one.ticket.seen))
