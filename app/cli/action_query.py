"""The small query language of ``action list``: words, phrases and filters. Never raises."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from models.domain.action import DONE_STATES, ActionItem
from models.queries.actions import ActionRow
from models.vocabulary import Vocabularies

Test = Callable[[ActionRow], bool]

_PIECE = re.compile(r'(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"|([^\s"]+))|"')


@dataclass(frozen=True, slots=True)
class ActionQuery:
    """What was asked for, and what to tell about it."""

    tests: tuple[Test, ...] = ()
    notices: tuple[str, ...] = ()
    mended: bool = False

    def fits(self, row: ActionRow) -> bool:
        """Whether an action item has everything that was asked for."""
        return all(test(row) for test in self.tests)


def parse(text: str, vocabularies: Vocabularies) -> ActionQuery:
    """Understands a query; an unknown ``word:`` is searched as text, with a notice."""
    tests: list[Test] = []
    mended = False
    notices: list[str] = []
    for piece in _PIECE.finditer(text):
        excluded, name, quoted, word = piece.groups()
        value = word if quoted is None else quoted
        if not value:
            notices.append('A quotation mark (") is not closed or empty; it was left out.')
            mended = True
            continue
        test = _filter(name.casefold(), value, vocabularies, notices) if name else None
        if test is None:
            test = _words(f"{name}:{value}" if name else value)
        tests.append(_not(test) if excluded else test)
    return ActionQuery(tuple(tests), tuple(dict.fromkeys(notices)), mended)


def _not(test: Test) -> Test:
    return lambda row: not test(row)


def _filter(name: str, value: str, vocabularies: Vocabularies, notices: list[str]) -> Test | None:
    wanted = value.casefold()
    if name == "owner":
        return lambda row: wanted in row.action.owner.casefold()
    if name == "team":
        return lambda row: wanted in row.action.team.casefold()
    if name == "priority":
        priority = vocabularies.priorities.canonical(value)
        return lambda row: row.action.priority == priority
    if name == "ref":
        return lambda row: wanted in _refs(row)
    if name in ("action", "state"):
        return _stands(value, vocabularies, notices)
    notices.append(f"“{name}:” is no filter here; it was searched as text.")
    return None


def _refs(row: ActionRow) -> set[str]:
    return {row.action.ref.casefold(), *(home.ref.casefold() for home in row.homes)}


def _stands(value: str, vocabularies: Vocabularies, notices: list[str]) -> Test:
    stands: dict[str, Test] = {
        "open": lambda row: row.action.is_open,
        "done": lambda row: row.action.state in DONE_STATES,
        "overdue": lambda row: row.overdue,
        "slipped": lambda row: row.slipped,
    }
    known = stands.get(value.casefold())
    if known is not None:
        return known
    term = vocabularies.action_states.find(value)
    if term is None:
        notices.append(f"No action item can be {value!r}; there are open, done, overdue, slipped.")
        return lambda _row: False
    return lambda row: row.action.state.value == term.id


def _words(text: str) -> Test:
    wanted = " ".join(text.casefold().split())
    return lambda row: wanted in _text(row.action)


def _text(item: ActionItem) -> str:
    said = (item.ref, item.title, item.text, item.done_when, item.owner, item.team, *item.links)
    return " ".join(" ".join(said).casefold().split())
