"""What a post-mortem lacks, each gap in words with its place, in the order to close them."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from models.completeness import Completeness, Progress, completeness
from models.document import Document
from models.domain.incident import IncidentState
from models.frameworks import Framework
from models.guidance.found import Facts, Found
from models.guidance.guide import GapText, Guide
from models.guidance.rules import RULES
from models.templates import Template
from models.vocabulary import Vocabulary

_AFTERWARDS = ("whys", "contributing factors", "lessons", "actions", "review")
"""What waits while an incident is live: mitigation before root cause."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: in a few words, in a sentence, and where it is written.

    ``place`` is what leads there ("details/…", the id of a why); ``field`` is the control's name.
    ``incident`` is the id of the incident it is about, or "".
    """

    rule: str
    section: str
    place: str
    short: str
    sentence: str
    field: str = ""
    incident: str = ""
    waits: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same gap after other edits."""
        return self.rule, self.place


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What guidance needs beside the document.

    ``borrowed`` are ids of actions that belong to another post-mortem first, ``reopened`` those
    that had ended and were opened again in Jira. ``severities`` say when status updates are due.
    """

    guide: Guide
    frameworks: Mapping[str, Framework]
    template: Template
    borrowed: frozenset[str] = frozenset()
    severities: Vocabulary | None = None
    reopened: frozenset[str] = frozenset()


def gaps(document: Document, around: Surroundings) -> tuple[Gap, ...]:
    """All gaps, the most useful to close first; none of an imported, historical post-mortem.

    The order is that of the guide's gaps, then that of the document. While an incident is live,
    its causes and lessons come last.
    """
    if document.post_mortem.historical:
        return ()
    facts = Facts(document, around.frameworks, around.borrowed, around.reopened)
    places = {section.place.value for section in around.template.sections}
    found = [
        _gap(text, one, document)
        for text in around.guide.gaps.values()
        if not text.places or places.intersection(text.places)
        for one in RULES[text.id](facts)
    ]
    if any(one.state is IncidentState.LIVE for one in document.post_mortem.incidents):
        found.sort(key=lambda gap: gap.section in _AFTERWARDS)
    return tuple(found)


def _gap(text: GapText, found: Found, document: Document) -> Gap:
    incidents = document.post_mortem.incidents
    of = ""
    if found.incident is not None and len(incidents) > 1:
        number = incidents.index(found.incident) + 1
        of = f" of {found.incident.title.strip() or f'incident {number}'}"
    words = {"name": found.name, "of": of, "more": found.more}
    return Gap(
        text.id,
        found.section or text.section,
        found.place,
        _filled(text.short, words),
        _ended(_filled(text.sentence, words)),
        text.field,
        found.incident.id if found.incident else "",
        text.waits,
    )


def _ended(sentence: str) -> str:
    """With one mark at its end."""
    return sentence[:-1] if sentence.endswith(("?.", "..", "….")) else sentence


def _filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its names; a team's other braces stay what they are."""
    parts = text.split("{")
    result = [parts[0]]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        known = brace and name in words
        result.append(f"{words[name]}{rest}" if known else f"{{{part}")
    return "".join(result)


def next_gap(
    found: tuple[Gap, ...], *, here: str = "", passed: Set[tuple[str, str]] = frozenset()
) -> Gap | None:
    """The most useful gap to close now; None where nothing is left that its author can close.

    What is missing in the section ``here`` comes first. Gaps that were ``passed`` (by ``Gap.key``)
    come back once every other one was passed, too.
    """
    open_ = [gap for gap in found if not gap.waits]
    fresh = [gap for gap in open_ if gap.key not in passed] or open_
    return min(fresh, key=lambda gap: gap.section != here, default=None)


@dataclass(frozen=True, slots=True)
class SectionState:
    """How far a section is, in one line, and what it lacks."""

    completeness: Completeness
    gaps: tuple[Gap, ...] = ()

    @property
    def progress(self) -> Progress:
        """How far it is; what lacks something is not done."""
        is_done = self.completeness.progress is Progress.DONE
        return Progress.PARTLY if is_done and self.gaps else self.completeness.progress

    @property
    def words(self) -> str:
        """What is missing, in a few words; else how far it is."""
        if self.progress is not Progress.PARTLY or not self.gaps:
            return self.completeness.words
        more = len(self.gaps) - 1
        return f"{self.gaps[0].short}, {more} more" if more else self.gaps[0].short

    @property
    def sentence(self) -> str:
        """All of it, for a tooltip and for who cannot see the list."""
        progress, words = self.progress, self.completeness.words
        said = words if progress is Progress.NOT_STARTED else f"{progress}: {words}"
        missing = "; ".join(gap.sentence.rstrip(".") for gap in self.gaps)
        return f"{said}. Missing: {missing}" if missing else said


def section_states(
    document: Document, around: Surroundings, found: tuple[Gap, ...]
) -> dict[str, SectionState]:
    """Every section by its key, with those of ``found`` that its author can close."""
    own: dict[str, list[Gap]] = {}
    for gap in found:
        if not gap.waits:
            own.setdefault(gap.section, []).append(gap)
    return {
        key: SectionState(state, tuple(own.get(key, ())))
        for key, state in completeness(document, around.frameworks, around.severities).items()
    }
