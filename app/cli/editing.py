"""Writing a post-mortem in the author's own editor."""

import os
import shlex
import shutil
import subprocess

import click

from app.cli import edited_texts, output, text_input, writing
from app.cli.edited_texts import EditedText
from app.cli.interrupts import passed_over
from app.cli.session import Session, command
from integrations.markdown.form import to_editor_text
from models.commands.post_mortems import Saved
from models.document import Document
from models.errors import InvalidInputError, KnownError
from models.queries import post_mortems


@command("edit", writes=True)
@click.argument("ref")
def edit(session: Session, ref: str) -> None:
    """Open REF in $VISUAL or $EDITOR and save what is left there.

    Empty sections show the questions of its template in comments, which are never saved. A text
    that could not be saved is kept, and the next edit of REF offers it.
    """
    library = session.workspace.library
    base = post_mortems.document(library, ref)
    library.require_writable()
    editor = _editor()
    text = _text(session, base)
    try:
        saved = _edited(session, text, editor)
    except KnownError as error:
        if not text.file.exists():
            raise KnownError(
                f"The editor removed the file it was given ({text.file}).",
                kept="Nothing was changed.",
            ) from error
        if text.is_changed:
            raise _with_text(error, text) from error
        text.forget()
        raise
    finally:
        text.leave()
    text.forget()
    writing.tell(session, text.base, saved)


def _text(session: Session, base: Document) -> EditedText:
    """What the editor gets: a text that was not saved the last time, or the present one."""
    library = session.workspace.library
    earlier = edited_texts.left(library.id, base.post_mortem.id)
    for text in earlier:
        output.note(
            f"A text of {base.ref} that was not saved lies in {text.file} "
            f"(written until {text.changed_at:%Y-%m-%d %H:%M} UTC)."
        )
    chosen = (
        earlier[0] if earlier and output.on_a_terminal() and _agrees("Go on with it?") else None
    )
    for text in earlier:
        if text is not chosen:
            text.leave()
    if chosen is not None:
        return chosen
    if earlier:
        output.note(
            f"It stays there. Save it with: afterwhy apply {base.ref} {_quoted(earlier[0])}; "
            f"or delete the file."
        )
    template = session.workspace.templates.get(base.post_mortem.template)
    return edited_texts.begin(library.id, base, to_editor_text(base, template))


def _edited(session: Session, text: EditedText, editor: list[str]) -> Saved:
    """What the author left, saved; with a person at the keyboard faults can be mended at once."""
    base = text.base
    while True:
        _run(editor, text)
        try:
            written = text_input.read(str(text.file))
            if written == text.given:
                return Saved(base.post_mortem.id, base.ref, base.version)
            return writing.save(session, writing.read(session, written, base))
        except InvalidInputError as error:
            if not output.on_a_terminal():
                raise
            output.note(error.sentence())
            if not _agrees("Open the editor again?"):
                raise


def _agrees(question: str) -> bool:
    try:
        return click.confirm(question, default=True, err=True)
    except click.Abort:
        return False


def _editor() -> list[str]:
    """The author's editor and its options."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _default_editor()
    try:
        return shlex.split(chosen, posix=os.name != "nt")
    except ValueError as error:
        raise _cannot_start(chosen, str(error)) from error


def _default_editor() -> str:
    if os.name == "nt":
        return "notepad"
    if not output.on_a_terminal():
        raise KnownError(
            "There is no terminal for an editor here, and EDITOR names none.",
            kept="Nothing was changed.",
            advice="Set EDITOR, or change a text with: afterwhy apply REF FILE",
        )
    return next((name for name in ("editor", "nano", "vi") if shutil.which(name)), "vi")


def _run(editor: list[str], text: EditedText) -> None:
    name = shlex.join(editor)
    try:
        with passed_over():
            code = subprocess.run([*editor, str(text.file)], check=False).returncode
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise _cannot_start(name, reason or str(error)) from error
    if code:
        raise KnownError(f"The editor {name} ended with code {code}.", kept="Nothing was changed.")


def _cannot_start(editor: str, reason: str) -> KnownError:
    return KnownError(
        f"The editor {editor} cannot be started: {reason}.",
        kept="Nothing was changed.",
        advice="Set EDITOR to the editor of your choice.",
    )


def _quoted(text: EditedText) -> str:
    return shlex.quote(str(text.file))


def _with_text(error: KnownError, text: EditedText) -> KnownError:
    ref = text.base.ref
    return KnownError(
        str(error),
        kept=f"{error.kept or 'Nothing was changed.'} Your text is in {text.file}.",
        advice=f"{error.advice} Go on with it: afterwhy edit {ref}; or mend it there, then: "
        f"afterwhy apply {ref} {_quoted(text)}".strip(),
    )
