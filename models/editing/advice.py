"""What a why tree still wants, said without blocking anybody, and a chain read backwards."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import resources
from models.document import Document
from models.domain.action import ActionState
from models.domain.whys import StopReason, WhyNode, WhyTree, walk
from models.editing import whys
from models.language import prose
from models.language.patterns import expression_of
from models.rooting import key_of

_BETWEEN = (
    r"(?:\s+(?!(?:which|that|whose|and|but|because|when|while|as|if|so|after|before|until)\b)"
    r"[^\s,;:.]+){0,5}?\s+"
)
"""Words between a person and what the person did, in the same clause."""
_CAPITALISED = r"(?<![\w.'’-])(?!(?:It|This|That|There|Nothing|Everything|Each|No)\b)[A-Z][a-z]+"


_LACKS = {
    "link": "The link has no address yet: where can it be seen?",
    "quote": "The quote has no words yet: what was said or written?",
    "query": "The query is not written yet: what was asked?",
    "attachment": "No file is chosen yet: which one shows it?",
    "event": "No event is chosen yet: which one shows it?",
}
"""Evidence that is begun shows nothing before this is answered."""


class Want(StrEnum):
    """What a piece of advice asks for."""

    EVIDENCE = "evidence"
    STOP = "stop"
    SYSTEM = "system"
    OTHER_ANSWER = "other answer"
    BRANCH = "branch"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing a why wants, in a sentence."""

    node_id: str
    want: Want
    sentence: str


def advice_on(tree: WhyTree, document: Document) -> tuple[Advice, ...]:
    """Advice on a tree of a document, in reading order."""
    found: list[Advice] = []
    answers: dict[str, str] = {}
    for number, node in walk(tree):
        found += (Advice(node.id, *one) for one in _wants(node, document))
        key = key_of(node.answer)
        if key and answers.setdefault(key, number) != number:
            sentence = f"This is the answer of {answers[key]} again: what made it so this time?"
            found.append(Advice(node.id, Want.OTHER_ANSWER, sentence))
    end = _end_of_line(tree)
    if end is not None:
        sentence = "One line of whys only: what else had to be true for it to happen?"
        found.append(Advice(end.id, Want.BRANCH, sentence))
    return tuple(found)


def backwards(tree: WhyTree, node_id: str) -> tuple[str, ...]:
    """The answers from a why up to the problem, word for word, to be read with "so" between.

    What has no words yet is left out.
    """
    said = []
    node = whys.find(tree, node_id)
    while node is not None:
        said.append(node.answer)
        node = whys.parent_of(tree, node.id)
    return tuple(text for text in (*said, tree.problem) if text.strip())


def chain_end(tree: WhyTree, node: WhyNode | None) -> str:
    """The end of the chain that goes on from a why, or from the problem: its first leaf, by id.

    "" in a tree without whys.
    """
    node = node or next(iter(tree.nodes), None)
    while node is not None and node.children:
        node = node.children[0]
    return node.id if node else ""


@lru_cache(maxsize=2000)
def names_person(text: str) -> bool:
    """Whether an answer stops at a person: "human error", "the engineer forgot"."""
    known = _patterns()
    for block in prose.blocks(text):
        words = known.software.sub(" ", prose.masked(block.text, known.people))
        if known.acting.search(words) or known.minded.search(words):
            return True
        if known.phrases.search(known.software.sub(" ", block.text)):
            return True
    return False


def _wants(node: WhyNode, document: Document) -> Iterator[tuple[Want, str]]:
    if not node.answer.strip():
        return
    if not node.is_shown:
        yield Want.EVIDENCE, _lack(node)
    if node.children:
        return
    root = document.root_of(node.id)
    if names_person(node.answer) or (root is not None and names_person(root.title)):
        yield (
            Want.SYSTEM,
            "This ends at a person: which tool, check or limit would have made it harmless?",
        )
    if node.stop is None:
        yield Want.STOP, "The chain ends here without a reason: ask further, or say why it stops."
    elif node.stop.reason is StopReason.FIXABLE:
        actions = document.actions_of(root.id) if root else ()
        if all(a.state in (ActionState.WONT_DO, ActionState.SUPERSEDED) for a in actions):
            yield Want.ACTION, "Fixable by us, and no action addresses it yet."


def _lack(node: WhyNode) -> str:
    """What is missing of its evidence."""
    kind = node.evidence[0].kind if node.evidence else ""
    return _LACKS.get(kind, "No evidence yet: what shows that this is so?")


def _end_of_line(tree: WhyTree) -> WhyNode | None:
    """The last why of a tree that is one line of several whys and ends in an answer."""
    level, last, length = tree.nodes, None, 0
    while len(level) == 1:
        last, length = level[0], length + 1
        level = last.children
    is_line = last is not None and not level and length > 1 and last.answer.strip()
    return last if is_line else None


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What names a person: looked for in a masked text, the phrases in the text itself."""

    people: prose.People
    acting: re.Pattern[str]
    minded: re.Pattern[str]
    phrases: re.Pattern[str]
    software: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    own = tomllib.loads(resources.read_text("whys", "people.toml"))
    shared = tomllib.loads(resources.read_text("language", "words.toml"))["words"]
    any_of = {name: "|".join(map(re.escape, words)) for name, words in own.items()}
    things, pronouns = ("|".join(map(re.escape, shared[n])) for n in ("role_things", "pronouns"))
    ends = rf"(?![\w'’{prose.ROLE}{prose.NAME}-])"
    person = (
        rf"(?:{prose.NAME}+{ends}|{prose.ROLE}+{ends}(?!\s+(?:{things})\b)"
        rf"|\b(?:{any_of['people']}|{pronouns})s?{ends})"
    )
    named = rf"{prose.NAME}+{ends}\s+(?:{any_of['acts_of_named']})\b"
    return _Patterns(
        prose.People(frozenset(shared["names"]), expression_of(tuple(shared["roles"]))),
        re.compile(rf"{named}|{person}{_BETWEEN}(?:{any_of['acts']})\b", re.IGNORECASE),
        re.compile(rf"{_CAPITALISED}(?:\s+[A-Z][a-z]+)?\s+(?:{any_of['acts_of_minds']})\b"),
        re.compile(rf"\b(?:{any_of['phrases']})\b", re.IGNORECASE),
        re.compile(any_of["not_people"], re.IGNORECASE),
    )
