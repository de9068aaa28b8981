"""Action items: listing, adding, changing and showing them."""

from datetime import date
from typing import Any

import click

from app.cli import action_fields, action_query, output, ticket_parts
from app.cli.output import Exit
from app.cli.session import Session, command, json_option
from models import codec
from models.commands import actions as commands
from models.commands import tracking
from models.document import new_id
from models.domain.action import ActionItem
from models.errors import KnownError
from models.queries import actions, post_mortems, roots
from models.queries.actions import ActionRow


@click.group("action")
@json_option
def action() -> None:
    """Action items: what is changed so that it cannot happen the same way again."""


@command("list", takes_query=True)
@click.option("--limit", type=click.IntRange(min=0), help="How many at most.")
def list_(session: Session, words: tuple[str, ...], limit: int | None) -> None:
    """List action items.

    A query has words, and the filters action:open (also done, overdue, slipped or a state),
    owner: team: priority: ref: (of a post-mortem or an action). A - before any of them excludes.
    """
    workspace = session.workspace
    query = " ".join(words)
    asked = action_query.parse(query, workspace.vocabularies)
    session.tell_notices(query, asked.notices, mended=asked.mended)
    every = actions.every(workspace.library, workspace.due_days)
    rows = [row for row in every if asked.fits(row)]
    shown = rows[:limit]
    data = {
        "total": len(rows),
        "actions": [_listed(row) for row in shown],
        "notices": list(asked.notices),
    }
    session.answer(data, _list_text(shown) if shown or not rows else "")
    if not session.json and len(shown) < len(rows):
        output.note(f"{len(shown)} of {len(rows)}.")


def _listed(row: ActionRow) -> dict[str, Any]:
    item = row.action
    return {
        "ref": item.ref,
        "title": item.title,
        "state": item.state.value,
        "type": item.type,
        "owner": item.owner,
        "team": item.team,
        "priority": item.priority,
        "due": codec.encode(row.due),
        "overdue": row.overdue,
        "jira": row.ticket or None,
        "carried_over": row.carried_over,
        "post_mortems": [home.ref for home in row.homes],
        "roots": list(row.roots),
    }


def _list_text(rows: list[ActionRow]) -> str:
    if not rows:
        return "No action items."
    headings = ("REF", "STATE", "PRIO", "DUE", "TEAM", "OWNER", "OF", "TITLE")
    return output.table(
        headings,
        [
            (
                row.action.ref,
                row.action.state.value,
                row.action.priority,
                _due(row.due, overdue=row.overdue),
                row.action.team,
                row.action.owner,
                ", ".join(home.ref for home in row.homes),
                row.action.title,
            )
            for row in rows
        ],
        giving_way=("OF", "OWNER", "TEAM", "DUE", "PRIO", "STATE"),
    )


def _due(due: date | None, *, overdue: bool) -> str:
    return f"{due or ''}{' overdue' if overdue else ''}"


@command("add", writes=True)
@click.argument("ref")
@click.option("--title", required=True, help="What will be changed.")
@click.option("--type", "type_", default="", help="prevent, detect, mitigate, repair, ...")
@click.option("--owner", default="", help="The one assignee.")
@click.option("--team", default="", help="The accountable team.")
@click.option("--priority", default="", help="P0 to P3.")
@click.option("--due", default="", help="YYYY-MM-DD.")
@click.option("--root", default="", help='The root it addresses: "2.1.1", "detection:1" or an id.')
def add(session: Session, ref: str, root: str, **given: str) -> None:
    """Add an action item to the post-mortem REF."""
    workspace = session.workspace
    given["type"] = given.pop("type_")
    values = action_fields.Values(workspace.vocabularies, workspace.library.now(), workspace.actor)
    fields = values.read(ActionItem(new_id(), ""), given)
    item = codec.decode(ActionItem, {"id": new_id()} | fields)
    post_mortem_id = post_mortems.resolve(workspace.library, ref)
    added = commands.add(workspace.library, post_mortem_id, item, workspace.actor, root=root)
    session.answer({"ref": added.ref}, added.ref)


@command("set", writes=True)
@click.argument("words", nargs=-1, required=True, metavar="A-31... FIELD=VALUE...")
@click.option("--yes", is_flag=True, help="Agree to change what is in a running sprint.")
def set_(session: Session, words: tuple[str, ...], *, yes: bool) -> int:
    """Change action items.

    Fields: state title owner team priority due type text done_when reason accepted_by evidence
    verified_by superseded_by sprint. An empty value clears a field. The state verified needs
    evidence, won't do a reason, superseded the action that takes its place. A sprint is named by
    its id in Jira, or by its name where that is unmistakable; empty is the backlog. What is ready
    goes to Jira with the next sync.
    """
    names = [word for word in words if "=" not in word]
    given = dict(word.split("=", 1) for word in words if "=" in word)
    if not names or not given:
        raise click.UsageError("Give the action items and what to set: A-31 state=done")
    done: list[ActionItem] = []
    failed: dict[str, KnownError] = {}
    for name in dict.fromkeys(names):
        try:
            done.append(_set(session, name, given, yes=yes))
        except KnownError as error:
            failed[name] = error
    if failed and not done:
        raise next(iter(failed.values()))
    for reason in failed.values():
        output.note(reason.sentence())
    data = {
        "actions": codec.encode(tuple(done)),
        "failed": [{"ref": name, "reason": e.sentence()} for name, e in failed.items()],
    }
    session.answer(data, "\n".join(f"{a.ref}  {a.state}  {a.title}" for a in done))
    return Exit.IN_PART if failed else Exit.DONE


def _set(session: Session, name: str, given: dict[str, str], *, yes: bool) -> ActionItem:
    workspace = session.workspace
    given = dict(given)
    sprint = given.pop("sprint", None)
    stored = actions.one(workspace.library, name).action
    values = action_fields.Values(workspace.vocabularies, workspace.library.now(), workspace.actor)
    if given.get("superseded_by"):
        other = actions.one(workspace.library, given["superseded_by"]).action
        given = given | {"superseded_by": other.id}
    fields = values.read(stored, given)
    wanted = None
    if sprint is not None:
        wanted = ticket_parts.sprint_id(workspace.library, stored, sprint, yes=yes)
    item = stored
    if fields:
        item = commands.set_fields(workspace.library, stored.id, fields, workspace.actor)
    if wanted is not None:
        to, agreed = wanted
        tracking.schedule(workspace.library, stored.id, to, workspace.actor, agreed=agreed)
    return item


@command("show")
@click.argument("ref", metavar="A-31")
def show(session: Session, ref: str) -> None:
    """Print an action item with its post-mortems, its roots and what it was before."""
    library = session.workspace.library
    row = actions.one(library, ref, session.workspace.due_days)
    facts = actions.facts(library, row.action.id)
    titles = {r.root.id: r.root.title for r in roots.every(library)}
    linked = [{"id": root_id, "title": titles.get(root_id, "")} for root_id in row.roots]
    known = ticket_parts.read(library, row.action.id)
    data = codec.encode(row.action) | {
        "due_by": codec.encode(row.due),
        "overdue": row.overdue,
        **known.data,
        "post_mortems": [home.ref for home in row.homes],
        "roots": linked,
        "history": codec.encode(facts),
    }
    said = [*known.entries, *(("Root", root["title"]) for root in linked)]
    session.answer(data, _shown(row, said, facts))


def _shown(row: ActionRow, more: list[tuple[str, str]], facts: tuple[actions.Fact, ...]) -> str:
    item = row.action
    proof = item.verification
    entries = [
        ("State", item.state.value),
        ("Type", item.type),
        ("Priority", item.priority),
        ("Team", item.team),
        ("Owner", item.owner),
        ("Due", _due(row.due, overdue=row.overdue)),
        ("Done when", item.done_when),
        ("Evidence", f"{proof.evidence} ({proof.role})".replace(" ()", "") if proof else ""),
        ("Reason", item.reason),
        ("Risk accepted by", item.accepted_by),
        *(("Of", f"{home.ref}  {home.title}") for home in row.homes),
        *more,
        *(("Link", link) for link in item.links),
    ]
    lines = [
        f"{item.ref}  {item.title}",
        *(f"{f'{k}:' if k else '':18}{v}" for k, v in entries if v),
    ]
    if item.text:
        lines += ["", item.text]
    past = [f"{f.at:%Y-%m-%d %H:%M} UTC  {f.field}: {f.value or '-'}  {f.actor}" for f in facts]
    return "\n".join([*lines, "", *past])


for _command in (list_, add, set_, show):
    action.add_command(_command)
