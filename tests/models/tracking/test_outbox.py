"""One ticket per action item, whatever fails: the outbox against a tracker that loses answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from models.errors import InvalidInputError
from models.tracking import outbox
from models.tracking.outbox import BETWEEN_LOOKS, Entry, Found, OutboxState

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUEUED = Entry("action", NOW)
TICKET = Found("10001", "PAY-7")


def sent(entry: Entry = QUEUED, now: datetime = NOW) -> Entry:
    return outbox.sending(entry, connection="pay", payload_hash="x", sent={}, high_water=6, now=now)


def unknown() -> Entry:
    return outbox.answer_lost(sent(), "The connection was cut.")


def test_the_plain_way() -> None:
    entry = outbox.created(sent(), TICKET)
    assert (entry.ticket_id, entry.ticket_key, entry.attempts) == ("10001", "PAY-7", 1)
    assert outbox.synced(outbox.linked(entry)).state is OutboxState.SYNCED


def test_an_unknown_outcome_is_sent_again_only_after_two_empty_looks_five_minutes_apart() -> None:
    first = outbox.looked(outbox.looking(unknown()), [], NOW)
    assert (first.state, first.not_before) == (OutboxState.UNKNOWN, NOW + BETWEEN_LOOKS)
    assert not first.is_due(NOW + BETWEEN_LOOKS - timedelta(seconds=1))
    soon = outbox.looked(outbox.looking(first), [], NOW + timedelta(minutes=2))
    assert (soon.state, soon.empty_looks) == (OutboxState.UNKNOWN, 1), "too soon to count"
    assert soon.not_before == NOW + BETWEEN_LOOKS
    second = outbox.looked(outbox.looking(soon), [], NOW + BETWEEN_LOOKS)
    assert (second.state, second.empty_looks) == (OutboxState.QUEUED, 0)


def test_a_ticket_that_a_look_finds_is_the_one_and_a_second_one_is_named() -> None:
    other = Found("9999", "PAY-5")
    entry = outbox.looked(outbox.looking(unknown()), [TICKET, other, TICKET], NOW)
    assert (entry.state, entry.ticket_key, entry.extra) == (
        OutboxState.CREATED,
        "PAY-5",
        ("PAY-7",),
    )


def test_a_look_that_was_cut_off_counts_as_none() -> None:
    late = NOW + timedelta(minutes=1)
    entry = outbox.look_failed(outbox.looking(unknown()), "No connection.", late)
    assert (entry.state, entry.empty_looks, entry.not_before) == (OutboxState.UNKNOWN, 0, late)


def test_what_was_refused_waits_for_somebody_and_then_goes_again() -> None:
    for entry in (
        outbox.rejected(sent(), "Team is required.", ["Team"]),
        outbox.blocked(sent(), "The token has expired."),
    ):
        assert not entry.is_due(NOW + timedelta(days=9))
        again = outbox.mended(entry)
        assert (again.state, again.reason, again.fields) == (OutboxState.QUEUED, "", ())


@pytest.mark.parametrize("state", OutboxState)
def test_a_restart_takes_what_was_on_its_way_for_unknown(state: OutboxState) -> None:
    after = outbox.restarted(replace(QUEUED, state=state)).state
    on_the_way = state in (OutboxState.SENDING, OutboxState.RECONCILING)
    assert after is (OutboxState.UNKNOWN if on_the_way else state)


STEPS: dict[str, tuple[Callable[[Entry], Entry], set[str]]] = {
    "send": (sent, {"queued"}),
    "created": (lambda e: outbox.created(e, TICKET), {"sending"}),
    "not sent": (lambda e: outbox.not_sent(e, "busy", NOW), {"sending"}),
    "lost": (lambda e: outbox.answer_lost(e, "cut"), {"sending"}),
    "rejected": (lambda e: outbox.rejected(e, "no"), {"queued", "sending"}),
    "blocked": (lambda e: outbox.blocked(e, "no"), {"queued", "sending"}),
    "look": (outbox.looking, {"unknown"}),
    "looked": (lambda e: outbox.looked(e, [], NOW), {"reconciling", "queued"}),
    "look failed": (lambda e: outbox.look_failed(e, "cut", NOW), {"reconciling"}),
    "linked": (outbox.linked, {"created"}),
    "synced": (outbox.synced, {"linked"}),
    "put off": (lambda e: outbox.put_off(e, "busy", NOW), {"queued", "created", "linked"}),
    "mended": (outbox.mended, {"rejected", "blocked"}),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", OutboxState)
def test_no_step_can_be_taken_from_another_state(step: str, state: OutboxState) -> None:
    take, allowed = STEPS[step]
    entry = replace(QUEUED, state=state)
    if state.value in allowed:
        take(entry)
    else:
        with pytest.raises(InvalidInputError, match="cannot take this step"):
            take(entry)


def test_waits_double_up_to_an_hour() -> None:
    waits = [outbox.wait_after(attempts) for attempts in (0, 1, 2, 3, 99)]
    seconds = [wait.total_seconds() for wait in waits]
    assert seconds == [30, 30, 60, 120, 3600]


@dataclass
class Tracker:
    """What a tracker made, and from when its search shows it."""

    made: list[tuple[Found, datetime]]

    def search(self, now: datetime) -> list[Found]:
        return [found for found, shown_at in self.made if shown_at <= now]


class OneTicket(RuleBasedStateMachine):
    """The journal is the entry; whatever else a run knows is gone when it is cut off."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.entry = QUEUED
        self.tracker = Tracker([])

    def make(self, lag: int) -> Found:
        found = Found(str(10000 + len(self.tracker.made)), f"PAY-{len(self.tracker.made)}")
        self.tracker.made.append((found, self.now + timedelta(seconds=lag)))
        return found

    @rule(minutes=st.integers(0, 12))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.entry.state is OutboxState.QUEUED)
    @rule(
        outcome=st.sampled_from(
            ("answered", "lost", "killed", "killed before", "busy", "rejected", "blocked")
        ),
        lag=st.integers(0, 299),
    )
    def send(self, outcome: str, lag: int) -> None:
        if not self.entry.is_due(self.now):
            return
        entry = sent(self.entry, self.now)
        self.entry = entry
        if outcome in ("answered", "lost", "killed"):
            made = self.make(lag)
            if outcome == "answered":
                self.entry = outbox.created(entry, made)
            elif outcome == "lost":
                self.entry = outbox.answer_lost(entry, "The connection was cut.")
        elif outcome == "busy":
            self.entry = outbox.not_sent(entry, "Too many.", self.now + timedelta(minutes=5))
        elif outcome == "rejected":
            self.entry = outbox.rejected(entry, "Team is required.", ["Team"])
        elif outcome == "blocked":
            self.entry = outbox.blocked(entry, "The token has expired.")

    @precondition(lambda self: self.entry.state is OutboxState.UNKNOWN)
    @rule(outcome=st.sampled_from(("whole", "cut", "killed")))
    def look(self, outcome: str) -> None:
        if not self.entry.is_due(self.now):
            return
        self.entry = outbox.looking(self.entry)
        if outcome == "whole":
            self.entry = outbox.looked(self.entry, self.tracker.search(self.now), self.now)
        elif outcome == "cut":
            self.entry = outbox.look_failed(self.entry, "cut", self.now + timedelta(minutes=1))

    @precondition(lambda self: self.entry.state in outbox.ON_THE_WAY)
    @rule()
    def restart(self) -> None:
        self.entry = outbox.restarted(self.entry)

    @precondition(lambda self: self.entry.state in outbox.NEEDS_ATTENTION)
    @rule()
    def mend(self) -> None:
        self.entry = outbox.mended(self.entry)

    @precondition(lambda self: self.entry.state is OutboxState.CREATED)
    @rule()
    def link(self) -> None:
        self.entry = outbox.synced(outbox.linked(self.entry))

    @invariant()
    def never_two(self) -> None:
        assert len(self.tracker.made) <= 1

    @invariant()
    def the_one_is_known_or_looked_for(self) -> None:
        if self.tracker.made and self.entry.state in outbox.HAS_TICKET:
            assert self.entry.ticket_id == self.tracker.made[0][0].ticket_id
        if self.tracker.made and self.entry.state is OutboxState.QUEUED:
            raise AssertionError("a ticket was made, and it would be sent once more")

    def teardown(self) -> None:
        """Left alone with a tracker that works, it always ends with one ticket."""
        self.entry = outbox.restarted(self.entry)
        if self.entry.state in outbox.NEEDS_ATTENTION:
            self.entry = outbox.mended(self.entry)
        for _ in range(10):
            self.now += timedelta(minutes=6)
            if self.entry.state is OutboxState.UNKNOWN:
                found = self.tracker.search(self.now)
                self.entry = outbox.looked(outbox.looking(self.entry), found, self.now)
            elif self.entry.state is OutboxState.QUEUED:
                entry = sent(self.entry, self.now)
                self.entry = outbox.created(entry, self.make(0))
            elif self.entry.state is OutboxState.CREATED:
                self.link()
        assert self.entry.state is OutboxState.SYNCED
        assert len(self.tracker.made) == 1


TestOneTicket = OneTicket.TestCase
TestOneTicket.settings = settings(stateful_step_count=30)
