"""Importing a folder: documents per second, of foreign Markdown and of our own form."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from integrations.markdown.apply import apply
from integrations.markdown.form import to_markdown
from integrations.markdown.plan import plan
from models import vocabulary
from models.document import Document
from models.store.library import Actor, open_library
from tests.bench.corpus import documents
from tests.bench.figures import Figures, ratio

_DOCUMENTS = 300


def measure(folder: Path) -> Figures:
    """Plan and apply, beside only reading the same files' bytes into memory."""
    made = list(documents(_DOCUMENTS))
    results: Figures = {"documents": _DOCUMENTS}
    for name, written in (("foreign", foreign), ("own_form", to_markdown)):
        source = folder / name
        source.mkdir()
        for number, document in enumerate(made):
            (source / f"{number:05}.md").write_text(written(document), encoding="utf-8")
        seconds = _timed(partial(_import, source, folder / f"library-{name}"))
        reading = _timed(partial(_read, source))
        results[name] = {
            "documents_per_s": round(_DOCUMENTS / seconds, 1),
            "times_reading_the_files": ratio(seconds, reading),
        }
    return results


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _import(source: Path, place: Path) -> None:
    library, terms = open_library(place), vocabulary.load()
    outcome = apply(library, plan(library, [source], terms), Actor("bench"), terms)
    library.close()
    if len(outcome.imported) != _DOCUMENTS:
        raise AssertionError(f"only {len(outcome.imported)} documents were imported")


def _read(source: Path) -> list[bytes]:
    return [path.read_bytes() for path in source.iterdir()]


def foreign(document: Document) -> str:
    """The same story as a team's wiki would hold it: headings, a table, bullets."""
    mortem, incident = document.post_mortem, document.post_mortem.incidents[0]
    rows = "\n".join(
        f"| {event.at:%H:%M} UTC | {event.text} |" for event in incident.timeline if event.at
    )
    day = incident.times.onset.at if incident.times.onset else None
    return "\n\n".join(
        (
            f"# {mortem.title}",
            f"Date: {day:%Y-%m-%d}\nSeverity: {incident.severity}",
            f"## Summary\n\n{mortem.summary}",
            f"## Timeline\n\n| Time | Event |\n|---|---|\n{rows}",
            f"## Contributing factors\n\n{mortem.contributing_factors}",
            f"## What happened\n\n{mortem.sections[0].markdown}",
        )
    )
