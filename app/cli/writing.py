"""Changing the text of a post-mortem: from a file, or in the author's editor."""

import dataclasses
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from app.cli import output, text_input
from app.cli.interrupts import leaving_to_child
from app.cli.session import Session, command
from integrations.markdown.form import from_markdown, read_form, to_editor_text
from models import document
from models.commands import post_mortems as commands
from models.commands.post_mortems import Saved
from models.document import Document
from models.errors import InvalidInputError, KnownError, NotFoundError
from models.queries import post_mortems


@command("apply", writes=True)
@click.argument("ref")
@click.argument("file", metavar="FILE|-")
def apply(session: Session, ref: str, file: str) -> None:
    """Replace the content of REF with that of FILE, in Markdown or JSON as export writes them.

    A text names the version it was made from, as exports do. What changed since is joined with it;
    of words that both changed yours stand, theirs stay as a comment, and the exit code is 3.
    Without "version" it takes the place of the present text. What JSON does not mention stays as
    it is.
    """
    text = text_input.read(file)
    base = post_mortems.document(session.workspace.library, ref)
    _tell(session, base, _save(session, _read(session, text, base)))


@dataclasses.dataclass(frozen=True)
class _Change:
    """A document as a text says it, and what that was made from; None where no one knows it now."""

    document: Document
    base: Document | None


def _read(session: Session, text: str, base: Document) -> _Change:
    if text.lstrip().startswith("{"):
        given = _object(text)
        read, version = _as_read(session, base, given.get("id"), given.get("version"))
        changed = document.from_json(document.to_json(read or base) | given)
        _check_owner(session, changed, base)
        mortem = dataclasses.replace(changed.post_mortem, id=base.post_mortem.id)
        return _Change(dataclasses.replace(changed, post_mortem=mortem, version=version), read)
    named = from_markdown(text)
    _check_owner(session, named, base)
    if named.post_mortem.id != base.post_mortem.id or named.ref not in ("", base.ref):
        output.note(f"The text names another id or ref; {base.ref} keeps its ref and its id.")
    read, version = _as_read(session, base, named.post_mortem.id, named.version)
    workspace = session.workspace
    now, terms = workspace.library.now(), workspace.vocabularies
    reading = read_form(text, read or base, now=now, terms=terms)
    for notice in reading.notices:
        output.note(notice)
    return _Change(dataclasses.replace(reading.document, version=version), read)


def _as_read(
    session: Session, base: Document, owner: object, version: object
) -> tuple[Document | None, int]:
    """The document that a text was made from, None where the history lacks it, and its version.

    A text without a version is made from the present one; so is that of another library's
    post-mortem, whose version means nothing here.
    """
    if not isinstance(version, int) or version <= 0 or owner not in (None, base.post_mortem.id):
        return base, base.version
    if version > base.version:
        raise InvalidInputError(
            f"This text was made from version {version}; {base.ref} is at {base.version} here.",
            kept="Nothing was changed.",
            advice="Take “version” out of the text to put it in the place of the present one.",
        )
    library = session.workspace.library
    if version == base.version:
        return base, version
    return post_mortems.of_version(library, base.post_mortem.id, version), version


def _check_owner(session: Session, named: Document, base: Document) -> None:
    """Refuses a text that names another post-mortem of this library: its ids are taken there."""
    owner = named.post_mortem.id
    if owner != base.post_mortem.id and _is_here(session, owner):
        raise InvalidInputError(
            f"This text belongs to another post-mortem than {base.ref}.",
            kept="Nothing was changed.",
            advice="Apply it to the one whose id it names, or take the id out of it.",
        )


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(
            f"This is not JSON: {error}.", kept="Nothing was changed."
        ) from error
    return data if isinstance(data, dict) else {}


def _is_here(session: Session, post_mortem_id: str) -> bool:
    try:
        post_mortems.by_id(session.workspace.library, post_mortem_id)
    except NotFoundError:
        return False
    return True


def _save(session: Session, change: _Change) -> Saved:
    """Stores a text, joined with what others wrote since it was read.

    Without the document it was made from there is nothing to join by: then it is refused and kept.
    """
    workspace = session.workspace
    if change.base is None:
        return commands.replace(workspace.library, change.document, workspace.actor)
    merged = commands.merge_save(workspace.library, change.document, change.base, workspace.actor)
    for conflict in merged.conflicts:
        output.note(
            f"{conflict.label} was changed by somebody else, too. Yours stands; theirs is in a "
            f"comment there."
        )
    session.in_part = session.in_part or bool(merged.conflicts)
    return merged.saved


def _tell(session: Session, base: Document, saved: Saved) -> None:
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


@command("edit", writes=True)
@click.argument("ref")
def edit(session: Session, ref: str) -> None:
    """Open REF in $VISUAL or $EDITOR and save what is left there.

    Empty sections show the questions of its template in comments, which are never saved.
    """
    base = post_mortems.document(session.workspace.library, ref)
    template = session.workspace.templates.get(base.post_mortem.template)
    before = to_editor_text(base, template)
    handle, name = tempfile.mkstemp(prefix=f"{base.ref}-", suffix=".md")
    file = Path(name)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(before)
    try:
        saved = _edited(session, base, before, file)
    except KnownError as error:
        if not file.exists():
            raise KnownError(
                f"The editor removed the file it was given ({file}).",
                kept="Nothing was changed.",
            ) from error
        if file.read_bytes() == before.encode():
            file.unlink()
            raise
        raise _with_text(error, base.ref, file) from error
    file.unlink(missing_ok=True)
    _tell(session, base, saved)


def _edited(session: Session, base: Document, before: str, file: Path) -> Saved:
    """What the author left, saved; with a person at the keyboard faults can be mended at once."""
    while True:
        _run_editor(file)
        try:
            text = text_input.read(str(file))
            if text == before:
                return Saved(base.post_mortem.id, base.ref, base.version)
            return _save(session, _read(session, text, base))
        except InvalidInputError as error:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            output.note(error.sentence())
            if not _again():
                raise


def _again() -> bool:
    try:
        return click.confirm("Open the editor again?", default=True, err=True)
    except click.Abort:
        return False


def _run_editor(file: Path) -> None:
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _default_editor()
    try:
        words = [*shlex.split(chosen, posix=os.name != "nt"), str(file)]
        with leaving_to_child():
            code = subprocess.run(words, check=False).returncode
    except (OSError, ValueError) as error:
        raise KnownError(
            f"The editor {chosen!r} cannot be started: {error}.",
            kept="Nothing was changed.",
            advice="Set EDITOR to the editor of your choice.",
        ) from error
    if code:
        raise KnownError(
            f"The editor {chosen!r} ended with code {code}.", kept="Nothing was changed."
        )


def _default_editor() -> str:
    if os.name == "nt":
        return "notepad"
    return next((name for name in ("editor", "nano", "vi") if shutil.which(name)), "vi")


def _with_text(error: KnownError, ref: str, file: Path) -> KnownError:
    return KnownError(
        str(error),
        kept=f"{error.kept} Your text is in {file}.".strip(),
        advice=f"{error.advice} Mend it there, then: afterwhy apply {ref} {file}".strip(),
    )
