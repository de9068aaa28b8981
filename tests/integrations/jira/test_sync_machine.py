"""Any plan of faults, kills, edits on both sides, clock moves and restarts.

Whatever happens, there is one ticket per action item, no edit is lost, and once faults are over and
time has passed nothing is stuck.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.commands import answers, tracking
from models.queries import tracking as queries
from models.store.library import open_library
from models.tracking.outbox import OutboxState
from tests import SOAK
from tests.integrations.jira.desk import CREATE, desk_at
from tests.integrations.jira.mortal import mortal, mortal_writes
from tests.jira_fake import FakeJira, Flavour, examples, faults, issues
from tests.jira_fake.refusals import RefusedError
from tests.models.examples import ANN

PRIORITIES = {"P0": "Highest", "P1": "High", "P2": "Medium", "P3": "Low"}
DAYS = ("", "2026-05-04", "2026-06-01")
OWNERS = ("", "Platform owner", "Reliability bot")
ACCOUNTS = {"Platform owner": examples.COLLEAGUE, "Reliability bot": examples.BOT, "": None}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "ready": ("11", {}),
    "in progress": ("21", {}),
    "done": ("31", {}),
}
WAYS["won't do"] = ("31", {"resolution": {"name": "Won't Do"}})
OURS = {
    "title": ("Cap the retries", "Alert on the queue", "Größe"),
    "priority": tuple(PRIORITIES),
    "due": DAYS,
    "owner": OWNERS,
    "state": tuple(WAYS),
}
EDITS = st.one_of(
    *(st.tuples(st.just(name), st.sampled_from(values)) for name, values in OURS.items())
)
THEIR_EDITS = EDITS.filter(lambda edit: edit[0] != "title")
FAULTS = st.one_of(
    st.sampled_from((401, 403, 404, 409, 500, 502)).map(faults.refusal),
    st.booleans().map(lambda applied: faults.refusal(503, applied=applied)),
    st.sampled_from((None, 5, 300)).map(lambda after: faults.refusal(429, retry_after=after)),
    st.booleans().map(lambda applied: faults.reset(applied=applied)),
    st.booleans().map(lambda applied: faults.html(applied=applied)),
    st.just(faults.login()),
    st.booleans().map(lambda applied: faults.broken_json(applied=applied)),
    st.booleans().map(lambda applied: faults.cut_off(applied=applied)),
)
ROUTES = st.sampled_from((CREATE, CREATE, "PUT *", "POST *", "GET *", "*"))
ACTS = (
    *("sync", "edit_here", "edit_there") * 3,
    *("fail", "wait", "add", "decide") * 2,
    *("mend", "turn", "turn", "delete_there"),
)
Draw = Callable[[st.SearchStrategy[Any]], Any]


class Killed(BaseException):
    """The process is gone."""


@dataclass(frozen=True)
class State:
    """What a field says here and there, and what both may have agreed on last, which nobody sees.

    ``there`` is None while there is no ticket.
    """

    base: str
    here: str
    there: str | None

    def after_a_sync(self, name: str) -> set["State"]:
        """What may be, whether the sync reached the field or not, or was cut off in between."""
        base, here, there = self.base, self.here, self.there
        if there is None:
            made = {"state": {"ready"}, "owner": {here, ""}, "priority": {here or "P2"}}
            return {self} | {State(one, here, one) for one in made.get(name, {here})}
        mine = base if name == "priority" and not here else here
        if mine == there:
            return {self, State(mine, here, mine)}
        if base == there:
            return {self, State(base, here, mine), State(mine, here, mine)}
        if base == mine:
            return {self, State(base, there, there), State(there, there, there)}
        return {self}


@dataclass
class Known:
    """What may be with each field of an action item."""

    states: dict[str, set[State]]
    deleted: bool = False

    def change(self, name: str, **values: str) -> None:
        """Somebody edits a field."""
        self.states[name] = {replace(state, **values) for state in self.states[name]}

    def sync(self, here: dict[str, str], there: dict[str, str | None]) -> None:
        """A sync was tried: what is seen now must be one of the things that may be."""
        for name, before in self.states.items():
            reached = before
            for _ in range(3):  # made, pulled and sent, all in one sync
                reached = {new for state in reached for new in state.after_a_sync(name)}
            seen = {s for s in reached if (s.here, s.there) == (here[name], there[name])}
            assert seen, f"{name}: {before} became {here[name]!r} and {there[name]!r}"
            self.states[name] = seen


class Syncing(RuleBasedStateMachine):
    """A library, a Jira, and what was edited on each side."""

    flavour = Flavour.CLOUD

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.known: dict[str, Known] = {}
        self.made: dict[str, Any] = {}
        self.fuse: int | None = None
        self.jira = self.stack.enter_context(FakeJira(examples.site(self.flavour)))
        folder = self.stack.enter_context(TemporaryDirectory())
        self.desk = self.stack.enter_context(desk_at(Path(folder) / "library", self.jira))
        self.desk.wrap = mortal(self._step)
        self.stack.enter_context(mortal_writes(self._step))

    def teardown(self) -> None:
        try:
            if self.made:
                self._settle()
                self._check()
        finally:
            self.desk.library.close()
            self.stack.close()

    def _step(self, _: str) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse <= 0:
                raise Killed

    # What people do.

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        """One rule, since Hypothesis leaves out whole rules, and without syncs nothing happens."""
        act = getattr(self, data.draw(st.sampled_from(ACTS)))
        act(data.draw)

    @initialize(off=st.sampled_from((-7, 7)))
    def begin(self, off: int) -> None:
        self.off = off
        self._made("Cap the retries", "P1")

    def _made(self, title: str, priority: str) -> None:
        item = self.desk.add(title, priority=priority)
        self.made[item.id] = item
        here = self._ours(item)
        self.known[item.id] = Known({name: {State("", here[name], None)} for name in OURS})

    def add(self, draw: Draw) -> None:
        if len(self.made) < 3:
            self._made(draw(st.sampled_from(OURS["title"])), draw(st.sampled_from(("", "P1"))))

    def _item(self, draw: Draw) -> Any:
        return self.made[draw(st.sampled_from(list(self.made)))]

    def edit_here(self, draw: Draw) -> None:
        item, edit = self._item(draw), draw(EDITS)
        name, value = edit
        now = self._ours(item)
        open_again = now["state"] in ("done", "won't do")
        if now[name] == value or (open_again and name != "state"):
            return
        entry = self._entry(item)
        fits = "ready" if entry is None else "in progress" if entry.is_harmless else value
        if name == "state" and value != fits:
            return  # it would leave the queue, or not come into it again
        extra = {"reason": "Too dear", "accepted_by": "Lead"} if value == "won't do" else {}
        self.desk.set(item, **{name: value or (None if name == "due" else "")}, **extra)
        self.known[item.id].change(name, here=value)

    def edit_there(self, draw: Draw) -> None:
        item, edit = self._item(draw), draw(THEIR_EDITS)
        name, value = edit
        issue = self._issue(item)
        if issue is None or self._theirs(issue).get(name) == value:
            return
        try:
            self._write_there(issue, name, value)
        except RefusedError:
            return
        self.known[item.id].change(name, there=value)

    def _write_there(self, issue: Any, name: str, value: str) -> None:
        site, by = self.jira.site, self.desk.colleague
        if name == "state":
            way, fields = WAYS[value]
            issues.transition(site, by, issue, way, fields)
        elif name == "owner":
            issues.assign(site, by, issue, ACCOUNTS[value])
        elif name == "due":
            issues.edit(site, by, issue, {"duedate": value or None})
        else:
            issues.edit(site, by, issue, {"priority": {"name": PRIORITIES[value]}})

    def decide(self, draw: Draw) -> None:
        item, ours = self._item(draw), draw(st.booleans())
        ticket = self._ticket(item)
        for conflict in ticket.conflicts if ticket else ():
            tracking.decide(self.desk.library, item.id, conflict.field, ANN, keep_ours=ours)
            known, name = self.known[item.id], conflict.field
            known.change(name, base=conflict.theirs, here=self._ours(item)[name])

    def delete_there(self, draw: Draw) -> None:
        item = self._item(draw)
        issue = self._issue(item)
        if issue is not None and self._ticket(item) is not None:
            issues.delete(self.jira.site, issue)
            self.known[item.id].deleted = True

    # What goes wrong.

    def fail(self, draw: Draw) -> None:
        self.jira.faults.plan(draw(ROUTES), draw(FAULTS), nth=draw(st.integers(1, 6)))

    def turn(self, draw: Draw) -> None:
        """Another lag of the search; the clock there is set right, or goes wrong again."""
        self.jira.site.lag = timedelta(minutes=draw(st.sampled_from((0, 1, 3))))
        self.jira.site.skew = timedelta(minutes=draw(st.sampled_from((0, self.off))))

    def wait(self, draw: Draw) -> None:
        self.jira.site.clock.advance(minutes=draw(st.sampled_from((1, 6, 60))))

    def mend(self, _: Draw) -> None:
        self.jira.faults.clear()

    def sync(self, draw: Draw) -> None:
        fuse, self.desk.patient = draw(st.none() | st.integers(1, 60)), draw(st.booleans())
        self.fuse = fuse  # not before all is drawn: what runs out of examples is torn down
        try:
            self.desk.sync()
        except Killed:
            self._restart()
        self.fuse = None
        self._observe()

    def _observe(self) -> None:
        for id, known in self.known.items():
            issue = self._issue(self.made[id])
            there: dict[str, str | None] = dict.fromkeys(OURS)
            if issue is not None:
                there |= self._theirs(issue)
            if not known.deleted:
                known.sync(self._ours(self.made[id]), there)

    def _restart(self) -> None:
        folder, now = self.desk.library.folder, self.desk.library.now
        self.desk.library.close()
        self.desk.library = open_library(folder, clock=now)

    # What has to hold.

    @invariant()
    def there_is_one_ticket_at_most(self) -> None:
        labels = [label for one in self.desk.made() for label in one.values["labels"]]
        mine = [label for label in labels if label.startswith("afterwhy-")]
        assert len(mine) == len(set(mine)), "two tickets for one action item"

    def _settle(self) -> None:
        """Faults are over, time passes, and somebody asks again."""
        self.jira.faults.clear()
        self.jira.site.lag = self.jira.site.skew = timedelta()
        self.desk.patient = True
        for entry in queries.outbox(self.desk.library, [OutboxState.REJECTED]):
            answers.mend(self.desk.library, entry.action_id, {}, ANN, for_all=False)
        for _ in range(2):
            self.jira.site.clock.advance(hours=2)
            report = self.desk.sync()
            self._observe()
        assert not report.troubles
        assert not report.waiting

    def _check(self) -> None:
        for id, known in self.known.items():
            item = self.made[id]
            ticket, issue, entry = self._ticket(item), self._issue(item), self._entry(item)
            if entry is None:  # it ended, and only then was it sure that nothing was made
                assert (ticket, issue) == (None, None)
                assert not self.desk.now(item).is_open
                continue
            assert entry.state is OutboxState.SYNCED
            assert ticket is not None
            assert ticket.visible is not known.deleted
            if known.deleted:
                assert issue is None
                continue
            assert issue is not None
            assert ticket.ticket_id == str(issue.id)
            here, there = self._ours(item), self._theirs(issue)
            undecided = {conflict.field for conflict in ticket.conflicts}
            undecided |= {"state"} if ticket.refused else set()
            for name in OURS:
                silent = name == "priority" and not here[name]
                assert here[name] == there[name] or silent or name in undecided, name

    def _ours(self, item: Any) -> dict[str, str]:
        now = self.desk.now(item)
        return {
            "title": now.title,
            "priority": now.priority,
            "due": str(now.due or ""),
            "owner": now.owner,
            "state": now.state.value,
        }

    def _theirs(self, issue: Any) -> dict[str, str]:
        site, values = self.jira.site, issue.values
        states = {"new": "ready", "indeterminate": "in progress"}
        state = states.get(site.statuses[issue.status].category)
        endings = {"10001": "won't do"}
        names = {there: here for here, there in PRIORITIES.items()}
        owners = {account: name for name, account in ACCOUNTS.items()}
        return {
            "title": values["summary"],
            "priority": names[site.priorities[values["priority"]]],
            "due": values.get("duedate") or "",
            "owner": owners[values.get("assignee")],
            "state": state or endings.get(values.get("resolution"), "done"),
        }

    def _ticket(self, item: Any) -> Any:
        return queries.tickets(self.desk.library).get(item.id)

    def _entry(self, item: Any) -> Any:
        return queries.entry(self.desk.library, item.id)

    def _issue(self, item: Any) -> Any:
        label = f"afterwhy-{item.id}"
        found = [one for one in self.desk.made() if label in one.values["labels"]]
        return found[0] if found else None


class SyncingWithDataCenter(Syncing):
    """The same with the other flavour."""

    flavour = Flavour.DATA_CENTER


BUDGET = settings(
    max_examples=100 if SOAK else 4, stateful_step_count=40 if SOAK else 20, deadline=None
)
TestCloud = pytest.mark.soak(Syncing.TestCase)
TestDataCenter = pytest.mark.soak(SyncingWithDataCenter.TestCase)
TestCloud.settings = TestDataCenter.settings = BUDGET
