"""The language check of a whole post-mortem: each finding with its place, and its open actions."""

from collections.abc import Generator
from dataclasses import dataclass

from models.document import Document
from models.domain.action import ActionItem
from models.language import actions
from models.language.checking import Finding, rewritten
from models.language.remembering import Checker
from models.language.rules import Rules
from models.language.texts import Place, Text, action_texts, texts_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding in the text of a place, and the words of its sentence."""

    place: Place
    finding: Finding
    sentence: str = ""


def check_document(document: Document, rules: Rules) -> tuple[Placed, ...]:
    """What the rules find in every text of a document, in reading order.

    The time of an event fills the blank for it. Actions that are done, or will not be, are left.
    """
    return _result(checking(document, Checker(rules)))


def checking(document: Document, checker: Checker) -> Generator[None, None, tuple[Placed, ...]]:
    """The same in small steps: after each the caller may do something else, or go no further."""
    found: list[Placed] = []
    for each in texts_of(document):
        found += yield from _found_in(each, checker)
    for action in document.actions:
        if action.is_open:
            found += yield from _found_in_action(action, checker)
    return tuple(found)


def check_action(action: ActionItem, rules: Rules) -> tuple[Placed, ...]:
    """What an action leaves open. An end state, an owner and a date may stand in their own fields;
    a finding about a field that is empty has no length.
    """
    return _result(_found_in_action(action, Checker(rules)))


def text_at(document: Document, place: Place) -> Text | None:
    """The text of a place, where the document has one."""
    every = (
        text
        for texts in (texts_of(document), *map(action_texts, document.actions))
        for text in texts
    )
    return next((text for text in every if text.place == place), None)


def with_suggestion(document: Document, placed: Placed) -> Document:
    """The document with a finding's rewrite in its place.

    The document itself, where the words that were found do not stand there any more.
    """
    finding, text = placed.finding, text_at(document, placed.place)
    if text is None or not finding.length:
        return document
    if text.text[finding.start :][: finding.length] != finding.text:
        return document
    return text.write(document, rewritten(text.text, finding))


_Steps = Generator[None, None, list[Placed]]


def _found_in(text: Text, checker: Checker) -> _Steps:
    before = checker.texts.get(text.place)
    if before is not None and before[:2] == (text.text, text.time):
        return before[2]
    known = {"time": text.time} if text.time else {}
    found: list[Placed] = []
    for piece in checker.pieces(text.text, kind=text.kind, known=known):
        for finding in piece:
            start, length = finding.sentence
            found.append(Placed(text.place, finding, text.text[start : start + length]))
        yield
    checker.texts[text.place] = text.text, text.time, found
    return found


def _found_in_action(action: ActionItem, checker: Checker) -> _Steps:
    def counts(finding: Finding) -> bool:
        open_end = finding.rule in (actions.END_STATE, actions.WISH)
        return not (open_end and action.done_when.strip())

    title, *others = action_texts(action)
    in_title = yield from _found_in(title, checker)
    found = [placed for placed in in_title if counts(placed.finding)]
    empty = {
        actions.OWNER: ("team", not (action.team or action.owner).strip()),
        actions.DATE: ("due", action.due is None and action.ready_at is None),
    }
    for name, (field, is_empty) in empty.items():
        rule = checker.rules.of(name)
        if is_empty and rule is not None:
            finding = Finding(0, 0, "", rule.id, rule.why, rule.suggestion, (0, 0), (0, 0))
            found.append(Placed(Place("actions", field, action.id), finding, action.title))
    for text in others:
        found += yield from _found_in(text, checker)
    return found


def _result(steps: Generator[None, None, tuple[Placed, ...] | list[Placed]]) -> tuple[Placed, ...]:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return tuple(end.value)
