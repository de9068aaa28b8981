"""Connections, the outbox and tickets in a real library."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from models import codec
from models.commands import actions, answers, linking, post_mortems, tracking
from models.document import Document, new_id
from models.domain.action import ActionItem, ActionState
from models.errors import InvalidInputError, NotFoundError
from models.queries import actions as action_queries
from models.queries import changes
from models.queries import tracking as queries
from models.queries.catalogue import catalogue
from models.store import migrate, sqlite, tables
from models.store.library import Library, open_library
from models.tracking import outbox
from models.tracking.connections import Person
from models.tracking.fields import FieldConflict, exchange
from models.tracking.outbox import Entry, Found, OutboxState
from models.tracking.sprints import Position
from tests.models.examples import (
    ANN,
    NOON,
    Clock,
    action,
    again,
    document,
    leaf,
    stored,
    with_actions,
)
from tests.models.tracking.examples import DONE, PAY, ticket

READY = ActionState.READY


@pytest.fixture
def known(library: Library) -> Document:
    """A post-mortem with one proposed action, A-01."""
    return stored(library, with_actions(document(), action("Limit retries", priority="P1")))


@pytest.fixture
def item(known: Document) -> ActionItem:
    """A-01."""
    return known.actions[0]


def state_of(library: Library) -> list[OutboxState]:
    return [entry.state for entry in queries.outbox(library)]


def sent(entry: Entry) -> Entry:
    return outbox.sending(
        entry, connection=PAY.id, payload_hash="x", sent={}, high_water=6, now=entry.queued_at
    )


def with_ticket(library: Library, action_id: str) -> None:
    """Sends an action item and stores its ticket."""
    tracking.mark_ready(library, [action_id], ANN)
    (entry,) = queries.outbox(library)
    made = outbox.created(sent(entry), Found("10007", "PAY-7"))
    for step in (sent(entry), made, outbox.linked(made), outbox.synced(outbox.linked(made))):
        tracking.journal(library, step, ANN)
    tracking.observe(library, ticket(action_id), ANN)


# connections


def test_connections_are_kept_changed_and_removed(library: Library, clock: Clock) -> None:
    other = replace(PAY, id="ops", project="OPS", fields={"customfield_1": {"value": "Payments"}})
    tracking.save_connection(library, PAY, ANN)
    clock.forward(minutes=1)
    tracking.save_connection(library, other, ANN)
    tracking.save_connection(library, replace(PAY, board=7), ANN)
    assert queries.connections(library) == (replace(PAY, board=7), other)
    tracking.remove_connection(library, "pay", ANN)
    assert queries.connections(library) == (other,)
    assert queries.connections(library, removed=True) == (replace(PAY, board=7),)
    tracking.save_connection(library, PAY, ANN)
    assert queries.connections(library) == (PAY, other)


def test_cursors_are_of_one_connection(library: Library) -> None:
    tracking.note_cursors(library, "pay", {"pulled": "1", "sprints": "2"})
    tracking.note_cursors(library, "pay", {"pulled": "3"})
    assert queries.cursors(library, "pay") == {"pulled": "3", "sprints": "2"}
    assert queries.cursors(library, "ops") == {}


def test_a_copy_gets_a_replica_id_of_its_own(library: Library) -> None:
    before = library.replica
    assert queries.home(library) == ""
    tracking.claim(library, "here")
    assert (queries.home(library), library.replica) == ("here", before)
    tracking.claim(library, "there", replica="copy")
    assert (queries.home(library), library.replica) == ("there", "copy")


# the way out


def test_only_a_user_queues(library: Library) -> None:
    ready = with_actions(document("Imported"), action("Old", state=READY))
    post_mortems.add(library, ready, ANN, source="import")
    post_mortems.add(library, with_actions(document(), action("Sample", state=READY)), ANN,
                     source="sample")  # fmt: skip
    assert state_of(library) == []
    actions.set_fields(library, "A-01", {"state": "ready"}, ANN)
    assert [entry.action_id for entry in queries.outbox(library)] == [ready.actions[0].id]
    tracking.mark_ready(library, ["A-02", "A-02"], ANN)
    assert state_of(library) == [OutboxState.QUEUED] * 2


def test_marking_several_ready_is_all_or_none(library: Library, known: Document) -> None:
    actions.add(library, known.post_mortem.id, action("Done", state=ActionState.DONE), ANN)
    with pytest.raises(InvalidInputError, match="A-02 is done"):
        tracking.mark_ready(library, ["A-01", "A-02"], ANN)
    assert (state_of(library), again(library, known)) == ([], again(library, known))
    assert again(library, known).actions[0].state is ActionState.PROPOSED


@pytest.mark.parametrize(
    ("state", "stays"),
    [("in progress", True), ("proposed", False), ("won't do", False), ("done", False)],
)
def test_what_is_not_to_be_done_leaves_the_outbox(
    library: Library, item: ActionItem, state: str, stays: bool
) -> None:
    tracking.mark_ready(library, ["A-01"], ANN)
    actions.set_fields(library, item.id, {"state": state}, ANN)
    assert bool(queries.outbox(library)) is stays


def test_what_may_have_been_sent_never_leaves_the_outbox(
    library: Library, known: Document, item: ActionItem
) -> None:
    tracking.mark_ready(library, ["A-01"], ANN)
    (entry,) = queries.outbox(library)
    tracking.journal(library, sent(entry), ANN)
    actions.set_fields(library, item.id, {"state": "proposed"}, ANN)
    with pytest.raises(InvalidInputError, match="not known yet"):
        tracking.keep_as_draft(library, "A-01", ANN)
    post_mortems.replace(library, replace(again(library, known), actions=()), ANN)
    assert queries.outbox(library) == (sent(entry),)
    # Of one that was deleted here nothing is sent again.
    lost = outbox.restarted(sent(entry))
    tracking.journal(library, lost, ANN)
    tracking.journal(library, replace(lost, state=OutboxState.QUEUED), ANN)
    assert queries.outbox(library) == ()


def test_what_ended_while_it_was_looked_for_waits_for_nothing(
    library: Library, item: ActionItem
) -> None:
    tracking.mark_ready(library, ["A-01"], ANN)
    (entry,) = queries.outbox(library)
    tracking.journal(library, sent(entry), ANN)
    actions.set_fields(
        library, "A-01", {"state": "won't do", "reason": "Too dear", "accepted_by": "Lead"}, ANN
    )
    lost = outbox.restarted(sent(entry))
    tracking.journal(library, lost, ANN)
    assert queries.outbox(library) == (lost,), "its ticket may be there"
    tracking.journal(library, replace(lost, state=OutboxState.QUEUED), ANN)
    assert queries.outbox(library) == ()


def test_a_library_of_before_goes_on_waiting(library: Library, item: ActionItem) -> None:
    tracking.mark_ready(library, ["A-01"], ANN)
    with library.unit_of_work(ANN) as uow:
        uow.connection.exec_driver_sql("UPDATE outbox SET body = ''")
    assert queries.outbox(library) == (Entry(item.id, NOON),)


def test_the_journal_tells_only_what_people_see(library: Library, item: ActionItem) -> None:
    tracking.mark_ready(library, ["A-01"], ANN)
    (entry,) = queries.outbox(library)
    seq = changes.head(library)
    tracking.journal(library, sent(entry), ANN)
    tracking.journal(library, sent(entry), ANN)
    assert (changes.head(library), queries.entry(library, item.id)) == (seq, sent(entry))
    tracking.journal(library, outbox.rejected(sent(entry), "Team is required", ["Team"]), ANN)
    assert changes.head(library) == seq + 1
    assert not changes.after(library, seq).ids, "the index has nothing to do"


def test_what_was_refused_is_tried_again_after_an_edit(library: Library, item: ActionItem) -> None:
    tracking.save_connection(library, PAY, ANN)
    tracking.mark_ready(library, ["A-01"], ANN)
    (entry,) = queries.outbox(library)
    refused = outbox.rejected(sent(entry), "Team is required", ["Team"])
    tracking.journal(library, refused, ANN)
    actions.set_fields(library, item.id, {"title": "Limit retries to 3"}, ANN)
    assert state_of(library) == [OutboxState.QUEUED]

    tracking.journal(library, refused, ANN)
    answers.mend(library, item.id, {"customfield_1": "a"}, ANN, for_all=False)
    (mended,) = queries.outbox(library)
    assert (mended.state, mended.values) == (OutboxState.QUEUED, {"customfield_1": "a"})

    tracking.journal(library, refused, ANN)
    answers.mend(library, item.id, {"customfield_1": "b"}, ANN, for_all=True)
    assert queries.connections(library)[0].fields == {"customfield_1": "b"}
    assert state_of(library) == [OutboxState.QUEUED]

    tracking.journal(library, outbox.blocked(sent(entry), "The token has expired."), ANN)
    people = (Person("Ann", "account-1"),)
    (known,) = queries.connections(library)
    tracking.save_connection(library, replace(known, agreed=True, people=people), ANN)
    assert queries.connections(library)[0].agreed
    assert state_of(library) == [OutboxState.BLOCKED], "a sync that learns something mends nothing"
    tracking.save_connection(library, replace(PAY, email="other@example.com"), ANN)
    assert state_of(library) == [OutboxState.QUEUED]


def test_a_draft_again(library: Library, item: ActionItem) -> None:
    tracking.mark_ready(library, [item.id], ANN)
    assert tracking.keep_as_draft(library, "A-01", ANN).state is ActionState.PROPOSED
    assert state_of(library) == []


def test_a_sprint_is_wanted_before_and_after_there_is_a_ticket(
    library: Library, item: ActionItem
) -> None:
    with pytest.raises(InvalidInputError, match="ready or has a ticket"):
        tracking.schedule(library, item.id, "44", ANN)
    tracking.mark_ready(library, ["A-01"], ANN)
    tracking.schedule(library, item.id, "44", ANN)
    assert queries.outbox(library)[0].sprint == "44"
    with pytest.raises(InvalidInputError, match="not the id"):
        tracking.schedule(library, item.id, "Sprint 44", ANN)
    with_ticket(library, item.id)
    tracking.schedule(library, item.id, "45", ANN)
    assert queries.tickets(library)[item.id].sprint == "45"
    tracking.schedule(library, item.id, None, ANN)
    assert queries.tickets(library)[item.id].sprint == ""


# the way back


def test_a_ticket_is_kept_with_its_past(library: Library, item: ActionItem, clock: Clock) -> None:
    with_ticket(library, item.id)
    clock.forward(days=1)
    done = ticket(item.id, status="Done", category="done", resolution="Done", seen=DONE)
    tracking.observe(library, done, ANN)
    assert queries.tickets(library) == {item.id: done}
    was = action_queries.as_of(library, item.id, NOON)
    assert (was["position"], was["sprint"], was["carried over"], was["ticket"]) == (
        "active", "Sprint 3 (3)", "2", "PAY-7",
    )  # fmt: skip
    now = action_queries.as_of(library, item.id, clock.now)
    assert (now["position"], now["ticket status"]) == ("done", "Done")


def test_seeing_the_same_again_tells_nobody(library: Library, item: ActionItem) -> None:
    with_ticket(library, item.id)
    seq, facts = changes.head(library), action_queries.facts(library, item.id)
    tracking.observe(library, ticket(item.id, seen_at=NOON), ANN)
    assert queries.tickets(library)[item.id].seen_at == NOON
    assert (changes.head(library), action_queries.facts(library, item.id)) == (seq, facts)


def test_the_outbox_and_tickets_can_be_read_in_part(
    library: Library, known: Document, item: ActionItem
) -> None:
    with_ticket(library, item.id)
    other = actions.add(library, known.post_mortem.id, action("Page", state=READY), ANN)
    parts = [queries.outbox(library, states) for states in (outbox.UNFINISHED, outbox.SETTLED)]
    assert [[entry.action_id for entry in part] for part in parts] == [[other.id], [item.id]]
    assert [own.action_id for own in queries.tickets_of(library, PAY.id)] == [item.id]
    assert queries.keys(library, PAY.id) == ("PAY-7",)
    assert (queries.tickets_of(library, "ops"), queries.keys(library, "ops")) == ((), ())


def test_what_comes_in_is_written_and_never_queued(library: Library, known: Document) -> None:
    action_id = known.actions[0].id
    with_ticket(library, action_id)
    fields = {"state": "in progress", "owner": "Robin", "due": "2026-07-01", "priority": ""}
    assert tracking.take_in(library, action_id, fields, ANN) == fields
    now = again(library, known)
    (item,) = now.actions
    assert (item.state, item.owner, str(item.due), item.priority) == (
        "in progress", "Robin", "2026-07-01", "",
    )  # fmt: skip
    assert now.version > known.version
    assert {f.source for f in action_queries.facts(library, action_id)} == {"user", "jira"}
    assert state_of(library) == [OutboxState.SYNCED]


def test_what_somebody_changed_meanwhile_stays(library: Library, item: ActionItem) -> None:
    with_ticket(library, item.id)
    read = {"owner": "", "due": "", "sprint": ""}
    actions.set_fields(library, item.id, {"owner": "Carol"}, ANN)
    fields = {"owner": "Bob", "due": "2026-07-01"}
    assert tracking.take_in(library, item.id, fields, ANN, read=read) == {"due": "2026-07-01"}
    assert action_queries.one(library, "A-01").action.owner == "Carol"
    was = queries.tickets(library)[item.id]
    tracking.schedule(library, item.id, "45", ANN)
    tracking.observe(library, replace(was, status="In Progress"), ANN, was=was)
    now = queries.tickets(library)[item.id]
    assert (now.status, now.sprint) == ("In Progress", "45")


def test_a_ticket_that_is_open_again_flags_its_post_mortem(
    library: Library, known: Document, clock: Clock
) -> None:
    action_id = known.actions[0].id
    with_ticket(library, action_id)
    tracking.take_in(library, action_id, {"state": "done"}, ANN)
    assert action_queries.one(library, "A-01").action.done_at == clock.now
    proof = {"evidence": "The alert fired"}
    actions.set_fields(library, "A-01", {"state": "verified", "verification": proof}, ANN)
    assert tracking.take_in(library, action_id, {"state": "done"}, ANN) == {"state": "done"}
    assert action_queries.one(library, "A-01").action.state is ActionState.VERIFIED
    assert catalogue(library)[0].health.reopened == 0
    clock.forward(days=1)
    tracking.take_in(library, action_id, {"state": "in progress"}, ANN)
    health = queries.health(library, [known.post_mortem.id])[known.post_mortem.id]
    assert (health.open, health.done, health.slipped, health.reopened) == (1, 0, 1, 1)
    assert catalogue(library)[0].health == health
    assert action_queries.as_of(library, action_id, clock.now)["reopened"]
    assert action_queries.reopened(library, known.post_mortem.id) == {action_id}
    tracking.take_in(library, action_id, {"state": "done"}, ANN)
    assert catalogue(library)[0].health.reopened == 0
    assert action_queries.reopened(library, known.post_mortem.id) == frozenset()


def test_a_deleted_action_takes_nothing_in(library: Library, known: Document) -> None:
    action_id = known.actions[0].id
    with_ticket(library, action_id)
    post_mortems.replace(library, replace(again(library, known), actions=()), ANN)
    assert tracking.take_in(library, action_id, {"state": "done"}, ANN) == {}
    assert state_of(library) == [OutboxState.SYNCED], "and it stays known that it was sent"
    with pytest.raises(NotFoundError):
        tracking.mark_ready(library, [action_id], ANN)


@pytest.mark.parametrize("keep_ours", [True, False])
def test_a_conflict_is_settled_once(library: Library, item: ActionItem, keep_ours: bool) -> None:
    with_ticket(library, item.id)
    actions.set_fields(library, item.id, {"owner": "Ann"}, ANN)
    clash = FieldConflict("owner", "", "Ann", "Bob")
    tracking.observe(library, ticket(item.id, conflicts=(clash,)), ANN)
    was = queries.tickets(library)[item.id]
    tracking.decide(library, item.id, "owner", ANN, keep_ours=keep_ours)
    # a sync that read it before does not ask again
    tracking.observe(library, replace(was, status="New"), ANN, was=was)
    now = queries.tickets(library)[item.id]
    assert now.conflicts == ()
    owner = action_queries.one(library, "A-01").action.owner
    step = exchange(now.base, {"owner": owner}, {"owner": "Bob"})
    assert (owner, step.out) == (("Ann", {"owner": "Ann"}) if keep_ours else ("Bob", {}))
    with pytest.raises(InvalidInputError, match="do not differ"):
        tracking.decide(library, item.id, "owner", ANN, keep_ours=keep_ours)


# tickets that were there before, and what is read of all this


def test_a_ticket_belongs_to_one_action(library: Library, known: Document) -> None:
    tracking.save_connection(library, PAY, ANN)
    first = known.actions[0].id
    second = actions.add(library, known.post_mortem.id, action("Second"), ANN).id
    linking.link_ticket(library, ticket(first), ANN)
    assert state_of(library) == [OutboxState.SYNCED]
    with pytest.raises(InvalidInputError, match="PAY-7 is the ticket of A-01"):
        linking.link_ticket(library, ticket(second), ANN)
    with pytest.raises(InvalidInputError, match="has a ticket already"):
        linking.link_ticket(library, ticket(first, ticket_id="10008"), ANN)
    made = action("From Jira", state=READY)
    imported = linking.import_ticket(
        library, known.post_mortem.id, made, ticket(made.id, ticket_id="10009", key="PAY-9"), ANN
    )
    assert imported.ref == "A-03"
    tracking.mark_ready(library, ["A-01", "A-03"], ANN)
    assert state_of(library) == [OutboxState.SYNCED] * 2


def test_the_brief_says_what_an_engineer_needs(library: Library) -> None:
    made = document("Queue stalled", leaf("No limit on retries"))
    mortem = replace(made.post_mortem, aliases=("INC-7", "https://docs.example.com/7"))
    base = stored(library, replace(made, post_mortem=mortem))
    item = actions.add(
        library, base.post_mortem.id, action(done_when="3 retries at most"), ANN, root="1"
    )
    (brief,) = queries.briefs(library, [item.id]).values()
    assert (brief.problem, brief.root, brief.done_when) == (
        "It broke", "No limit on retries", "3 retries at most",
    )  # fmt: skip
    assert (brief.ref, brief.url, brief.services) == (
        base.ref, "https://docs.example.com/7", ("checkout",),
    )  # fmt: skip


def test_the_board_brings_all_together(library: Library, item: ActionItem) -> None:
    (row,) = queries.board_rows(library)
    assert (row.position, row.entry, row.ticket) == (None, None, None)
    with_ticket(library, item.id)
    (row,) = queries.board_rows(library)
    assert (row.position, len(row.slips)) == (Position.ACTIVE, 2)
    assert row.entry is not None
    assert row.entry.ticket_key == "PAY-7"


def test_what_waited_before_connections_were_known_goes_on_waiting(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    engine = sqlite.connect(path, writable=True)
    migrate.run(engine, "0002")
    item = action("Limit retries", state=READY)
    with engine.begin() as connection:
        for key in ("id", "replica"):
            connection.execute(tables.library.insert().values(key=key, value=new_id()))
        connection.execute(
            tables.actions.insert().values(
                id=item.id, ref="A-01", number=1, title=item.title, state="ready", priority="",
                team="", owner="", body=codec.dumps(item), version=1, origin="user",
                created_at=NOON, updated_at=NOON,
            )
        )  # fmt: skip
        queued = "INSERT INTO outbox (action_id, state, queued_at) VALUES (?, 'queued', ?)"
        connection.exec_driver_sql(queued, (item.id, "2026-06-01 12:00:00.000000"))
    engine.dispose()
    with closing(open_library(tmp_path)) as opened:
        assert queries.outbox(opened) == (Entry(item.id, NOON),)
        assert (queries.connections(opened), queries.tickets(opened)) == ((), {})
