"""Searching, similar failures, and the index behind both."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from app.cli import output, text_input
from app.cli.interrupts import stopping
from app.cli.session import Session, command, json_option
from models import codec
from models.errors import InvalidInputError
from models.queries import post_mortems
from search.results import Order

if TYPE_CHECKING:
    from search.results import Hit, SearchResult, SimilarHit


@command("search", takes_query=True)
@click.option("--limit", type=click.IntRange(min=0), default=20, help="How many at most.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many to leave out.")
@click.option(
    "--sort", type=click.Choice(list(map(str, Order))), default="best", help="What first."
)
def search(session: Session, words: tuple[str, ...], limit: int, offset: int, sort: str) -> None:
    """Search post-mortems: words, "phrases", -word, word*, OR, and filters like service:checkout.

    A query that begins with - may stand behind --, as in: afterwhy search -- -mobile
    """
    query = " ".join(words)
    if not query.strip():
        raise InvalidInputError(
            "The query is empty.",
            advice="Give words or filters, or list everything with: afterwhy list",
        )
    session.catch_up()
    result = session.workspace.index.search(query, limit=limit, offset=offset, order=Order(sort))
    data = {
        "query": result.query,
        "total": result.total,
        "took_ms": result.took_ms,
        "suggestion": result.suggestion,
        "notices": list(result.notices),
        "facets": {name: [list(pair) for pair in pairs] for name, pairs in result.facets.items()},
        "hits": [_hit(hit) for hit in result.hits],
    }
    session.answer(data, _result_text(result, offset))
    told = result.notices if result.mended or not session.json else ()
    session.tell_notices(query, told, mended=result.mended)


def _hit(hit: "Hit") -> dict[str, Any]:
    return {
        "ref": hit.ref,
        "title": hit.title,
        "score": hit.score,
        "snippet": hit.snippet,
        "section": hit.section,
        "severity": hit.severity,
        "status": hit.status,
        "services": list(hit.services),
        "occurred_at": codec.encode(hit.occurred_at),
    }


def _result_text(result: "SearchResult", offset: int) -> str:
    lines = [f"{result.total} found" if result.total else "Nothing found."]
    if result.suggestion:
        lines.append(f"Did you mean: {result.suggestion}")
    some_words = False
    others = "Others that mention it:" if result.by_name else "Only some of the words:"
    for place, hit in enumerate(result.hits, offset):
        if not hit.complete and not some_words:
            some_words = True
            if place:
                lines += ["", others]
        lines += ["", f"{hit.ref}  {hit.title}", f"  {_facts(hit)}"]
        lines += [f"  {s.section}: {s.marked('[', ']')}" for s in hit.snippets[:1]]
    return "\n".join(lines)


def _facts(hit: "Hit | SimilarHit") -> str:
    when = f"{hit.occurred_at:%Y-%m-%d}" if isinstance(hit.occurred_at, datetime) else ""
    return ", ".join(part for part in (hit.severity, hit.status, when, *hit.services) if part)


@command("similar")
@click.argument("ref", metavar="REF|-")
@click.option("--limit", type=click.IntRange(min=0), default=10, help="How many at most.")
def similar(session: Session, ref: str, limit: int) -> None:
    """List the failures most like REF, or like the text on stdin, each with the reasons why."""
    from search.extract import extract

    workspace = session.workspace
    text = text_input.read("-") if ref == "-" else ""
    asked = text or extract(post_mortems.document(workspace.library, ref), workspace.due_days)
    session.catch_up()
    hits = workspace.index.similar(asked, limit=limit)
    data = {
        "hits": [
            {"ref": h.ref, "title": h.title, "score": h.score, "reasons": list(h.reasons)}
            for h in hits
        ]
    }
    lines = [
        line
        for hit in hits
        for line in (f"{hit.ref}  {hit.title}", f"  {_facts(hit)}", f"  {' '.join(hit.reasons)}")
    ]
    session.answer(data, "\n".join(lines) or "Nothing similar.")


@click.group("index")
@json_option
def index() -> None:
    """The search index. It is only a cache: it can be rebuilt from the library at any time."""


def _status(session: Session) -> None:
    """Say where the index is and how far behind the library."""
    _tell(session)


def _rebuild(session: Session) -> None:
    """Build the index anew; the old one answers meanwhile."""
    from search.writer import Cancelled

    try:
        with output.progress("Indexing") as show, stopping() as stopped:
            session.workspace.index.rebuild(show, stopped)
    except Cancelled:
        raise KeyboardInterrupt from None
    _tell(session)


def _tell(session: Session) -> None:
    status = session.workspace.index.status()
    data = {
        "path": status.path,
        "documents": status.documents,
        "behind": status.behind,
        "generation": status.generation,
    }
    session.answer(data, "\n".join(f"{name + ':':12}{value}" for name, value in data.items()))


index.add_command(command("status")(_status))
index.add_command(command("rebuild")(_rebuild))
