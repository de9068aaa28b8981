"""When a ticket sat in sprints that ran."""

from models.tracking.sprints import Seen
from models.tracking.standing import ordinal, stays
from tests.models.tracking.examples import THIRD, day, move, sprint


def test_it_left_a_sprint_that_ran_and_came_back_later() -> None:
    moves = (
        move(day(2, 5), set(), {1}),
        move(day(2, 10), {1}, set()),
        move(day(3, 10), set(), {2}),
    )
    seen = Seen((sprint(2, 3),), done=False, moves=moves, known=(sprint(1, 2),))
    assert stays(seen) == ((day(2, 5), day(2, 10)), (day(3, 10), day(3, 20)))


def test_each_sprint_that_ran_is_a_stay_until_it_ended() -> None:
    assert stays(THIRD) == (
        (day(2, 1), day(2, 20)),
        (day(3, 1), day(3, 20)),
        (day(4, 1), None),
    )


def test_ordinals() -> None:
    wanted = {1: "first", 8: "eighth", 9: "9th", 11: "11th", 21: "21st", 22: "22nd", 112: "112th"}
    assert {number: ordinal(number) for number in wanted} == wanted
