"""Rules on what follows from it: whys, lessons, actions, sections of one's own."""

from collections.abc import Iterator

from models.completeness import section_key
from models.domain.action import ActionItem, ActionState
from models.domain.whys import StopReason
from models.guidance.found import Facts, Found, Rule

SETTLED = (ActionState.VERIFIED, ActionState.WONT_DO, ActionState.SUPERSEDED)
"""States of an action that keep no post-mortem open."""


def _no_whys(facts: Facts) -> Iterator[Found]:
    if not facts.nodes:
        trees = facts.document.post_mortem.whys
        yield Found(trees[0].id if trees else "whys")


def _no_problem(facts: Facts) -> Iterator[Found]:
    for tree in facts.document.post_mortem.whys:
        if tree.nodes and not tree.problem.strip():
            yield Found(tree.id)


def _answers(facts: Facts) -> Iterator[Found]:
    for address, node in facts.nodes.items():
        if not node.answer.strip():
            yield Found(node.id, address)


def _evidence(facts: Facts) -> Iterator[Found]:
    for address, node in facts.nodes.items():
        if node.answer.strip() and not node.is_shown:
            yield Found(node.id, address)


def _stops(facts: Facts) -> Iterator[Found]:
    for address, node in facts.nodes.items():
        if node.answer.strip() and not node.children and node.stop is None:
            yield Found(node.id, address)


def _countermeasures(facts: Facts) -> Iterator[Found]:
    for address, node in facts.nodes.items():
        is_fixable = node.stop is not None and node.stop.reason is StopReason.FIXABLE
        is_root = bool(node.answer.strip()) and not node.children and is_fixable
        if is_root and node.id not in facts.addressed:
            yield Found(node.id, address)


def _factors(facts: Facts) -> Iterator[Found]:
    if not facts.document.post_mortem.contributing_factors.strip():
        yield Found("contributing factors")


def _lesson(field: str, place: str) -> Rule:
    """A part of the lessons; one text for all of them answers each."""

    def rule(facts: Facts) -> Iterator[Found]:
        lessons = facts.document.post_mortem.lessons
        if not str(getattr(lessons, field)).strip() and not lessons.text.strip():
            yield Found(f"lessons/{place}")

    return rule


def _any_lesson(facts: Facts) -> Iterator[Found]:
    lessons = facts.document.post_mortem.lessons
    parts = (lessons.text, lessons.went_well, lessons.went_wrong, lessons.lucky)
    if not any(part.strip() for part in parts):
        yield Found("lessons/lessons")


def called(action: ActionItem) -> str:
    """How an action is named in a sentence."""
    return action.ref or (f"“{action.title}”" if action.title.strip() else "an action")


def _own(facts: Facts) -> Iterator[ActionItem]:
    """The actions that this post-mortem answers for."""
    yield from (one for one in facts.document.actions if one.id not in facts.borrowed)


def _no_actions(facts: Facts) -> Iterator[Found]:
    if not facts.document.actions:
        yield Found("actions")


def _nameless(facts: Facts) -> Iterator[Found]:
    for action in _own(facts):
        if not action.title.strip():
            yield Found(action.id, called(action))


def _without_a_team(facts: Facts) -> Iterator[Found]:
    for action in _own(facts):
        if action.is_open and not (action.team.strip() or action.owner.strip()):
            yield Found(action.id, called(action))


def _undecided(facts: Facts) -> Iterator[Found]:
    for action in _own(facts):
        if action.state is ActionState.PROPOSED:
            yield Found(action.id, called(action))


def _is_reopened(facts: Facts, action: ActionItem) -> bool:
    """Whether it had ended, is open again in Jira, and did not end since."""
    return action.is_open and action.id in facts.reopened


def _reopened(facts: Facts) -> Iterator[Found]:
    for action in _own(facts):
        if _is_reopened(facts, action):
            yield Found(action.id, called(action))


def _unfinished(facts: Facts) -> Iterator[Found]:
    """What was opened again is told as that."""
    for action in _own(facts):
        is_left = action.state not in (*SETTLED, ActionState.PROPOSED)
        if is_left and not _is_reopened(facts, action):
            yield Found(action.id, called(action), more=action.state.value)


def _own_sections(facts: Facts) -> Iterator[Found]:
    for own in facts.document.post_mortem.sections:
        if not own.markdown.strip():
            yield Found(own.id, own.heading or "Untitled section", section=section_key(own.id))


RULES: dict[str, Rule] = {
    "whys": _no_whys,
    "problem": _no_problem,
    "answer": _answers,
    "evidence": _evidence,
    "stop": _stops,
    "countermeasure": _countermeasures,
    "factors": _factors,
    "went well": _lesson("went_well", "went well"),
    "went wrong": _lesson("went_wrong", "went wrong"),
    "lucky": _lesson("lucky", "lucky"),
    "lessons": _any_lesson,
    "actions": _no_actions,
    "nameless action": _nameless,
    "action without a team": _without_a_team,
    "undecided action": _undecided,
    "reopened action": _reopened,
    "unfinished action": _unfinished,
    "own section": _own_sections,
}
