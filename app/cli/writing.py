"""Changing the text of a post-mortem: reading what somebody wrote, and saving it."""

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import click

from app.cli import edited_texts, output, text_input
from app.cli.session import Session, command
from integrations.markdown.form import Named, named_in, read_form
from models import codec, document, secrets
from models.commands import post_mortems as commands
from models.commands.post_mortems import Saved
from models.document import Document
from models.errors import InvalidInputError, NotFoundError
from models.queries import post_mortems

_ZERO = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""A zero byte as JSON escapes it; behind an odd number of backslashes it is none."""


@command("apply", writes=True)
@click.argument("ref")
@click.argument("file", metavar="FILE|-")
def apply(session: Session, ref: str, file: str) -> None:
    """Replace the content of REF with that of FILE, in Markdown or JSON as export writes them.

    A text names the version it was made from, as exports do. What changed since is joined with it;
    of words that both changed yours stand, theirs stay as a comment, and the exit code is 3.
    Without "version" it takes the place of the present text. What JSON does not mention stays as
    it is; so does what Markdown without the "id" of an export does not name.
    """
    text = text_input.read(file)
    base = post_mortems.document(session.workspace.library, ref)
    saved = save(session, read(session, text, base, partial=True))
    if file != "-":
        edited_texts.applied(Path(file))
    tell(session, base, saved)


@dataclasses.dataclass(frozen=True)
class Change:
    """A document as a text says it, and what that was made from; None where no one knows it now."""

    document: Document
    base: Document | None


def read(session: Session, text: str, base: Document, *, partial: bool = False) -> Change:
    """What a text makes of ``base``. Raises ``InvalidInputError`` naming the place of a fault.

    What ``partial`` Markdown does not name stays, if it has no id.
    """
    for notice in secrets.notices(text):
        output.note(notice)
    is_json = text.lstrip().startswith(("{", "["))
    change = (
        _read_json(session, text, base)
        if is_json
        else _read_markdown(session, text, base, partial=partial)
    )
    if not change.document.post_mortem.title.strip():
        where = "in “title”" if is_json else "behind “# ”, above the sections"
        raise InvalidInputError("title: a post-mortem needs a title.", advice=f"Write it {where}.")
    nameless = {action.id for action in base.actions if not action.title.strip()}
    for number, action in enumerate(change.document.actions):
        if not action.title.strip() and action.id not in nameless:
            raise InvalidInputError(f"actions[{number}].title: an action item needs a title.")
    return change


def _read_json(session: Session, text: str, base: Document) -> Change:
    given = _object(text)
    version = codec.decode(int, given.get("version", 0), "version")
    owner = codec.decode(str, given.get("id", base.post_mortem.id), "id")
    made_from = _made_from(session, base, owner, version)
    changed = document.from_json(document.to_json(made_from or base) | given)
    _check_owner(session, Named(owner, changed.ref, version), base)
    mortem = dataclasses.replace(changed.post_mortem, id=base.post_mortem.id)
    return Change(dataclasses.replace(changed, post_mortem=mortem), made_from)


def _read_markdown(session: Session, text: str, base: Document, *, partial: bool) -> Change:
    named = named_in(text)
    named = dataclasses.replace(named, id=named.id or base.post_mortem.id)
    _check_owner(session, named, base)
    made_from = _made_from(session, base, named.id, named.version)
    workspace = session.workspace
    now, terms = workspace.library.now(), workspace.vocabularies
    reading = read_form(text, made_from or base, now=now, terms=terms, partial=partial)
    for notice in reading.notices:
        output.note(notice)
    return Change(dataclasses.replace(reading.document, version=named.version), made_from)


def _made_from(session: Session, base: Document, owner: str, version: int) -> Document | None:
    """The document that a text was made from; None where the history lacks it.

    A text without a version is made from the present one; so is that of another library's
    post-mortem, whose version means nothing here.
    """
    if version < 0:
        raise InvalidInputError(f"version: {version} is not a version; they count from 1.")
    if not version or owner != base.post_mortem.id or version == base.version:
        return base
    if version > base.version:
        raise InvalidInputError(
            f"This text was made from version {version}; {base.ref} is at {base.version} here.",
            advice="Take “version” out of the text to put it in the place of the present one.",
        )
    return post_mortems.of_version(session.workspace.library, base.post_mortem.id, version)


def _check_owner(session: Session, named: Named, base: Document) -> None:
    """Refuses a text that names another post-mortem of this library: its ids are taken there."""
    owner = named.id
    if owner != base.post_mortem.id and _is_here(session, owner):
        raise InvalidInputError(
            f"This text belongs to another post-mortem than {base.ref}.",
            advice="Apply it to the one whose id it names, or take the id out of it.",
        )
    if owner != base.post_mortem.id or named.ref not in ("", base.ref):
        output.note(f"The text names another id or ref; {base.ref} keeps its ref and its id.")


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidInputError(f"This is not JSON: {place}: {error.msg}.") from error
    except RecursionError as error:
        raise InvalidInputError(f"{codec.TOO_DEEP}.") from error
    except ValueError as error:
        raise InvalidInputError("A number in this JSON has too many digits.") from error
    if not isinstance(data, dict):
        raise InvalidInputError(
            "This is a JSON list; a post-mortem is one JSON object.",
            advice="Give a single one, as this prints it: afterwhy show REF --json",
        )
    if _ZERO.search(text):
        raise InvalidInputError("This JSON holds zero bytes (\\u0000), which no text can have.")
    return data


def _is_here(session: Session, post_mortem_id: str) -> bool:
    try:
        post_mortems.by_id(session.workspace.library, post_mortem_id)
    except NotFoundError:
        return False
    return True


def save(session: Session, change: Change) -> Saved:
    """Stores a text, joined with what others wrote since it was read, and says what that met.

    Without the document it was made from there is nothing to join by: then it is refused and kept.
    """
    workspace = session.workspace
    if change.base is None:
        return commands.replace(workspace.library, change.document, workspace.actor)
    merged = commands.merge_save(workspace.library, change.document, change.base, workspace.actor)
    saved = merged.saved
    if saved.version > change.base.version + 1:
        output.note(f"{saved.ref} was changed by others meanwhile; their changes were joined.")
    for conflict in merged.conflicts:
        output.note(
            f"{conflict.label} was changed by somebody else, too. Yours stands; theirs is in a "
            f"comment there."
        )
    if post_mortems.is_deleted(workspace.library, saved.id):
        output.note(
            f"{saved.ref} is in the trash meanwhile; your text was saved there. This brings it "
            f"back: afterwhy undelete {saved.ref}"
        )
        session.in_part = True
    session.in_part = session.in_part or bool(merged.conflicts)
    return saved


def tell(session: Session, base: Document, saved: Saved) -> None:
    """Answers with what was saved of a text that was made from ``base``."""
    changed = saved.version != base.version
    text = f"{saved.ref} was saved (version {saved.version})."
    if not changed:
        output.note("Nothing was changed.")
    if saved.removed:
        verb, it = ("was", "it") if len(saved.removed) == 1 else ("were", "them")
        output.note(
            f"{', '.join(saved.removed)} {verb} removed from {saved.ref}; this brings {it} back: "
            f"afterwhy restore {saved.ref} {saved.revision}"
        )
    session.answer({"ref": saved.ref, "version": saved.version}, text if changed else saved.ref)
