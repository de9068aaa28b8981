"""What a post-mortem was: its revisions, the trash, and the ways back."""

import click

from app.cli import output
from app.cli.output import Exit
from app.cli.selection import select
from app.cli.session import Session, command
from models import codec
from models.commands import post_mortems as commands
from models.document import Document
from models.errors import NotFoundError
from models.queries import post_mortems


@command("history")
@click.argument("ref")
def history(session: Session, ref: str) -> None:
    """List the revisions of REF, the newest first."""
    library = session.workspace.library
    found = post_mortems.document(library, ref)
    revisions = post_mortems.history(library, found.post_mortem.id)
    data = {
        "ref": found.ref,
        "version": found.version,
        "revisions": codec.encode(revisions),
    }
    rows = [
        (r.number, f"{r.at:%Y-%m-%d %H:%M} UTC", r.kind, f"version {r.version}", r.actor)
        for r in revisions
    ]
    session.answer(data, output.table(("REVISION", "WHEN", "KIND", "OF", "BY"), rows))


def require_revision(session: Session, ref: str, revision: int) -> Document:
    """The present document of ``ref``. Raises ``NotFoundError`` where it has no such revision."""
    library = session.workspace.library
    found = post_mortems.document(library, ref)
    if all(r.number != revision for r in post_mortems.history(library, found.post_mortem.id)):
        raise NotFoundError(
            f"{found.ref} has no revision {revision}.",
            advice=f"List them with: afterwhy history {found.ref}",
        )
    return found


@command("restore", writes=True)
@click.argument("ref")
@click.argument("revision", type=click.IntRange(min=1))
def restore(session: Session, ref: str, revision: int) -> None:
    """Make REVISION the text of REF again, as a new version; nothing in between is lost.

    Actions, relations and files that were removed since come back. The status, the histories and
    what is linked now stay.
    """
    workspace = session.workspace
    post_mortem_id = require_revision(session, ref, revision).post_mortem.id
    saved = commands.restore(workspace.library, post_mortem_id, revision, workspace.actor)
    session.answer(
        {"ref": saved.ref, "version": saved.version},
        f"{saved.ref} is as in revision {revision} again (version {saved.version}).",
    )


@command("delete", writes=True)
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
def delete(session: Session, refs: tuple[str, ...]) -> Exit:
    """Move post-mortems to the trash. One that is unknown stops no other."""
    workspace = session.workspace
    selection = select(workspace.library, refs)
    named = [post_mortems.by_id(workspace.library, i).ref for i in selection.ids]
    commands.delete(workspace.library, selection.ids, workspace.actor)
    told = f"In the trash: {', '.join(named)}. Bring back with: afterwhy undelete {' '.join(named)}"
    selection.tell(session, {"deleted": named}, told)
    return selection.code


@command("undelete", writes=True)
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
def undelete(session: Session, refs: tuple[str, ...]) -> Exit:
    """Take post-mortems out of the trash. One that is not there stops no other."""
    workspace = session.workspace
    selection = select(workspace.library, refs, deleted=True)
    named = [post_mortems.by_id(workspace.library, i).ref for i in selection.ids]
    commands.undelete(workspace.library, selection.ids, workspace.actor)
    selection.tell(session, {"undeleted": named}, f"Back in the library: {', '.join(named)}.")
    return selection.code


@command("trash")
def trash(session: Session) -> None:
    """List what is in the trash, the last deleted first."""
    found = post_mortems.trash(session.workspace.library)
    data = {
        "total": len(found),
        "post_mortems": [
            {"ref": t.ref, "title": t.title, "deleted_at": codec.encode(t.deleted_at)}
            for t in found
        ],
    }
    rows = [(t.ref, f"{t.deleted_at:%Y-%m-%d %H:%M} UTC", t.title) for t in found]
    empty = "The trash is empty."
    session.answer(data, output.table(("REF", "DELETED", "TITLE"), rows) if rows else empty)
