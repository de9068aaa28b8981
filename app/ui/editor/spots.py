"""Where in a post-mortem its author is, as precisely as the exported text can show it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.completeness import section_key
from models.document import Document
from models.domain.whys import About

_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\n]{0,500}\)")
_MARKUP = re.compile(
    rf"{_PICTURE.pattern}|\]\([^()\s]*\)|[*_`~\[\](){{}}<>|#!&\\]+"
    r"|\s{2,}|^\s*(?:[-+]|\d+[.)])\s+|https?:\S+"
)
"""What a line of Markdown has and the text that it becomes has not, or not in the same way."""
_SHOWN_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What Qt has in the place of a picture."""
_TELLING = 12
"""Letters; fewer of them say too little about where they stand."""
_ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A place ("whys/ID", "lessons/went well"), and words of the paragraph under the cursor.

    Where that is a picture, the words are the letter that Qt shows for one.

    ``before`` says how often the same words stand earlier in the same text.
    """

    place: str
    words: str = ""
    before: int = 0

    @property
    def section(self) -> str:
        """The key of the section."""
        return self.place.partition("/")[0]


def spot_in(place: str, lines: Sequence[str], line: int, column: int) -> Spot:
    """The spot at a letter of a Markdown text; on a blank line that of the words above."""
    above = range(min(line, len(lines) - 1), -1, -1)
    said = next((n for n in (*above, *range(len(lines))) if lines[n].strip()), None)
    if said is None:
        return Spot(place)
    if not _PICTURE.sub("", lines[said]).strip():
        above_it = "\n".join(lines[:said])
        return Spot(place, _SHOWN_PICTURE, sum(1 for _ in _PICTURE.finditer(above_it)))
    words = _words(lines[said], column if said == line else len(lines[said]))
    return Spot(place, words, sum(one.count(words) for one in lines[:said]) if words else 0)


def _words(line: str, at: int) -> str:
    """Words that stand in the text just as they do in the line: near ``at``, else its longest."""
    runs, start = [], 0
    for mark in (*_MARKUP.finditer(line), None):
        end = mark.start() if mark else len(line)
        runs.append((start, line[start:end]))
        start = mark.end() if mark else end
    near = [run for run in runs if run[0] <= at <= run[0] + len(run[1])]
    place, run = next(
        (run for run in near if len(run[1].strip()) >= _TELLING),
        max(runs, key=lambda run: len(run[1].strip())),
    )
    if len(run) > _ENOUGH:
        cut = run.rfind(" ", 0, max(0, min(at - place, len(run)) - _ENOUGH // 2)) + 1
        run = run[cut : cut + _ENOUGH]
    return run.strip()


def anchors_in_export(place: str, document: Document) -> tuple[str, ...]:
    """Where the exported text shows a place, the most precise anchor first.

    What is empty has no anchor in it, hence the others.
    """
    key, _, anchor = place.partition("/")
    within = _WITHIN.get(key)
    for number, own in enumerate(document.post_mortem.sections, 1):
        if section_key(own.id) == key:
            return (f"section-{number}",)
    return (*(within(anchor, document) if within and anchor else ()), *_ANCHORS.get(key, ()))


def begins_section(anchor: str) -> bool:
    """Whether an anchor of the exported text is that of a section or of a part with a heading."""
    return anchor.startswith("section-") or any(anchor in one for one in _ANCHORS.values())


_ANCHORS = {
    "summary": ("summary",),
    "impact": ("impact",),
    "detection": ("detection", "resolution"),
    "timeline": ("timeline",),
    "response": ("response",),
    "whys": ("whys",),
    "contributing factors": ("factors",),
    "lessons": ("went-well", "went-wrong", "lucky", "lessons"),
    "actions": ("actions",),
    "review": ("reviews", "comments"),
    "attachments": ("attachments",),
}


def _lesson(part: str, document: Document) -> tuple[str, ...]:
    return (part.replace(" ", "-"),)


def _event(id: str, document: Document) -> tuple[str, ...]:
    return (f"timeline-{id}",)


def _action(id: str, document: Document) -> tuple[str, ...]:
    return tuple(f"actions-{a.ref}" for a in document.actions if a.id == id and a.ref)


def _why(id: str, document: Document) -> tuple[str, ...]:
    if number := document.node_addresses().get(id):
        return (f"whys-{number}",)
    about = next((tree.about for tree in document.post_mortem.whys if tree.id == id), None)
    return () if about in (None, About.OCCURRENCE) else (f"whys-{about}",)


def _detection(anchor: str, document: Document) -> tuple[str, ...]:
    id, _, part = anchor.rpartition("-")
    ids = [incident.id for incident in document.post_mortem.incidents]
    number = ids.index(id) + 1 if id in ids else 1
    return (f"{part}-{number}" if number > 1 else part,)


_WITHIN: dict[str, Callable[[str, Document], tuple[str, ...]]] = {
    "lessons": _lesson,
    "timeline": _event,
    "actions": _action,
    "whys": _why,
    "detection": _detection,
}
