"""Position and history of a ticket among its sprints: what counts as slipped, and what does not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.tracking.sprints import (
    DoneMove,
    Passage,
    Position,
    Seen,
    Sprint,
    SprintMove,
    SprintState,
    carried_over,
    current_sprint,
    history,
    position,
)

DAY = timedelta(days=1)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(day: float) -> datetime:
    return START + day * DAY


def closed(id: int, first: float, last: float) -> Sprint:
    return Sprint(id, f"Sprint {id}", SprintState.CLOSED, 7, at(first), at(last), at(last))


def active(id: int, first: float) -> Sprint:
    return Sprint(id, f"Sprint {id}", SprintState.ACTIVE, 7, at(first), at(first + 14))


def future(id: int) -> Sprint:
    return Sprint(id, f"Sprint {id}", SprintState.FUTURE, 7)


def move(day: float, before: Sequence[int], after: Sequence[int]) -> SprintMove:
    return SprintMove(at(day), frozenset(before), frozenset(after))


def steps(seen: Seen) -> list[tuple[Passage, int]]:
    return [(step.what, step.sprint.id) for step in history(seen)]


def test_the_position_is_what_the_field_says_now() -> None:
    over = closed(1, 0, 14)
    assert position(Seen((), done=False)) is Position.BACKLOG
    assert position(Seen((over,), done=False)) is Position.BACKLOG
    assert position(Seen((over, future(2)), done=False)) is Position.PLANNED
    assert position(Seen((over, active(2, 14)), done=False)) is Position.ACTIVE
    assert position(Seen((over, active(2, 14)), done=True)) is Position.DONE
    assert position(Seen(None, done=False)) is Position.UNSEEN
    assert position(Seen(None, done=True)) is Position.DONE
    assert current_sprint(Seen((over, active(2, 14)), done=False)) == active(2, 14)
    assert current_sprint(Seen((over,), done=False)) is None


def test_a_sprint_that_closes_undone_is_a_slip_wherever_the_ticket_goes() -> None:
    into_the_next = Seen(
        (closed(1, 0, 14), active(2, 14)), False, (move(-1, [], [1]), move(14, [1], [1, 2]))
    )
    assert steps(into_the_next) == [
        (Passage.PLANNED, 1),
        (Passage.CARRIED_OVER, 1),
        (Passage.PLANNED, 2),
    ]
    into_the_backlog = replace(into_the_next, sprints=(closed(1, 0, 14),), moves=())
    assert [step.sprint.id for step in carried_over(into_the_backlog)] == [1]
    twice = Seen((closed(1, 0, 14), closed(2, 14, 28)), False)
    assert [(step.sprint.id, step.at) for step in carried_over(twice)] == [(1, at(14)), (2, at(28))]


def test_what_was_done_at_the_end_of_its_sprint_did_not_slip() -> None:
    sprints = (closed(1, 0, 14),)
    assert steps(Seen(sprints, True, done_moves=(DoneMove(at(13), False, True),))) == [
        (Passage.DONE, 1)
    ]
    late = Seen(sprints, True, done_moves=(DoneMove(at(15), False, True),))
    assert len(carried_over(late)) == 1, "done a day after the end"
    reopened = Seen(
        sprints, False, done_moves=(DoneMove(at(20), True, False), DoneMove(at(3), False, True))
    )
    assert carried_over(reopened) == (), "it was done at that time; the change log knows"
    assert len(carried_over(Seen(sprints, False))) == 1


def test_removed_and_rescheduled_are_no_slips() -> None:
    running = replace(active(2, 14))
    removed = Seen((), False, (move(1, [], [2]), move(20, [2], [])), known=(running,))
    assert steps(removed) == [(Passage.PLANNED, 2), (Passage.REMOVED, 2)]
    put_off = Seen((future(9),), False, (move(1, [], [8]), move(2, [8], [9])), known=(future(8),))
    (_, rescheduled) = history(put_off)
    assert (rescheduled.what, rescheduled.sprint.id) == (Passage.RESCHEDULED, 9)
    assert rescheduled.other == future(8)
    taken_out = Seen((), False, (move(1, [], [8]), move(2, [8], [])), known=(future(8),))
    assert steps(taken_out) == [(Passage.PLANNED, 8), (Passage.UNPLANNED, 8)]
    for seen in (removed, put_off, taken_out):
        assert carried_over(seen) == ()


def test_a_ticket_put_into_a_sprint_after_its_end_did_not_slip_from_it() -> None:
    assert carried_over(Seen((closed(1, 0, 14),), False, (move(15, [], [1]),))) == ()


def test_moves_of_one_instant_are_taken_in_the_order_of_their_entries() -> None:
    swapped = (replace(move(3, [1], [1, 2]), entry=11), replace(move(3, [], [1]), entry=9))
    assert steps(Seen((active(1, 0), future(2)), False, swapped)) == [
        (Passage.PLANNED, 1),
        (Passage.PLANNED, 2),
    ]


@st.composite
def lives(draw: st.DrawFn) -> Seen:
    """A ticket moved at random through sprints of two weeks, and what its field holds after it."""
    count = draw(st.integers(1, 5))
    now = draw(st.floats(0, 14 * count, allow_nan=False))
    sprints = {
        id: closed(id, 14 * (id - 1), 14 * id)
        if 14 * id <= now
        else active(id, 14 * (id - 1))
        if 14 * (id - 1) <= now
        else future(id)
        for id in range(1, count + 1)
    }
    held: frozenset[int] = frozenset()
    moves: list[SprintMove] = []
    for day in sorted(draw(st.lists(st.floats(-5, now, allow_nan=False), max_size=8))):
        over = {id for id in held if 14 * id <= day}
        open_sprints = [id for id in sprints if 14 * id > day]
        target = draw(st.sampled_from([None, *open_sprints]))
        after = frozenset(over | ({target} if target else set()))
        moves.append(SprintMove(at(day), held, after, entry=len(moves)))
        held = after
    done = draw(st.booleans())
    seen = Seen(
        tuple(sprints[id] for id in sorted(held)), done, tuple(draw(st.permutations(moves)))
    )
    return replace(seen, known=tuple(s for s in sprints.values() if s.id not in held))


@given(lives())
def test_each_slip_is_one_closed_sprint_of_the_field(seen: Seen) -> None:
    held = {sprint.id for sprint in seen.sprints or () if sprint.state is SprintState.CLOSED}
    slips = [step.sprint.id for step in carried_over(seen)]
    assert len(slips) == len(set(slips))
    assert set(slips) == (set() if seen.done else held)
    told = history(seen)
    assert [step.at for step in told] == sorted(step.at for step in told)
    for step in told:
        if step.what is Passage.REMOVED:
            assert step.sprint.was_active(step.at)
        if step.what is Passage.RESCHEDULED:
            assert step.other is not None
            assert step.other.was_future(step.at)
            assert step.sprint.was_future(step.at)
