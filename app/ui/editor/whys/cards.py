"""What each row of a why tree says: the problem, whys, and the ghost rows that ask the next one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.ui.editor.whys import prompts
from app.ui.editor.whys.effects import effect_words
from app.ui.editor.whys.known import Known
from app.ui.editor.whys.prompts import Ask
from app.ui.painting import ChipText
from app.ui.wording import Wording
from models.document import Document
from models.domain.action import ActionItem
from models.domain.incident import Evidence
from models.domain.post_mortem import PostMortem
from models.domain.root import RelationKind
from models.domain.whys import Stop, WhyNode, WhyTree

EVIDENCE_ICONS = {
    "link": "link-simple",
    "quote": "quotes",
    "attachment": "paperclip",
    "event": "clock",
    "query": "terminal",
}
PROBLEM = "problem"
GHOST = "ghost:"


class Kind(Enum):
    """What a row is."""

    PROBLEM = "problem"
    WHY = "why"
    GHOST = "ghost"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A countermeasure in a root's strip."""

    ref: str
    title: str
    state: ChipText


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence of advice, and the id of the action that answers it, or ""."""

    sentence: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One row as it is drawn and read out.

    ``asked`` says whether the question is the author's own and no prompt, ``answered`` the same
    of the answer. ``joined_with`` is the number of the sibling that was needed, too; ``in_group``
    whether any was. ``below`` counts the whys that folding hides.
    """

    kind: Kind
    number: str = ""
    siblings: int = 0
    question: str = ""
    asked: bool = True
    answer: str = ""
    answered: bool = True
    label: str = ""
    evidence: tuple[ChipText, ...] = ()
    joined_with: str = ""
    in_group: bool = False
    below: int = 0
    stop: Stop | None = None
    found_in: tuple[ChipText, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    wants_evidence: str = ""
    hints: tuple[Hint, ...] = ()

    @property
    def is_root(self) -> bool:
        """Whether this chain of whys ends here."""
        return self.stop is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with the rows below it. ``key`` is the node's id, or names a row that has no node."""

    key: str
    card: Card
    children: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Advised:
    """What advice says of a node: the wish for evidence apart; ``counted`` is counted as hints."""

    wants_evidence: str = ""
    hints: tuple[Hint, ...] = ()
    counted: int = 0


_NOTHING = Advised()


class CardMaker:
    """Makes the rows of a tree, and the very same rows again for branches that did not change."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._made: dict[str, tuple[WhyNode, Card]] = {}
        self._entries: dict[str, tuple[WhyNode, Card, Entry]] = {}
        self._facts: tuple[object, ...] = ()
        self._document = Document(PostMortem("", ""))
        self._known = Known()
        self._ask: Ask = "why"
        self._tree = WhyTree("")
        self._advice: Mapping[str, Advised] = {}

    def entries(
        self,
        document: Document,
        tree: WhyTree,
        ask: Ask,
        known: Known,
        advice: Mapping[str, Advised],
    ) -> Entry:
        """The problem's row with everything below it."""
        facts = (
            *(document.actions, document.roots, document.leaf_roots, document.root_actions),
            *(document.relations, document.post_mortem.id, ask, tree.id, known),
        )
        is_same = len(facts) == len(self._facts) and all(
            one is other or one == other for one, other in zip(facts, self._facts, strict=True)
        )
        if not is_same:
            self._made.clear()
            self._entries.clear()
        ids = advice.keys() | self._advice.keys()
        told = {id for id in ids if advice.get(id) != self._advice.get(id)}
        for id in _up_to(tree.nodes, told):
            self._entries.pop(id, None)
        self._facts, self._document, self._known = facts, document, known
        self._ask, self._tree, self._advice = ask, tree, advice
        rows = tuple(self._rows(tree.nodes, ""))
        problem = Card(
            Kind.PROBLEM,
            question=tree.problem or prompts.problem(tree.about),
            asked=bool(tree.problem),
            answer=effect_words(document, tree.about),
            label=prompts.effect(tree.about),
            below=_count(tree.nodes),
        )
        return Entry(PROBLEM, problem, rows or (self._ghost(PROBLEM, first=True),))

    def _rows(self, nodes: Sequence[WhyNode], above: str) -> Iterator[Entry]:
        for index, node in enumerate(nodes):
            number = f"{above}{index + 1}"
            after = nodes[index + 1] if index + 1 < len(nodes) else None
            placed = Card(
                Kind.WHY,
                number,
                len(nodes),
                joined_with=f"{above}{index}" if node.joined and index else "",
                in_group=bool(node.joined and index) or bool(after and after.joined),
            )
            kept = self._entries.get(node.id)
            if kept is None or kept[0] is not node or kept[1] != placed:
                kept = node, placed, self._entry(node, placed)
                self._entries[node.id] = kept
            yield kept[2]

    def _entry(self, node: WhyNode, placed: Card) -> Entry:
        card = self._card(node, placed, self._made.get(node.id))
        self._made[node.id] = (node, card)
        below = tuple(self._rows(node.children, f"{placed.number}."))
        if not below and node.stop is None:
            below = (self._ghost(node.id, first=False),)
        return Entry(node.id, card, below)

    def _ghost(self, above: str, *, first: bool) -> Entry:
        words = prompts.question(self._ask, self._tree.about, first=first)
        label = prompts.ghost(self._ask)
        return Entry(GHOST + above, Card(Kind.GHOST, question=words, label=label))

    def _card(self, node: WhyNode, placed: Card, made: tuple[WhyNode, Card] | None) -> Card:
        advised = self._advice.get(node.id, _NOTHING)
        stop = node.stop if not node.children else None
        if made is not None and made[0] is node:
            card = made[1]
            fresh = replace(
                card,
                number=placed.number,
                siblings=placed.siblings,
                joined_with=placed.joined_with,
                in_group=placed.in_group,
                wants_evidence=advised.wants_evidence,
                hints=_standing(advised.hints, card.actions),
            )
            return card if fresh == card else fresh
        question = node.question or prompts.question(
            self._ask, self._tree.about, first="." not in placed.number
        )
        actions = self._actions(node) if stop else ()
        return replace(
            placed,
            question=question,
            asked=bool(node.question),
            answer=node.answer or prompts.ANSWER,
            answered=bool(node.answer),
            evidence=tuple(self.evidence_chip(evidence) for evidence in node.evidence),
            below=_count(node.children),
            stop=stop,
            found_in=self._found_in(node) if stop else (),
            actions=actions,
            wants_evidence=advised.wants_evidence,
            hints=_standing(advised.hints, actions),
        )

    def evidence_chip(self, evidence: Evidence) -> ChipText:
        """What a piece of evidence is called on its card."""
        words = evidence.text.strip() or evidence.target.strip()
        if evidence.kind == "event" and not evidence.text.strip():
            log = [e for i in self._document.post_mortem.incidents for e in i.timeline]
            words = next((e.text for e in log if e.id == evidence.target), words)
        return ChipText(
            words or "Evidence without words", "neutral", EVIDENCE_ICONS.get(evidence.kind, "note")
        )

    def _found_in(self, node: WhyNode) -> tuple[ChipText, ...]:
        root = self._document.root_of(node.id)
        known = self._known.roots.get(root.id) if root else None
        if known is None:
            return ()
        repeats = {r.ref for r in self._document.relations if r.kind is RelationKind.REPEAT_OF}
        own = self._document.post_mortem.id
        return tuple(
            ChipText(f"Repeat of {ref}" if ref in repeats else f"Also in {ref}", "amber", "repeat")
            for ref in known.elsewhere(own)
        )

    def _actions(self, node: WhyNode) -> tuple[ActionLine, ...]:
        root = self._document.root_of(node.id)
        if root is None:
            return ()
        own = self._document.actions_of(root.id)
        known = self._known.roots.get(root.id)
        ended = {
            k.action_id for k in self._document.root_actions if k.root_id == root.id and k.until
        }
        have = {action.id for action in self._document.actions} | ended
        others = [a for a in known.actions if a.id not in have] if known else []
        return tuple(self._line(action) for action in (*own, *others))

    def _line(self, action: ActionItem) -> ActionLine:
        chip = self._wording.action_state_chip(action.state.value)
        return ActionLine(action.ref or "New action", action.title, chip)


def _standing(hints: tuple[Hint, ...], actions: tuple[ActionLine, ...]) -> tuple[Hint, ...]:
    """Without the wish for an action where the library has one for the root."""
    return tuple(hint for hint in hints if not actions or hint.command != "why_action")


def _up_to(nodes: Sequence[WhyNode], ids: set[str]) -> set[str]:
    """These whys, and all that they stand below."""
    found: set[str] = set()
    for node in nodes if ids else ():
        below = _up_to(node.children, ids)
        if below or node.id in ids:
            found |= below | {node.id}
    return found


def _count(nodes: Sequence[WhyNode]) -> int:
    return sum(1 + _count(node.children) for node in nodes)


def sentence(card: Card) -> str:
    """A row as a screen reader says it."""
    if card.kind is Kind.GHOST:
        return f"Add a why: {card.question} Press Enter."
    if card.kind is Kind.PROBLEM:
        return ", ".join(part for part in (f"Problem: {card.question}", card.answer) if part)
    parts = [f"Why {card.number} of {card.siblings}"]
    parts.append(card.answer if card.answered else f"not answered yet: {card.question}")
    if card.stop is not None:
        parts.append(f"root, {stop_words(card.stop)}")
    if card.evidence:
        parts.append("evidence: " + ", ".join(chip.text for chip in card.evidence))
    if card.wants_evidence:
        parts.append(card.wants_evidence if card.evidence else "no evidence")
    if card.joined_with:
        parts.append(f"AND with {card.joined_with}")
    parts += [f"action {a.ref}, {a.title}, {a.state.text}" for a in card.actions]
    parts += [chip.text for chip in card.found_in]
    return ", ".join((*parts, *(hint.sentence for hint in card.hints)))


def stop_words(stop: Stop) -> str:
    """A stop reason with who accepted it and why."""
    accepted = f", accepted by {stop.accepted_by}" if stop.accepted_by else ""
    return f"{stop.reason.value}{accepted}"
