"""Any sequence of commands against a simple model of what a library holds.

After each command the library says what the model says, the change log names every post-mortem
that reads differently now, and each history can restore what it recorded.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from models.commands import actions, labels, post_mortems, relations, roots
from models.commands.labels import Before, BulkEdit
from models.document import to_json
from models.domain.action import ActionState
from models.domain.post_mortem import Status
from models.domain.root import RelationKind
from models.errors import StaleWriteError
from models.queries import actions as action_queries
from models.queries import changes
from models.queries import post_mortems as queries
from models.queries.catalogue import catalogue
from tests import SOAK
from tests.models.examples import ANN, BEN, Clock, action, document, empty_library, leaf

TITLES = st.sampled_from(("Queue", "Cache", "Ärger", "", "x\x00y"))
TAGS = st.sampled_from(("slow", "db", "net"))


@dataclass
class Known:
    """What the model knows of one post-mortem."""

    title: str
    tags: tuple[str, ...] = ()
    status: Status = Status.DRAFT
    severity: str = "SEV2"
    actions: list[str] = field(default_factory=list)
    related: set[tuple[RelationKind, str]] = field(default_factory=set)
    revisions: list["Kept"] = field(default_factory=list)
    deleted: bool = False

    def kept(self) -> "Kept":
        """What a revision of it holds now."""
        return Kept(self.title, self.tags, self.severity, tuple(self.actions), set(self.related))


@dataclass
class Kept:
    """What a revision holds."""

    title: str
    tags: tuple[str, ...]
    severity: str
    actions: tuple[str, ...]
    related: set[tuple[RelationKind, str]]


def unnamed(document: Any) -> Any:
    """Without the titles of others, which change without it."""
    return replace(document, relations=tuple(replace(r, title="") for r in document.relations))


class Commands(RuleBasedStateMachine):
    """One library and the model beside it."""

    mortems: Bundle[str] = Bundle("mortems")
    items: Bundle[str] = Bundle("items")
    bulk: Bundle[tuple[Before, ...]] = Bundle("bulk")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.opened = empty_library(Path(self.folder.name) / "library", self.clock)
        self.library = self.opened.__enter__()
        self.known: dict[str, Known] = {}
        self.states: dict[str, ActionState] = {}
        self.seq = 0
        self.shown: dict[str, Any] = {}

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)
        self.folder.cleanup()

    def _current(self, mortem: str) -> Any:
        return queries.by_id(self.library, mortem)

    @initialize(target=mortems, titles=st.lists(TITLES, min_size=2, max_size=3))
    def begin(self, titles: list[str]) -> Any:
        return multiple(*(self._create(title) for title in titles))

    @rule(target=mortems, title=TITLES)
    def create(self, title: str) -> str:
        return self._create(title)

    def _create(self, title: str) -> str:
        made = document(title, leaf("No alert"), leaf("No limit"))
        saved = post_mortems.add(self.library, made, ANN)
        assert saved.ref == f"PM-2026-{len(self.known) + 1:03d}"
        self.known[saved.id] = Known(title)
        return saved.id

    @rule(minutes=st.integers(0, 30))
    def wait(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @rule(mortem=mortems, title=TITLES)
    def save(self, mortem: str, title: str) -> None:
        now = self._current(mortem)
        known = self.known[mortem]
        saved = post_mortems.save(
            self.library, replace(now.post_mortem, title=title), now.version, ANN
        )
        assert saved.version == now.version + (title != known.title)
        known.title = title

    @rule(mortem=mortems, title=TITLES)
    def save_stale(self, mortem: str, title: str) -> None:
        now = self._current(mortem)
        with pytest.raises(StaleWriteError):
            post_mortems.save(self.library, replace(now.post_mortem, title=title), 0, BEN)
        self.known[mortem].revisions.append(replace(self.known[mortem].kept(), title=title))

    @rule(mortem=mortems, data=st.data())
    def replace_actions(self, mortem: str, data: st.DataObject) -> None:
        """Reorders and drops actions; those of others stay with them."""
        now = self._current(mortem)
        kept = data.draw(st.permutations(now.actions).map(lambda some: some[:2]))
        post_mortems.replace(self.library, replace(now, actions=tuple(kept)), ANN, base=now)
        self.known[mortem].actions = [item.id for item in kept]

    @rule(mortem=mortems, data=st.data())
    def restore(self, mortem: str, data: st.DataObject) -> None:
        known = self.known[mortem]
        number = data.draw(st.integers(1, len(known.revisions)))
        kept = known.revisions[number - 1]
        known.title, known.tags, known.severity = kept.title, kept.tags, kept.severity
        known.actions += [name for name in kept.actions if name not in known.actions]
        known.related |= kept.related
        post_mortems.restore(self.library, mortem, number, ANN)

    @rule(mortem=mortems)
    def delete(self, mortem: str) -> None:
        post_mortems.delete(self.library, [mortem], ANN)
        self.known[mortem].deleted = True

    @rule(mortem=mortems)
    def undelete(self, mortem: str) -> None:
        post_mortems.undelete(self.library, [mortem], ANN)
        self.known[mortem].deleted = False

    @rule(target=items, mortem=mortems, state=st.sampled_from(ActionState), root=st.booleans())
    def action_add(self, mortem: str, state: ActionState, root: bool) -> str:
        place = "1" if root and self._current(mortem).root_of(self._leaf(mortem)) else ""
        item = actions.add(self.library, mortem, action(state=state), ANN, root=place)
        self.known[mortem].actions.append(item.id)
        self.states[item.id] = state
        return item.id

    def _leaf(self, mortem: str) -> str:
        return str(self._current(mortem).post_mortem.whys[0].nodes[0].id)

    def _is_here(self, item: str) -> bool:
        return any(item in known.actions for known in self.known.values())

    @rule(item=items, state=st.sampled_from(ActionState))
    def action_set(self, item: str, state: ActionState) -> None:
        if self._is_here(item):
            actions.set_fields(self.library, item, {"state": state.value}, BEN)
            self.states[item] = state

    @rule(item=items, mortem=mortems)
    def action_share(self, item: str, mortem: str) -> None:
        known = self.known[mortem]
        if self._is_here(item):
            actions.share(self.library, item, mortem, ANN)
            known.actions += [] if item in known.actions else [item]

    @rule(mortem=mortems, other=mortems, kind=st.sampled_from(RelationKind), ends=st.booleans())
    def relate(self, mortem: str, other: str, kind: RelationKind, ends: bool) -> None:
        if mortem == other:
            return
        if ends:
            relations.unrelate(self.library, mortem, kind, other, ANN)
            self.known[mortem].related.discard((kind, other))
        else:
            relations.relate(self.library, mortem, kind, other, ANN)
            self.known[mortem].related.add((kind, other))

    @rule(mortem=mortems, other=mortems, title=TITLES.filter(bool))
    def roots_change(self, mortem: str, other: str, title: str) -> None:
        root = self._current(other).root_of(self._leaf(other))
        roots.reach(self.library, mortem, "1", root.id, ANN)
        roots.change(self.library, root.id, ANN, title=title)
        assert self._current(mortem).root_of(self._leaf(mortem)).title == title.strip()

    @rule(mortem=mortems, other=mortems)
    def roots_merge(self, mortem: str, other: str) -> None:
        one, two = (self._current(m).root_of(self._leaf(m)) for m in (mortem, other))
        if one.id != two.id:
            roots.merge(self.library, one.id, two.id, ANN)
        assert self._current(mortem).root_of(self._leaf(mortem)).id == two.id

    @rule(
        target=bulk,
        chosen=st.lists(mortems, max_size=3),
        severity=st.none() | st.sampled_from(("SEV1", "SEV3")),
        status=st.none() | st.sampled_from(Status),
        add=TAGS,
        remove=TAGS,
    )
    def bulk_edit(
        self, chosen: list[str], severity: str | None, status: Status | None, add: str, remove: str
    ) -> tuple[Before, ...]:
        change = BulkEdit(severity, status, None, (add,), (remove,))
        before = labels.edit(self.library, chosen, change, ANN)
        for mortem in dict.fromkeys(chosen):
            known = self.known[mortem]
            known.tags = tuple(dict.fromkeys((*(t for t in known.tags if t != remove), add)))
            known.severity = severity or known.severity
            known.status = status or known.status
        return before

    @rule(before=consumes(bulk))
    def undo(self, before: tuple[Before, ...]) -> None:
        expected = 0
        for entry in before:
            known = self.known[entry.post_mortem.id]
            if self._current(entry.post_mortem.id).version == entry.version_after:
                expected += 1
                known.tags = entry.post_mortem.tags
                known.severity = entry.post_mortem.incidents[0].severity
                known.status = entry.post_mortem.status
        assert labels.undo(self.library, before, ANN) == expected

    @invariant()
    def the_library_says_what_the_model_says(self) -> None:
        rows = {row.id: row for row in catalogue(self.library)}
        assert set(rows) == {name for name, known in self.known.items() if not known.deleted}
        for mortem, known in self.known.items():
            found = self._current(mortem)
            assert found.post_mortem.title == known.title
            assert found.post_mortem.tags == known.tags
            assert found.post_mortem.status is known.status
            assert found.post_mortem.status_history[-1].status is known.status
            assert found.post_mortem.incidents[0].severity == known.severity
            assert [item.id for item in found.actions] == known.actions
            assert {(r.kind, r.id) for r in found.relations} == known.related
            self._check_history(found, known)
            if mortem in rows:
                assert set(rows[mortem].tags) == set(known.tags)
                assert rows[mortem].health.total == len(known.actions)
        visible = {n for k in self.known.values() if not k.deleted for n in k.actions}
        every = {row.action.id: row.action for row in action_queries.every(self.library)}
        assert every.keys() == visible
        assert all(every[name].state is self.states[name] for name in every)

    def _check_history(self, found: Any, known: Known) -> None:
        """What reads differently is another version, and each version is a revision."""
        history = queries.history(self.library, found.post_mortem.id)
        known.revisions += [known.kept()] * (len(history) - len(known.revisions))
        conflicts = [r for r in history if r.kind == "conflict"]
        assert len(history) - len(conflicts) == found.version
        number = next(r.number for r in history if r.kind != "conflict")
        last = queries.revision(self.library, found.post_mortem.id, number)
        assert unnamed(last) == unnamed(found)

    @invariant()
    def the_change_log_names_whatever_reads_differently(self) -> None:
        shown = {name: to_json(self._current(name)) for name in self.known}
        gone = {name for name, known in self.known.items() if known.deleted}
        found = changes.after(self.library, self.seq)
        differ = {name for name, data in shown.items() if data != self.shown.get(name)}
        assert differ <= found.ids | found.gone
        assert found.gone <= gone
        assert not found.ids & gone
        self.shown, self.seq = shown, found.seq
        assert found.seq == changes.head(self.library)


TestCommands = Commands.TestCase
TestCommands.settings = settings(
    max_examples=300 if SOAK else 5, stateful_step_count=50 if SOAK else 20, deadline=None
)
