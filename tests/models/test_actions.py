"""Action items: refs, dates, facts, the outbox, and the post-mortems they belong to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.commands import actions, post_mortems
from models.commands.post_mortems import Origin
from models.document import new_id
from models.domain.action import ActionItem, ActionState, Verification
from models.errors import InvalidInputError, NotFoundError, StaleWriteError
from models.queries import actions as queries
from models.queries import post_mortems as mortem_queries
from models.queries.catalogue import catalogue
from models.store import tables
from models.store.library import Library
from tests.models.examples import (
    ANN,
    BEN,
    NOON,
    Clock,
    action,
    again,
    document,
    leaf,
    retitled,
    stored,
    with_actions,
)

READY, DONE = ActionState.READY, ActionState.DONE
HOUR = timedelta(hours=1)


def queued(library: Library) -> set[str]:
    with library.read() as connection:
        return set(connection.execute(select(tables.outbox.c.action_id)).scalars())


# refs and fields


def test_refs_count_within_the_library(library: Library) -> None:
    wanted = ("", "A-31", "A-31", "a-40", "A-999999999", "JIRA-4", "A-0")
    known = stored(library, with_actions(document(), *(action(ref=ref) for ref in wanted)))
    refs = [item.ref for item in known.actions]
    assert refs == ["A-01", "A-31", "A-32", "A-40", "A-41", "A-42", "A-43"]


def test_actions_are_found_by_ref_and_id(library: Library) -> None:
    known = stored(library)
    added = actions.add(library, known.post_mortem.id, action(), ANN)
    for name in ("A-01", "a-1", " A-1 ", added.id):
        assert queries.one(library, name).action == added
    for name in ("A-2", "", "nothing"):
        with pytest.raises(NotFoundError, match="There is no action item"):
            queries.one(library, name)


def test_an_action_needs_a_post_mortem(library: Library) -> None:
    with pytest.raises(NotFoundError):
        actions.add(library, "nothing", action(), ANN)


def test_fields_are_set_on_what_is_stored_now(library: Library) -> None:
    known = stored(library, with_actions(document(), action()))
    actions.set_fields(library, "A-01", {"owner": "sre", "due": "2026-07-01"}, ANN)
    changed = actions.set_fields(library, "A-1", {"team": "storage"}, BEN)
    assert (changed.owner, changed.team, changed.due) == ("sre", "storage", date(2026, 7, 1))
    assert again(library, known).actions == (changed,)


@pytest.mark.parametrize(
    "fields",
    [{"state": "perhaps"}, {"due": "soon"}, {"colour": "red"}, {"id": "x"}, {"ref": "A-9"}],
)
def test_wrong_fields_change_nothing(library: Library, fields: dict[str, object]) -> None:
    known = stored(library, with_actions(document(), action()))
    with pytest.raises(InvalidInputError):
        actions.set_fields(library, "A-01", {"title": "New"} | fields, ANN)
    assert again(library, known) == known


def test_actions_keep_the_order_of_their_document(library: Library) -> None:
    items = tuple(action(title) for title in "abcd")
    known = stored(library, with_actions(document(), *items))
    a, b, c, d = known.actions
    for order in ((d, a, b, c), (b, d), (d, action("e"), b, a)):
        now = replace(again(library, known), actions=order)
        post_mortems.replace(library, now, ANN)
        titles = [item.title for item in again(library, known).actions]
        assert titles == [item.title for item in order]


# states and dates


def test_states_date_themselves(library: Library, clock: Clock) -> None:
    stored(library, with_actions(document(), action()))

    def turned(state: str, **fields: object) -> ActionItem:
        clock.forward(hours=1)
        return actions.set_fields(library, "A-1", {"state": state, **fields}, ANN)

    ready = turned("ready")
    assert (ready.ready_at, ready.done_at) == (NOON + HOUR, None)
    assert turned("in progress").ready_at == NOON + HOUR
    assert turned("done").done_at == NOON + 3 * HOUR
    verified = turned("verified", verification={"evidence": "The alert fired", "role": "SRE"})
    assert verified.done_at == NOON + 3 * HOUR
    assert verified.verification == Verification("The alert fired", "SRE", clock.now)
    assert turned("won't do").done_at is None
    assert turned("proposed").ready_at is None
    assert turned("in progress").ready_at == clock.now


def test_what_an_action_was_can_be_asked_as_of_a_time(library: Library, clock: Clock) -> None:
    known = stored(library, with_actions(document(), action(owner="ann")))
    name = known.actions[0].id
    clock.forward(hours=1)
    actions.set_fields(library, name, {"state": "ready", "owner": "ben"}, ANN)
    clock.forward(hours=1)
    actions.set_fields(library, name, {"state": "done"}, ANN)
    states = [queries.as_of(library, name, NOON + n * HOUR)["state"] for n in range(3)]
    assert states == ["proposed", "ready", "done"]
    assert queries.as_of(library, name, NOON)["owner"] == "ann"
    assert queries.as_of(library, name, clock.now)["owner"] == "ben"
    with pytest.raises(NotFoundError, match="did not exist"):
        queries.as_of(library, name, NOON - HOUR)
    assert [(f.value, f.actor) for f in queries.facts(library, name) if f.field == "owner"] == [
        ("ann", "Ann (author)"),
        ("ben", "Ann (author)"),
    ]


DAYS = {"SEV1": 15, "SEV2": 30}


def test_due_dates_follow_the_strictest_incident(library: Library, clock: Clock) -> None:
    mild = stored(library, with_actions(document(severity="SEV2"), action(state=READY)))
    row = queries.every(library, DAYS)[0]
    assert (row.due, row.overdue) == (date(2026, 7, 1), False)
    severe = stored(library, document(severity="SEV1"))
    actions.share(library, mild.actions[0].id, severe.post_mortem.id, ANN)
    assert queries.one(library, "A-1", DAYS).due == date(2026, 6, 16)
    clock.forward(days=16)
    assert queries.one(library, "A-1", DAYS).overdue
    assert [row.health.past_due for row in catalogue(library, DAYS)] == [1, 1]
    post_mortems.delete(library, [severe.post_mortem.id], ANN)
    assert [row.health.past_due for row in catalogue(library, DAYS)] == [0]
    assert not queries.one(library, "A-1", DAYS).overdue
    actions.set_fields(library, "A-1", {"due": "2026-06-02"}, ANN)
    assert queries.one(library, "A-1", DAYS).overdue
    actions.set_fields(library, "A-1", {"state": "done"}, ANN)
    assert [row.health.past_due for row in catalogue(library, DAYS)] == [0]


def test_historical_ones_are_never_overdue(library: Library) -> None:
    made = with_actions(document(), action(state=READY, due=date(2020, 1, 1)))
    mortem = replace(made.post_mortem, historical=True)
    post_mortems.add(library, replace(made, post_mortem=mortem), ANN, source="import")
    assert not queries.one(library, "A-1", DAYS).overdue
    health = catalogue(library, DAYS)[0].health
    assert (health.past_due, health.open, health.total) == (0, 1, 1)


# the outbox


def test_only_what_a_user_marks_ready_is_queued(library: Library) -> None:
    known = stored(library, with_actions(document(), action(), action(state=READY)))
    assert queued(library) == {known.actions[1].id}
    actions.set_fields(library, known.actions[0].id, {"state": "ready"}, ANN)
    assert queued(library) == {item.id for item in known.actions}
    actions.set_fields(library, known.actions[1].id, {"state": "won't do"}, ANN)
    assert queued(library) == {known.actions[0].id}
    post_mortems.replace(library, replace(again(library, known), actions=()), ANN)
    assert queued(library) == set()


@pytest.mark.parametrize("source", ["import", "sample"])
def test_what_came_otherwise_is_not_queued_until_a_user_says_so(
    library: Library, source: str
) -> None:
    made = with_actions(document(), action(state=READY))
    post_mortems.add(library, made, ANN, source=source)
    item = actions.set_fields(library, "A-1", {"owner": "ben"}, BEN)
    now = again(library, made)
    edited = replace(now, actions=(replace(item, title="Add two alerts"),))
    post_mortems.replace(library, edited, BEN)
    assert queued(library) == set()
    actions.set_fields(library, "A-1", {"state": "proposed"}, BEN)
    actions.set_fields(library, "A-1", {"state": "ready"}, BEN)
    assert queued(library) == {item.id}


# belonging


def test_an_action_is_handed_over_and_goes_on_addressing_its_root(
    library: Library, clock: Clock
) -> None:
    first = stored(library, document("First", leaf("No alert")))
    second = stored(library, document("Second"))
    item = actions.add(library, first.post_mortem.id, action(), ANN, root="1")
    clock.forward(hours=1)
    ends = (first.post_mortem.id, second.post_mortem.id)
    actions.hand_over(library, item.id, *ends, ANN)
    assert again(library, first).actions == ()
    assert again(library, second).actions == (item,)
    assert queries.one(library, item.id).roots == (first.roots[0].id,)
    post_mortems.replace(library, retitled(again(library, first), "First again"), ANN)
    assert queries.one(library, item.id).roots == (first.roots[0].id,)
    with pytest.raises(InvalidInputError):
        actions.hand_over(library, item.id, *ends, ANN)
    assert [home.ref for home in queries.one(library, item.id).homes] == [second.ref]


def test_a_shared_action_lives_as_long_as_one_post_mortem_has_it(library: Library) -> None:
    first = stored(library, with_actions(document("First", leaf("No alert")), action()))
    item = first.actions[0]
    second = stored(library, document("Second"))
    actions.share(library, item.id, second.post_mortem.id, ANN)
    actions.share(library, item.id, second.post_mortem.id, ANN)
    actions.link(library, first.roots[0].id, item.id, ANN)
    assert len(queries.one(library, item.id).homes) == 2
    post_mortems.replace(library, replace(again(library, first), actions=()), ANN)
    assert queries.one(library, item.id).roots == (first.roots[0].id,)
    post_mortems.replace(library, replace(again(library, second), actions=()), ANN)
    with pytest.raises(NotFoundError):
        queries.one(library, item.id)
    assert queries.every(library) == ()
    back = replace(again(library, first), actions=(item,))
    post_mortems.replace(library, back, ANN)
    assert again(library, first).actions == (item,)
    assert queries.one(library, "A-1").roots == ()


def test_actions_address_roots_since_and_until(library: Library) -> None:
    known = stored(library, document("Queue", leaf("No alert"), leaf("No limit")))
    item = actions.add(library, known.post_mortem.id, action(), ANN, root="2")
    second = known.root_of(known.post_mortem.whys[0].nodes[1].id)
    assert second is not None
    assert queries.one(library, item.id).roots == (second.id,)
    actions.unlink(library, second.id, item.id, ANN)
    assert queries.one(library, item.id).roots == ()
    actions.link(library, second.id, item.id, ANN)
    now = again(library, known)
    assert now.actions_of(second.id) == (item,)
    assert len(now.root_actions) == 2
    for root in ("3", "nothing"):
        with pytest.raises(NotFoundError, match="has no root at"):
            actions.add(library, known.post_mortem.id, action(), ANN, root=root)
    with pytest.raises(NotFoundError):
        actions.link(library, new_id(), item.id, ANN)
    assert len(queries.every(library)) == 1


def test_an_import_does_not_set_back_what_the_library_knows(library: Library) -> None:
    known = stored(library, with_actions(document("First", leaf("No alert")), action()))
    actions.set_fields(library, "A-1", {"state": "done", "owner": "ben"}, BEN)
    copy = document("Second", leaf("No alert"))
    copy = replace(copy, actions=known.actions, roots=known.roots, leaf_roots=())
    post_mortems.add(library, copy, ANN, source="import")
    assert again(library, copy).actions == again(library, known).actions
    assert queries.one(library, "A-1").action.state is DONE
    assert len(queries.one(library, "A-1").homes) == 2


def test_editing_an_action_of_an_imported_post_mortem_is_an_edit(library: Library) -> None:
    origin = Origin("notes/outage.md", "digest")
    made = with_actions(document(), action())
    post_mortems.add(library, made, ANN, source="import", origin=origin)
    actions.set_fields(library, "A-1", {"state": "done"}, BEN)
    found = mortem_queries.imported(library, origin.identity)
    assert found is not None
    assert found.edited


# what two people change at once


def test_a_colleagues_change_of_an_action_is_kept(library: Library) -> None:
    base = stored(library, with_actions(document(), action("One"), action("Two")))
    one, two = base.actions
    actions.set_fields(library, two.id, {"state": "done"}, BEN)
    added = actions.add(library, base.post_mortem.id, action("Three"), BEN)
    mine = replace(retitled(base, "Mine"), actions=(replace(one, owner="ann"), two))
    post_mortems.replace(library, mine, ANN, base=base)
    now = again(library, base)
    assert now.post_mortem.title == "Mine"
    assert [(i.title, i.state, i.owner) for i in now.actions] == [
        ("One", ActionState.PROPOSED, "ann"),
        ("Two", DONE, ""),
        ("Three", ActionState.PROPOSED, ""),
    ]
    assert now.actions[2] == added


def test_autosaving_the_text_leaves_actions_alone(library: Library) -> None:
    base = stored(library, with_actions(document(), action()))
    changed = actions.set_fields(library, "A-1", {"state": "done"}, BEN)
    post_mortems.save(library, retitled(base, "Mine").post_mortem, 1, ANN, coalesce=True)
    assert again(library, base).actions == (changed,)


@pytest.mark.parametrize("mine", ["changed", "removed"])
@pytest.mark.parametrize("theirs", ["changed", "removed"])
def test_what_both_changed_is_refused(library: Library, mine: str, theirs: str) -> None:
    base = stored(library, with_actions(document(), action("One")))
    other = replace(base, actions=(replace(base.actions[0], owner="ben"),))
    post_mortems.replace(library, other if theirs == "changed" else replace(base, actions=()), BEN)
    before = again(library, base)
    own = replace(retitled(base, "Mine"), actions=(replace(base.actions[0], owner="ann"),))
    own = own if mine == "changed" else replace(own, actions=())
    if mine == theirs == "removed":
        post_mortems.replace(library, own, ANN, base=base)
        assert again(library, base).actions == ()
        return
    with pytest.raises(StaleWriteError, match="changed by somebody else, too"):
        post_mortems.replace(library, own, ANN, base=base)
    assert again(library, base) == before
    kept = mortem_queries.history(library, base.post_mortem.id)[0]
    assert kept.kind == "conflict"
    refused = mortem_queries.revision(library, base.post_mortem.id, kept.number)
    assert (refused.post_mortem.title, refused.actions) == ("Mine", own.actions)


def test_both_may_change_the_same_in_the_same_way(library: Library) -> None:
    base = stored(library, with_actions(document(), action("One")))
    same = replace(base, actions=(replace(base.actions[0], owner="ann"),))
    post_mortems.replace(library, same, BEN, base=base)
    post_mortems.replace(library, same, ANN, base=base)
    assert again(library, base).actions == same.actions


def test_an_action_moves_the_version_of_every_post_mortem_that_has_it(library: Library) -> None:
    first = stored(library, with_actions(document("First"), action()))
    second, third = stored(library, document("Second")), stored(library, document("Third"))
    item = first.actions[0]
    actions.share(library, item.id, second.post_mortem.id, ANN)
    actions.share(library, item.id, second.post_mortem.id, ANN)
    actions.set_fields(library, item.id, {"owner": "ben"}, BEN)
    actions.set_fields(library, item.id, {"owner": "ben"}, BEN)
    assert [again(library, known).version for known in (first, second, third)] == [2, 3, 1]
    kinds = [r.kind for r in mortem_queries.history(library, second.post_mortem.id)]
    assert kinds == ["linked", "linked", "created"]


def test_a_text_of_an_older_version_takes_nothing_from_others(library: Library) -> None:
    base = stored(library, with_actions(document(), action("One"), action("Two")))
    added = actions.add(library, base.post_mortem.id, action("Three"), BEN)
    mine = replace(retitled(base, "Mine"), actions=base.actions[:1])
    saved = post_mortems.replace(library, mine, ANN)
    now = again(library, base)
    assert (now.post_mortem.title, now.actions) == ("Mine", (base.actions[0], added))
    assert (saved.version, saved.removed) == (3, ("A-02",))


def test_a_removed_action_comes_back_with_its_history(library: Library, clock: Clock) -> None:
    base = stored(library, with_actions(document("Queue", leaf("No alert")), action()))
    item = base.actions[0]
    actions.link(library, base.roots[0].id, item.id, ANN)
    done = actions.set_fields(library, item.id, {"state": "done"}, BEN)
    clock.forward(hours=1)
    saved = post_mortems.replace(library, replace(again(library, base), actions=()), ANN)
    assert (saved.removed, saved.revision, saved.version) == (("A-01",), 3, 4)
    with pytest.raises(NotFoundError):
        queries.one(library, item.id)
    clock.forward(hours=1)
    assert post_mortems.restore(library, saved.id, saved.revision, ANN).version == 5
    assert again(library, base).actions == (done,)
    assert queries.one(library, "A-01").roots == (base.roots[0].id,)
    assert queries.as_of(library, item.id, NOON)["state"] == "done"
    kinds = [r.kind for r in mortem_queries.history(library, saved.id)]
    assert kinds == ["restored", "saved", "linked", "linked", "created"]


def test_an_autosave_never_swallows_the_revision_with_a_removed_action(library: Library) -> None:
    base = stored(library, with_actions(document(), action()))
    post_mortems.save(library, retitled(base, "Typing").post_mortem, 1, ANN, coalesce=True)
    less = replace(again(library, base), actions=())
    saved = post_mortems.replace(library, less, ANN, coalesce=True)
    post_mortems.restore(library, saved.id, saved.revision, ANN)
    assert again(library, base).actions == base.actions


def test_a_refused_write_keeps_its_new_actions(library: Library) -> None:
    base = stored(library)
    post_mortems.save(library, retitled(base, "Theirs").post_mortem, 1, BEN)
    mine = with_actions(retitled(base, "Mine"), action("Limit retries"))
    with pytest.raises(StaleWriteError):
        post_mortems.replace(library, mine, ANN)
    post_mortems.restore(library, base.post_mortem.id, 3, ANN)
    now = again(library, base)
    assert (now.post_mortem.title, [a.title for a in now.actions]) == ("Mine", ["Limit retries"])


def test_an_action_that_is_open_again_says_nothing_of_its_end(library: Library) -> None:
    stored(library, with_actions(document(), action()))
    proof = {"evidence": "The alert fired", "role": "SRE"}
    actions.set_fields(library, "A-1", {"state": "verified", "verification": proof}, ANN)
    again_open = actions.set_fields(library, "A-1", {"state": "in progress"}, ANN)
    assert (again_open.verification, again_open.done_at) == (None, None)
    ended: dict[str, object] = {"state": "won't do", "reason": "Too dear", "accepted_by": "CTO"}
    actions.set_fields(library, "A-1", ended, ANN)
    item = actions.set_fields(library, "A-1", {"state": "proposed"}, ANN)
    assert (item.reason, item.accepted_by) == ("", "")
    told = {(f.field, f.value) for f in queries.facts(library, item.id)}
    assert {("verification", "The alert fired (SRE)"), ("reason", "Too dear")} <= told
