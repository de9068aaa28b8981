"""A field that changed on one side goes to the other; one that changed on both is asked about."""

from hypothesis import given
from hypothesis import strategies as st

from models.tracking.fields import IN, OUT, FieldConflict, decide, exchange

values = st.sampled_from(("", "one", "two", "three"))
sides = st.fixed_dictionaries({}, optional=dict.fromkeys(OUT, values))


def test_each_field_goes_its_own_way() -> None:
    base = {"title": "Old", "priority": "P1", "due": "2026-04-01", "owner": "", "state": "ready"}
    ours = base | {"title": "New", "due": "2026-04-09", "owner": "Kim"}
    theirs = base | {"priority": "P0", "due": "2026-05-01", "state": "in progress"}
    found = exchange(base, ours, theirs)
    assert found.out == {"title": "New", "owner": "Kim"}
    assert found.into == {"priority": "P0", "state": "in progress"}
    assert found.conflicts == (FieldConflict("due", "2026-04-01", "2026-04-09", "2026-05-01"),)
    assert found.base == base | found.into, "what was not sent yet is not agreed"


def test_a_title_that_was_changed_there_stays_there() -> None:
    found = exchange({"title": "Old"}, {"title": "Old"}, {"title": "Theirs"})
    assert (found.out, found.into, found.conflicts) == ({}, {}, ())
    assert found.base == {"title": "Old"}


def test_a_ticket_that_was_linked_gives_what_is_empty_here_and_takes_what_is_empty_there() -> None:
    found = exchange({}, {"due": "2026-04-01", "owner": ""}, {"due": "", "owner": "Kim"})
    assert (found.out, found.into, found.conflicts) == ({"due": "2026-04-01"}, {"owner": "Kim"}, ())


@given(sides, sides, sides)
def test_nothing_is_lost_and_nothing_echoes(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]
) -> None:
    found = exchange(base, ours, theirs)
    told = {*found.out, *found.into, *(conflict.field for conflict in found.conflicts)}
    for field in OUT:
        both = field in ours and field in theirs
        if (
            both
            and ours[field] != theirs[field]
            and (field in IN or ours[field] != base.get(field, ""))
        ):
            assert field in told
        else:
            assert field not in told
    ours, theirs = ours | found.into, theirs | found.out
    again = exchange(found.base | found.out, ours, theirs)
    assert (again.out, again.into) == ({}, {})
    assert again.conflicts == found.conflicts


@given(sides, sides, sides, st.booleans())
def test_a_decision_carries_the_chosen_value_to_the_other_side(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str], keep_ours: bool
) -> None:
    for conflict in exchange(base, ours, theirs).conflicts:
        decided = exchange(decide(base, conflict, keep_ours=keep_ours), ours, theirs)
        assert conflict not in decided.conflicts
        if keep_ours:
            assert decided.out[conflict.field] == conflict.ours
        elif conflict.field in IN:
            assert decided.into[conflict.field] == conflict.theirs
