"""Whether an action item says what will be done: a verb, a scope and an end state."""

import re

from models.language.rules import Rule, Rules

VERB = "action-verb"
SCOPE = "action-scope"
END_STATE = "action-end-state"
OWNER = "action-owner"
DATE = "action-date"
WISH = "vague-action"

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_FIGURE = re.compile(r"\d")
_FIRST = 4
"""Words in which a verb must stand: "To improve", "Please also add"."""
_LEAST = 3
"""Words that a scope takes, beside the small ones: the verb, what, and of what."""


def check_words(text: str, rules: Rules) -> list[tuple[Rule, tuple[int, int]]]:
    """What the words of an action leave out, each with the span to underline."""
    words = [found[0].casefold().replace("’", "'") for found in _WORD.finditer(text)]
    if not words:
        return []
    missing = {
        VERB: not has_verb(words, rules),
        SCOPE: not _has_scope(words, rules),
        END_STATE: not has_end_state(text, rules),
    }
    span = 0, len(text)
    found = [(rules.of(name), span) for name, is_missing in missing.items() if is_missing]
    return [(rule, place) for rule, place in found if rule is not None]


def has_verb(words: list[str], rules: Rules) -> bool:
    """Whether an action begins with what somebody does."""
    verbs = rules.lists["action_verbs"]
    return any(part in verbs for word in words[:_FIRST] for part in (word, word.split("-")[-1]))


def _has_scope(words: list[str], rules: Rules) -> bool:
    small = rules.lists["small_words"]
    return len([word for word in words if word not in small]) >= _LEAST


def has_end_state(text: str, rules: Rules) -> bool:
    """Whether the words say how one sees that it is done: a figure, or "so that", "until"."""
    lowered = f" {' '.join(text.casefold().split())} "
    marks = rules.lists["end_states"]
    return _FIGURE.search(text) is not None or any(f" {mark} " in lowered for mark in marks)
