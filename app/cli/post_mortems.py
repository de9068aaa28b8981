"""Starting, listing, showing and relating post-mortems."""

import dataclasses
import sys
from typing import TYPE_CHECKING, Any

import click

from app.cli import output, terms
from app.cli.revisions import require_revision
from app.cli.session import Session, command
from models import codec, document, secrets
from models.commands import attachments, relations
from models.commands import post_mortems as commands
from models.document import Document
from models.domain.root import RelationKind
from models.errors import InvalidInputError
from models.queries import catalogue, post_mortems
from models.queries.catalogue import Row
from models.templates import Template, start

if TYPE_CHECKING:
    from search.results import SearchResult


@command("new", makes_library=True, writes=True)
@click.option("--title", required=True, help="What happened, in one line.")
@click.option("--severity", default="", help="SEV1 to SEV4, or an alias such as P1.")
@click.option("--service", "services", multiple=True, help="A service concerned; repeatable.")
@click.option(
    "--template",
    "template_id",
    default="",
    help="Its sections: the id or name of a template, or how it begins.",
)
def new(
    session: Session, title: str, severity: str, services: tuple[str, ...], template_id: str
) -> None:
    """Start a post-mortem; its incident is made with it."""
    if not title.strip():
        raise InvalidInputError("A post-mortem needs a title.", kept="Nothing was made.")
    workspace = session.workspace
    session.note_faults()
    mortem = start(
        _template(workspace.templates, template_id),
        title=terms.one_line(title),
        at=workspace.library.now(),
        severity=terms.advised(workspace.vocabularies.severities, severity, "severity"),
        services=[name for service in services if (name := terms.one_line(service))],
    )
    if workspace.actor.name:
        mortem = dataclasses.replace(mortem, authors=(workspace.actor.name,))
    for notice in secrets.notices(title):
        output.note(notice)
    saved = commands.add(workspace.library, Document(mortem), workspace.actor)
    session.answer({"ref": saved.ref}, saved.ref)
    if sys.stdout.isatty() and not session.json:
        output.note(f"Its template asks the questions: afterwhy edit {saved.ref}")


def _template(templates: dict[str, Template], asked: str) -> Template:
    """A template by its id or name, or by what only one of them begins with; "" is the default."""
    if not asked.strip():
        return next(iter(templates.values()))
    wanted = _plain(asked)
    named = {t.id: (_plain(t.id), _plain(t.name)) for t in templates.values()}
    exact = [id for id, names in named.items() if wanted in names]
    near = [id for id, names in named.items() if wanted and _begins(names, wanted)]
    found = exact or near
    if len(found) == 1:
        return templates[found[0]]
    known = ", ".join(f"{t.id} ({t.name})" for t in templates.values() if t.id in (found or named))
    raise InvalidInputError(
        f"{asked!r} means several templates." if found else f"There is no template {asked!r}.",
        kept="Nothing was made.",
        advice=f"There are: {known}.",
    )


def _begins(names: tuple[str, ...], wanted: str) -> bool:
    return any(name.startswith(wanted) for name in names)


def _plain(name: str) -> str:
    """A name as it is compared: "google-sre" and "Google SRE" are the same."""
    return "".join(filter(str.isalnum, name.casefold()))


@command("list", takes_query=True)
@click.option("--limit", type=click.IntRange(min=0), help="How many at most.")
def list_(session: Session, words: tuple[str, ...], limit: int | None) -> None:
    """List post-mortems, the latest incident first; with a query only those it finds."""
    workspace = session.workspace
    session.note_faults()
    rows = catalogue.catalogue(workspace.library, workspace.due_days)
    query = " ".join(words)
    notices: tuple[str, ...] = ()
    if query.strip():
        result = _found(session, query, len(rows))
        found = {hit.id for hit in result.hits if hit.complete}
        rows = tuple(row for row in rows if row.id in found)
        notices = result.notices
    shown = rows[:limit]
    data = {
        "total": len(rows),
        "post_mortems": [_listed(row) for row in shown],
        "notices": list(notices),
    }
    session.answer(data, _list_text(shown) if shown or not rows else "")
    if not session.json and len(shown) < len(rows):
        output.note(f"{len(shown)} of {len(rows)}.")


def _found(session: Session, query: str, most: int) -> "SearchResult":
    """What a query finds, and what had to be said of it."""
    session.catch_up()
    result = session.workspace.index.search(query, limit=most, facets=False, snippets=0)
    session.tell_notices(query, result.notices, mended=result.mended)
    return result


def _listed(row: Row) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "title": row.title,
        "status": row.status.value,
        "severity": row.severity,
        "services": list(row.services),
        "occurred_at": codec.encode(row.occurred.at) if row.occurred else None,
        "open_actions": row.health.open,
    }


def _list_text(rows: tuple[Row, ...]) -> str:
    if not rows:
        return "No post-mortems."
    headings = ("REF", "WHEN", "SEV", "STATUS", "OPEN", "SERVICES", "TITLE")
    return output.table(
        headings,
        [
            (
                row.ref,
                f"{row.occurred.at:%Y-%m-%d}" if row.occurred and row.occurred.at else "",
                row.severity,
                row.status.value,
                row.health.open or "",
                ", ".join(row.services),
                row.title,
            )
            for row in rows
        ],
        giving_way=("SERVICES", "OPEN", "STATUS", "WHEN"),
    )


@command("show")
@click.argument("ref")
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md")
@click.option("--revision", type=click.IntRange(min=1), help="As it was; see history.")
@click.option("--diff", is_flag=True, help="What is different now from that revision.")
def show(session: Session, *, ref: str, form: str, revision: int | None, diff: bool) -> None:
    """Print a post-mortem: as Markdown, or as one HTML page.

    --revision prints an earlier text of it, or one that was refused as a conflict; with --diff
    what changed from that text to the present one.
    """
    now = shown = post_mortems.document(session.workspace.library, ref)
    if diff and revision is None:
        raise click.UsageError("Say from which revision: --revision N --diff")
    if revision is not None:
        now = require_revision(session, ref, revision)
        shown = post_mortems.revision(session.workspace.library, now.post_mortem.id, revision)
    if diff and revision is not None:
        _print_difference(session, shown, now, revision)
    elif session.json:
        output.print_json(document.to_json(shown))
    elif form == "html":
        output.print_text(_page(session, shown))
    else:
        from integrations.markdown.form import to_markdown

        output.print_text(to_markdown(shown))


def _print_difference(session: Session, then: Document, now: Document, revision: int) -> None:
    from app.cli.differences import difference_text
    from models.differences import differences

    changes = differences(then, now)
    text = difference_text(changes, f"{now.ref}, revision {revision}", f"{now.ref}, now")
    data = {
        "ref": now.ref,
        "revision": revision,
        "changes": codec.encode(changes),
        "diff": text if changes else "",
    }
    session.answer(data, text if changes else "The texts are the same.")


def _page(session: Session, shown: Document) -> str:
    from integrations.export.html import to_html
    from integrations.export.wording import Words

    workspace = session.workspace
    return to_html(
        shown,
        lambda attachment: attachments.path_of(workspace.library, attachment.sha256),
        Words(workspace.vocabularies, workspace.frameworks),
    )


@command("relate", writes=True)
@click.argument("ref")
@click.argument("kind", type=click.Choice([k.value.replace(" ", "-") for k in RelationKind]))
@click.argument("other")
@click.option("--note", default="", help="Why, in a sentence.")
@click.option("--remove", is_flag=True, help="End the relation instead.")
def relate(session: Session, *, ref: str, kind: str, other: str, note: str, remove: bool) -> None:
    """Say how REF stands to OTHER: repeat-of, same-root or related."""
    library, actor = session.workspace.library, session.workspace.actor
    relation = RelationKind(kind.replace("-", " "))
    from_id, to_id = (post_mortems.resolve(library, name) for name in (ref, other))
    if remove:
        relations.unrelate(library, from_id, relation, to_id, actor)
    else:
        relations.relate(library, from_id, relation, to_id, actor, note=note)
    related = post_mortems.by_id(library, from_id)
    data = {"ref": related.ref, "relations": codec.encode(related.relations)}
    lines = [f"{related.ref} {r.kind} {r.ref}  {r.title}" for r in related.relations]
    session.answer(data, "\n".join(lines) or f"{related.ref} has no relations.")
