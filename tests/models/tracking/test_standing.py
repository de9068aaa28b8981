"""Where a ticket stood at a time."""

from datetime import datetime

import pytest

from models.tracking.sprints import Position, Seen
from models.tracking.standing import ordinal, standing, stays
from tests.models.tracking.examples import DONE, THIRD, day, move, sprint


@pytest.mark.parametrize(
    ("at", "expected", "words"),
    [
        (day(1, 20), (Position.BACKLOG, None, 0, 0), ""),
        (day(1, 26), (Position.PLANNED, 1, 0, 0), ""),
        (day(2, 10), (Position.ACTIVE, 1, 1, 0), "in its first sprint"),
        (day(2, 25), (Position.PLANNED, 2, 1, 1), "carried over from 1 sprint"),
        (day(4, 5), (Position.ACTIVE, 3, 3, 2), "in its third sprint"),
        (day(4, 15), (Position.ACTIVE, 3, 3, 2), "in its third sprint"),
    ],
)
def test_where_it_stood(at: datetime, expected: tuple[object, ...], words: str) -> None:
    stood = standing(THIRD, at)
    found = (stood.position, stood.sprint and stood.sprint.id, stood.number, stood.carried_over)
    assert found == expected
    assert stood.words == words


def test_it_left_a_sprint_that_ran_and_came_back_later() -> None:
    moves = (
        move(day(2, 5), set(), {1}),
        move(day(2, 10), {1}, set()),
        move(day(3, 10), set(), {2}),
    )
    seen = Seen((sprint(2, 3),), done=False, moves=moves, known=(sprint(1, 2),))
    assert stays(seen) == ((day(2, 5), day(2, 10)), (day(3, 10), day(3, 20)))


def test_what_was_done_later_was_still_open_before() -> None:
    assert standing(DONE, day(4, 5)).words == "in its third sprint"
    assert standing(DONE, day(4, 15)).position is Position.DONE


def test_what_cannot_be_seen_has_no_place() -> None:
    assert standing(Seen(None, done=False), day(4, 5)).position is Position.UNSEEN


def test_ordinals() -> None:
    wanted = {1: "first", 8: "eighth", 9: "9th", 11: "11th", 21: "21st", 22: "22nd", 112: "112th"}
    assert {number: ordinal(number) for number in wanted} == wanted
