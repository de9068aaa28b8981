"""After a crash: says what was being written, what is saved, and what was recovered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.document.comparison import ComparisonDialog
from app.ui.document.differences import Told, told
from app.ui.editor.recovery_copies import Left, RecoveryCopies
from models.commands import post_mortems as commands
from models.commands.post_mortems import Saved
from models.differences import differences
from models.document import Document
from models.errors import KnownError, NotFoundError
from models.queries import post_mortems as queries
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace


@dataclass(frozen=True)
class Found:
    """One post-mortem that was open when runs ended without closing.

    ``lefts`` is what each of those runs left, oldest first. ``saved_at`` is when the library was
    last written before it was looked at, ``recovered`` whether a copy held words that the library
    had not; ``before`` and ``number`` are the text before them. ``error`` is why a copy could not
    be put back; it is kept then.
    """

    lefts: tuple[Left, ...]
    document: Document
    saved_at: datetime | None
    recovered: bool = False
    before: Document | None = None
    number: int = 0
    error: KnownError | None = None

    @property
    def ref(self) -> str:
        """The name of the post-mortem."""
        return self.document.ref

    @property
    def typed_at(self) -> datetime | None:
        """When the newest copy was made."""
        return max((left.copy.at for left in self.lefts if left.copy), default=None)

    def joined(self, later: "Found") -> "Found":
        """With what a later run left of the same post-mortem."""
        first = self if self.recovered else later
        return Found(
            (*self.lefts, *later.lefts),
            later.document,
            self.saved_at,
            self.recovered or later.recovered,
            first.before,
            first.number,
            self.error or later.error,
        )


def found(workspace: "Workspace", actor: Actor, lefts: Iterable[Left]) -> list[Found]:
    """Put back what runs left; each post-mortem once. The gone ones are not told of."""
    by_id: dict[str, Found] = {}
    for left in lefts:
        one = put_back(workspace, actor, left)
        if one is not None:
            id = left.marker.id
            by_id[id] = by_id[id].joined(one) if id in by_id else one
    return [*by_id.values()]


def put_back(workspace: "Workspace", actor: Actor, left: Left) -> Found | None:
    """Write the words of a copy into the library; None where the post-mortem is gone."""
    library, id = workspace.library, left.marker.id
    try:
        before = queries.by_id(library, id)
    except NotFoundError:
        return None
    newest = next((r for r in queries.history(library, id) if not r.is_aside), None)
    saved_at, number = (newest.at, newest.number) if newest else (None, 0)
    if left.copy is None:
        return Found((left,), before, saved_at)
    try:
        merged = commands.merge_save(library, left.copy.document, left.copy.base, actor)
    except KnownError as error:
        return Found((left,), before, saved_at, error=error)
    recovered = bool(differences(before, merged.document))
    return Found((left,), merged.document, saved_at, recovered, before, number)


class Recovery(QObject):
    """Looks once, at the start, and tells of one post-mortem after the other.

    Signals
    -------
    open_requested(str):
        A post-mortem is to be written again, by its id.
    """

    open_requested = Signal(str)

    def __init__(self, context: Context, copies: RecoveryCopies, window: QWidget) -> None:
        super().__init__(context)
        self._context = context
        self._copies = copies
        self._window = window
        self._waiting: list[Found] = []
        self._tells_saved = False

    def look(self) -> None:
        """Find what earlier runs left, put back what can be, and tell it."""
        copies, actor = self._copies, self._context.actor

        def find(workspace: "Workspace") -> list[Found]:
            if not workspace.library.writable:
                return []
            return found(workspace, actor, copies.left())

        self._context.read(find, self._begin)

    def _begin(self, waiting: list[Found]) -> None:
        self._waiting = waiting
        if any(one.recovered for one in waiting):
            self._context.changes_committed.emit()
        self._tell_next()

    def _tell_next(self) -> None:
        if not self._waiting:
            return
        one = self._waiting[0]
        if one.error is not None:
            self._tell_kept(one, one.error)
        elif one.recovered:
            self._tell_recovered(one)
        else:
            self._tell_saved()

    def _tell_kept(self, one: Found, error: KnownError) -> None:
        self._context.messages.banner(
            "red",
            f"Words of {one.ref} could not be put back yet",
            f"{error.sentence()} Their copy is kept: {one.lefts[-1].folder}",
            ("Try again", self.look),
        )

    def _tell_recovered(self, one: Found) -> None:
        at = _time(one.typed_at)
        self._context.messages.banner(
            "blue",
            f"{one.ref}: words were recovered",
            f"Afterwhy ended without closing. What you typed until {at} was not in the library;"
            f" it was taken from a copy. Before that, everything was saved until"
            f" {_time(one.saved_at)}.",
            ("Compare", lambda: self._compare(one)),
            ("Restore the earlier text", lambda: self._restore(one)),
            ("Keep", lambda: self._settle(one)),
        )

    def _tell_saved(self) -> None:
        """Those of which nothing is missing, all at once."""
        saved = self._saved()
        first = saved[0]
        parts = ", ".join(f"{one.ref} until {_time(one.saved_at)}" for one in saved)

        def settle() -> None:
            for one in self._saved():
                self._settle(one, tell=False)
            self._tell_next()

        def go_on() -> None:
            settle()
            self.open_requested.emit(first.document.post_mortem.id)

        self._context.messages.banner(
            "blue",
            "Afterwhy ended without closing",
            f"Everything is saved: {parts}. At most the last second of typing is missing.",
            (f"Go on writing {first.ref}", go_on),
            ("All right", settle),
            closed=settle,
        )
        self._tells_saved = True

    def _saved(self) -> list[Found]:
        return [one for one in self._waiting if not one.recovered and one.error is None]

    @Slot(str)
    def opened(self, id: str) -> None:
        """Its author looks at a post-mortem: that it is saved need not be said any more."""
        seen = [one for one in self._saved() if one.document.post_mortem.id == id]
        for one in seen:
            self._settle(one, tell=False, hide=self._tells_saved)
        if seen and self._tells_saved:
            self._tell_next()

    def _settle(self, one: Found, *, tell: bool = True, hide: bool = True) -> None:
        """The author knows: its files are of no more use."""
        for left in one.lefts:
            self._copies.forget(left)
        self._waiting = [other for other in self._waiting if other is not one]
        if hide:
            self._tells_saved = False
            self._context.messages.solved()
        if tell:
            self._tell_next()

    def _compare(self, one: Found) -> None:
        before = one.before or one.document

        def compare(workspace: "Workspace") -> Told:
            return told(differences(before, one.document), "Saved", "Recovered")

        def show(result: Told) -> None:
            dialog = ComparisonDialog(
                self._context.look,
                self._window,
                f"{one.ref}: what was recovered",
                "A plus is what was typed and not saved, a minus what it took away.",
            )
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.show_told(result, ("Keep", lambda: self._settle(one)))
            dialog.open()

        self._context.read(compare, show)

    def _restore(self, one: Found) -> None:
        id, number = one.document.post_mortem.id, one.number

        def write(workspace: "Workspace", actor: Actor) -> Saved:
            return commands.restore(workspace.library, id, number, actor)

        def done(_: Saved) -> None:
            self._settle(one)
            words = f"{one.ref} is as it was saved before; what was recovered is in its history."
            self._context.messages.toast(words)

        self._context.write(write, done)


def _time(at: datetime | None) -> str:
    return f"{at.day} {at:%b %Y, %H:%M:%S} UTC" if at is not None else "it was opened"
