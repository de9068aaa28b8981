"""The import measured on a folder of post-mortems: what came in, and what of it was lost."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integrations.markdown import html
from integrations.markdown.apply import Outcome, apply
from integrations.markdown.form import to_markdown
from integrations.markdown.headings import role_of
from integrations.markdown.plan import plan
from integrations.markdown.source import Format, read_source
from integrations.markdown.words import missing_words
from models.document import Document
from models.queries import post_mortems
from models.store.library import Actor, Library
from models.vocabulary import Vocabularies
from tests.eval import rows, why_gold

_ACTOR = Actor("evaluation")


@dataclass(frozen=True, slots=True)
class Imported:
    """The figures, and the post-mortem of each file by its path below ``postmortems``."""

    figures: dict[str, Any] | None
    ids: dict[str, str]


def measure(data: Path, library: Library, terms: Vocabularies) -> Imported:
    """Import every document into an empty library and compare what it exports with the sources."""
    folder = data / "postmortems"
    if not folder.is_dir():
        return Imported(None, {})
    outcome = apply(library, plan(library, [folder], terms), _ACTOR, terms)
    lost, found, present = 0, 0, 0
    ids: dict[str, str] = {}
    for done in outcome.imported:
        document = post_mortems.document(library, done.ref)
        ids[done.path.resolve().relative_to(folder.resolve()).as_posix()] = document.post_mortem.id
        body = _body(done.path)
        lost += missing_words(body, to_markdown(document)).total()
        hits = [_found(row, document) for row in rows.rows_of(body)]
        found, present = found + sum(hits), present + len(hits)
    return Imported(_figures(data, outcome, lost, [found, present], terms), ids)


def _found(row: rows.Row, document: Document) -> bool:
    incidents = document.post_mortem.incidents
    return rows.is_found(row, tuple(event for i in incidents for event in i.timeline))


def _figures(
    data: Path, outcome: Outcome, lost: int, timeline: list[int], terms: Vocabularies
) -> dict[str, Any]:
    return {
        "documents": len(outcome.imported),
        "failed": len(outcome.failed),
        "words_lost": lost,
        "headings_mapped": _headings(data / "headings" / "roles.tsv"),
        "timeline_rows": timeline,
        "why_nodes": why_gold.measure(data, terms),
    }


def _body(path: Path) -> str:
    source = read_source(path)
    return html.visible_text(source.body) if source.format is Format.HTML else source.body


def _headings(path: Path) -> list[int] | None:
    """Headings whose role is the labelled one, and headings labelled."""
    if not path.is_file():
        return None
    labels = [
        line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines() if line
    ]
    return [sum(role_of(heading) == role for heading, role in labels), len(labels)]
