"""Differences between two states of a post-mortem as lines of text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from models.differences import SECTION_NAMES, Change, Kind, Mark, condensed, word_changes

_MARKS = {Mark.KEPT: ("", ""), Mark.REMOVED: ("[-", "-]"), Mark.ADDED: ("{+", "+}")}


def difference_text(changes: Sequence[Change], before: str, after: str) -> str:
    """Section by section; "+" and "-" before what came and went, and around words that did."""
    lines = [f"--- {before}", f"+++ {after}"]
    for section, inside in groupby(changes, lambda change: change.place.section):
        lines += ["", SECTION_NAMES[section]]
        for change in inside:
            lines += _lines(change)
    return "\n".join(lines)


def _lines(change: Change) -> Iterator[str]:
    match change.kind:
        case Kind.MOVED:
            yield f"  {change.label}: moved from {change.before} to {change.after}"
            return
        case Kind.ADDED:
            sign, text = "+", change.after
        case Kind.REMOVED:
            sign, text = "-", change.before
        case Kind.CHANGED:
            sign, text = " ", _marked(change)
    yield f"  {change.label}: {change.kind}"
    for line in text.split("\n"):
        yield f"    {sign} {line}".rstrip()


def _marked(change: Change) -> str:
    spans = condensed(word_changes(change.before, change.after))
    return "".join(_MARKS[s.mark][0] + s.text + _MARKS[s.mark][1] for s in spans)
