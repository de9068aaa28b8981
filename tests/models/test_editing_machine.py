"""Two authors at one post-mortem: any edits, undo, redo, saves and reloads, in any order.

Each has a history of edits and saves through ``merge_save`` into one real library, as two windows
do. The why trees stay trees, undo leads back to the very start while nobody else wrote, and no
word of either is lost when their versions meet.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models import codec
from models.commands import post_mortems as commands
from models.document import Document, new_id
from models.domain.incident import Event
from models.domain.post_mortem import Section
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree, walk
from models.editing import whys
from models.editing.branches import nodes_in
from models.editing.history import History
from models.editing.outline import as_text, from_text
from models.merging import merge
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests import SOAK
from tests.models.examples import ANN, BEN, Clock, document, empty_library, leaf

Change = Callable[[Document], Document]
WHO = st.sampled_from((0, 1))
PLACE = st.integers(0, 9)
PROSE = st.sampled_from(("summary", "contributing_factors"))


def words(*values: Any) -> set[str]:
    """The words that the authors wrote; each is written once, so that none hides another."""
    texts = (codec.dumps(value).replace("\\n", " ") for value in values)
    return {word for text in texts for word in re.findall(r"\bw\d+\b", text)}


def nodes_of(known: Document) -> list[WhyNode]:
    return [one for tree in known.post_mortem.whys for one in nodes_in(tree.nodes)]


def in_tree(known: Document, change: Callable[[WhyTree], WhyTree]) -> Document:
    tree = change(known.post_mortem.whys[0])
    return with_text(known, whys=whys.with_tree(known.post_mortem.whys, tree))


def answering(id: str, text: str) -> Change:
    return lambda known: in_tree(known, lambda tree: whys.change(tree, id, answer=text))


def with_text(known: Document, **fields: Any) -> Document:
    return replace(known, post_mortem=replace(known.post_mortem, **fields))


@dataclass
class Desk:
    """One author: a history of edits, and the document as it was last read from the library."""

    actor: Actor
    history: History
    stored: Document
    start: Document
    is_alone: bool = True


class TwoAuthors(RuleBasedStateMachine):
    """A library with one post-mortem and two desks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.opened = empty_library(Path(self.folder.name) / "library", Clock())
        self.library = self.opened.__enter__()
        self.desks: list[Desk] = []
        self.counter = itertools.count(1)
        self.written: tuple[set[str], set[str]] = (set(), set())
        self.seconds = 0.0

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)
        self.folder.cleanup()

    def _word(self) -> str:
        return f"w{next(self.counter)}"

    @initialize()
    def begin(self) -> None:
        made = document("Start", leaf("one"), leaf("two"))
        event = Event(new_id(), None, text="Alert")
        incident = replace(made.post_mortem.incidents[0], timeline=(event,))
        section = Section(new_id(), "Costs", "None.")
        made = with_text(made, incidents=(incident,), sections=(section,), summary="A.\n\nB.\n\nC.")
        self.id = commands.add(self.library, made, ANN).id
        stored = queries.by_id(self.library, self.id)
        self.desks = [Desk(who, History(stored), stored, stored) for who in (ANN, BEN)]

    # -- edits ---------------------------------------------------------------------------------

    def _edit(self, who: int, name: str, change: Change, *, typing: bool = False) -> None:
        history = self.desks[who].history
        self.seconds += 1.0
        changed = change(history.document)
        self.written[who].update(words(changed) - words(history.document))
        history.apply(name, changed, place=name, typing=typing, at=self.seconds)
        assert history.document == changed

    def _pick(self, who: int, place: int) -> str:
        known = nodes_of(self.desks[who].history.document)
        return known[place % len(known)].id if known else "nobody"

    @rule(who=WHO, place=PLACE)
    def add(self, who: int, place: int) -> None:
        one = WhyNode(new_id(), f"Why {self._word()}?", self._word())
        id = self._pick(who, place) if place else None
        self._edit(who, "Add", lambda d: in_tree(d, lambda t: whys.add_below(t, id, one)))

    @rule(
        who=WHO,
        place=PLACE,
        steps=st.integers(-2, 2),
        how=st.sampled_from(("move", "indent", "outdent", "join", "remove")),
    )
    def rearrange(self, who: int, place: int, steps: int, how: str) -> None:
        id = self._pick(who, place)
        changes: dict[str, Callable[[WhyTree], WhyTree]] = {
            "move": lambda t: whys.move(t, id, steps),
            "indent": lambda t: whys.indent(t, id),
            "outdent": lambda t: whys.outdent(t, id),
            "join": lambda t: whys.toggle_joined(t, id),
            "remove": lambda t: whys.remove(t, id),
        }
        self._edit(who, how, lambda d: in_tree(d, changes[how]))

    @rule(who=WHO, place=PLACE, below=PLACE, index=st.integers(0, 3))
    def drag(self, who: int, place: int, below: int, index: int) -> None:
        id, to = self._pick(who, place), self._pick(who, below)
        self._edit(who, "Drag", lambda d: in_tree(d, lambda t: whys.move_to(t, id, to, index)))

    @rule(who=WHO, place=PLACE, below=PLACE)
    def paste(self, who: int, place: int, below: int) -> None:
        """Copies a branch with other words, as text."""
        known = self.desks[who].history.document.post_mortem.whys[0]
        one = whys.find(known, self._pick(who, place))
        copied = re.sub(r"\bw\d+\b", lambda _: self._word(), as_text((one,))) if one else ""
        to = self._pick(who, below)
        self._edit(
            who, "Paste", lambda d: in_tree(d, lambda t: whys.paste(t, to, from_text(copied)))
        )

    @rule(who=WHO, place=PLACE, stops=st.booleans())
    def stop(self, who: int, place: int, stops: bool) -> None:
        id = self._pick(who, place)
        stop = Stop(StopReason.OUTSIDE, self._word()) if stops else None
        self._edit(who, "Stop", lambda d: in_tree(d, lambda t: whys.change(t, id, stop=stop)))

    @rule(who=WHO, place=PLACE, count=st.integers(1, 4))
    def answer(self, who: int, place: int, count: int) -> None:
        """Types some words at the end of an answer."""
        id = self._pick(who, place)
        for _ in range(count):
            one = whys.find(self.desks[who].history.document.post_mortem.whys[0], id)
            text = f"{one.answer if one else ''} {self._word()}"
            self._edit(who, f"Type answer {id}", answering(id, text), typing=True)

    @rule(who=WHO, field=PROSE, place=PLACE, how=st.sampled_from(("put", "change", "remove")))
    def prose(self, who: int, field: str, place: int, how: str) -> None:
        """Puts in, changes or removes a paragraph."""
        text = getattr(self.desks[who].history.document.post_mortem, field)
        parts = text.split("\n\n") if text else []
        at = place % (len(parts) + 1)
        if how == "put":
            parts.insert(at, self._word())
        elif how == "change":
            parts[at : at + 1] = [f"{' '.join(parts[at : at + 1])} {self._word()}".strip()]
        else:
            del parts[at : at + 1]
        joined = "\n\n".join(parts)
        self._edit(who, f"Type {field}", lambda d: with_text(d, **{field: joined}), typing=True)

    @rule(who=WHO, place=PLACE, how=st.sampled_from(("add", "change", "move", "remove")))
    def sections(self, who: int, place: int, how: str) -> None:
        own = list(self.desks[who].history.document.post_mortem.sections)
        at = place % (len(own) + 1)
        if how == "add":
            own.insert(at, Section(new_id(), self._word(), self._word()))
        elif how == "change" and own[at:]:
            own[at] = replace(own[at], markdown=f"{own[at].markdown}\n\n{self._word()}")
        elif how == "move":
            own[at:] = own[at:][::-1]
        else:
            del own[at : at + 1]
        self._edit(who, f"Section {how}", lambda d: with_text(d, sections=tuple(own)))

    @rule(who=WHO, place=PLACE, adds=st.booleans())
    def events(self, who: int, place: int, adds: bool) -> None:
        def change(known: Document) -> Document:
            incident = known.post_mortem.incidents[0]
            log = list(incident.timeline)
            at = place % (len(log) + 1)
            if adds or not log[at:]:
                log.insert(at, Event(new_id(), None, text=self._word()))
            else:
                log[at] = replace(log[at], text=f"{log[at].text} {self._word()}")
            return with_text(known, incidents=(replace(incident, timeline=tuple(log)),))

        self._edit(who, "Event", change)

    # -- undo and redo -------------------------------------------------------------------------

    @rule(who=WHO, count=st.integers(1, 3))
    def undo(self, who: int, count: int) -> None:
        history = self.desks[who].history
        before = words(history.document) & self.written[1 - who]
        for _ in range(count):
            history.undo()
        assert before <= words(history.document), "undo took back what the other wrote"

    @rule(who=WHO, count=st.integers(1, 3))
    def redo(self, who: int, count: int) -> None:
        for _ in range(count):
            self.desks[who].history.redo()

    @rule(who=WHO)
    def undo_everything(self, who: int) -> None:
        """Back to the very start and on again, whatever was saved between."""
        desk = self.desks[who]
        before, done = desk.history.document, 0
        while desk.history.undo() is not None:
            done += 1
        if desk.is_alone:
            assert desk.history.document.post_mortem == desk.start.post_mortem
        assert not desk.history.undo_name
        for _ in range(done):
            desk.history.redo()
        if desk.is_alone:
            assert desk.history.document.post_mortem == before.post_mortem

    # -- the library ---------------------------------------------------------------------------

    @rule(who=WHO, autosave=st.booleans())
    def save(self, who: int, autosave: bool) -> None:
        desk = self.desks[who]
        mine, base = desk.history.document, desk.stored
        theirs = queries.by_id(self.library, self.id)
        merged = commands.merge_save(self.library, mine, base, desk.actor, coalesce=autosave)
        assert words(mine) - words(base) <= words(merged.document)
        assert words(theirs) - words(base) <= words(merged.document)
        assert merged.document == queries.by_id(self.library, self.id)
        if theirs.post_mortem == base.post_mortem:
            assert merged.document.post_mortem == mine.post_mortem
            assert merged.conflicts == ()
        else:
            desk.is_alone = False
        desk.history.rebase(merged.document)
        desk.stored = merged.document

    @rule(who=WHO)
    def take_over(self, who: int) -> None:
        """What the other saved comes in while edits are not saved yet."""
        desk = self.desks[who]
        mine, now = desk.history.document, queries.by_id(self.library, self.id)
        merged = merge(desk.stored, mine, now)
        desk.is_alone = desk.is_alone and now.post_mortem == desk.stored.post_mortem
        assert words(mine) - words(desk.stored) <= words(merged.document)
        assert words(now) - words(desk.stored) <= words(merged.document)
        desk.history.rebase(merged.document)
        desk.stored = now

    @rule(who=WHO)
    def reload(self, who: int) -> None:
        now = queries.by_id(self.library, self.id)
        self.desks[who] = Desk(self.desks[who].actor, History(now), now, now)

    @invariant()
    def trees_are_trees(self) -> None:
        for desk in self.desks:
            check(desk.history.document)


def check(known: Document) -> None:
    """Ids are unique, first siblings are joined with nobody, and only leaves stop."""
    ids = [one.id for one in nodes_of(known)]
    assert len({*ids}) == len(ids)
    for tree in known.post_mortem.whys:
        for siblings in (tree.nodes, *(one.children for _, one in walk(tree))):
            assert not siblings or not siblings[0].joined
        assert not any(one.stop and one.children for _, one in walk(tree))
    assert codec.loads(Document, codec.dumps(known)) == known


TestTwoAuthors = TwoAuthors.TestCase
TestTwoAuthors.settings = settings(
    max_examples=300 if SOAK else 8, stateful_step_count=60 if SOAK else 30, deadline=None
)
