"""The figures that stand below a tree's problem, from what the incidents say."""

from integrations.export.wording import clock, duration, grouped, moment_words
from models.document import Document
from models.domain.incident import Times, durations
from models.domain.whys import About

_MEASURES = 2
"""How many measures a problem shows; the rest stands under Impact."""


def effect_words(document: Document, about: About) -> str:
    """When and how much, for the question a tree asks; "" where nothing is known."""
    incidents = document.post_mortem.incidents
    if not incidents:
        return ""
    incident = incidents[0]
    if about is About.OCCURRENCE:
        figures = incident.impact.measures[:_MEASURES]
        words = [f"{grouped(m.value)} {m.unit or m.name}" for m in figures]
        return ", ".join([*_span(incident.times), *words])
    spans = durations(incident)
    name, said = (
        ("ttd_s", "from onset to detected")
        if about is About.DETECTION
        else ("ttm_s", "from onset to mitigated")
    )
    seconds: float | None = getattr(spans, name)
    if seconds is None:
        return ""
    return f"{duration(seconds, inexact=name in spans.inexact)} {said}"


def _span(times: Times) -> list[str]:
    start, end = times.onset, times.mitigated or times.resolved
    if start is None or start.at is None:
        return []
    if not start.is_exact or end is None or not end.is_exact or end.at is None:
        return [moment_words(start)]
    if end.at < start.at:
        return []  # the section of the times says that they are out of order
    if start.at.date() != end.at.date():
        return [moment_words(start)]
    return [f"{clock(start.at)} to {clock(end.at)} UTC"]
