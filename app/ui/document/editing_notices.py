"""What is said while a post-mortem is edited in the author's own editor."""

import shlex
from collections.abc import Callable
from typing import Protocol

from app.ui.document.external_editor import ADVICE, Started
from app.ui.document.kept_text import Session
from app.ui.document.two_versions import places
from app.ui.messages import Messages
from models.errors import InvalidInputError

Act = Callable[[], None]


class Editing(Protocol):
    """What the buttons of these messages do."""

    def open(self, session: Session) -> None:
        """Open the file in the editor."""

    def open_kept(self, session: Session) -> None:
        """Go on with a text of an earlier run."""

    def apply_kept(self, session: Session) -> None:
        """Take over a text of an earlier run."""

    def discard(self, session: Session) -> None:
        """Remove the file."""

    def compare(self, session: Session) -> None:
        """Show both versions of what others changed, too."""

    def keep(self, session: Session) -> None:
        """Leave both versions where they are."""

    def stop(self, id: str) -> None:
        """Take over what is left, then forget the file."""


class EditingNotices:
    """The banners about files that editors work on."""

    def __init__(self, messages: Messages, editing: Editing) -> None:
        self._messages = messages
        self._editing = editing

    def say_waiting(self, session: Session, others: int, *, opened: bool) -> None:
        """A text was saved in an editor and never taken over; ask what becomes of it."""
        editing = self._editing
        rest = f" {others} more are kept like it." if others > 0 else ""
        if opened:
            where = "It is open in your editor now; save it there, or apply it as it is."
        else:
            where = f"It is kept in {session.file}"
        self._messages.banner(
            "amber",
            f"{session.base.ref}: a text from your editor is not in the library yet",
            where + rest,
            ("Apply" if opened else "Apply again", lambda: editing.apply_kept(session)),
            ("Open it", lambda: editing.open_kept(session)),
            ("Discard", lambda: editing.discard(session)),
        )

    def say_open(self, session: Session) -> None:
        """The text is open in an editor, or was; and what ends that."""
        editor = session.editor
        if editor is not None and editor.was_closed:
            self._messages.banner(
                "blue",
                f"Your editor has closed; {session.base.ref} is saved",
                f"The file stays watched until you are done with it: {session.file}",
                self._done(session),
                ("Open again", lambda: self._editing.open(session)),
            )
        else:
            self._messages.banner(
                "blue",
                f"{session.base.ref} is open in your editor",
                f"Every save there is saved here. The file is {session.file}",
                self._done(session),
            )

    def say_failed(self, session: Session, editor: Started) -> None:
        """The editor could not run."""
        said = f" It said: {editor.complaint.rstrip('.')}." if editor.complaint else ""
        self._messages.banner(
            "red",
            f"The editor ended at once with exit code {editor.exit_code}",
            f"Tried: {shlex.join(editor.command)}.{said} What you save in {session.file} is taken"
            f" over all the same. {ADVICE}",
            ("Try again", lambda: self._editing.open(session)),
            self._done(session),
        )

    def say_partly(self, session: Session, notices: tuple[str, ...], *, is_open: bool) -> None:
        """Saved, but not all of it stands where its author may look for it."""
        self._messages.banner(
            "amber",
            f"{session.base.ref} is saved; some of it was kept as text",
            " ".join(notices),
            *([self._done(session)] if is_open else []),
        )

    def say_conflicts(self, session: Session, notices: tuple[str, ...] = ()) -> None:
        """Saved; others had changed the same words."""
        where = f"{places(session.conflicts)}."
        kept = "Yours are in the text, theirs in a comment; nothing is lost."
        self._messages.banner(
            "amber",
            f"Somebody changed the same words of {session.base.ref}",
            " ".join((where, kept, *notices)),
            ("Compare", lambda: self._editing.compare(session)),
            ("Keep it so", lambda: self._editing.keep(session)),
        )

    def say_refused(self, session: Session, error: BaseException) -> None:
        """Why a text was not taken over, and what can be done."""
        messages, ref, editing = self._messages, session.base.ref, self._editing
        if isinstance(error, InvalidInputError):
            messages.banner(
                "amber",
                f"{ref} is not saved yet: {error}",
                f"{_sentence(error.advice)} Mend it in your editor and save again.".strip(),
                ("Open it", lambda: editing.open(session)),
                ("Discard this text", lambda: editing.discard(session)),
            )
        else:
            messages.error(error)

    def _done(self, session: Session) -> tuple[str, Act]:
        return "Done", lambda: self._editing.stop(session.id)


def _sentence(text: str) -> str:
    """With a full stop, so that another sentence can follow."""
    return f"{text}." if text and text[-1] not in ".!?" else text
