"""Choosing between two versions of the same words in a post-mortem that is not being written."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.editor.conflicts import ConflictsDialog, Sides
from app.ui.wording import count
from models.commands import post_mortems as commands
from models.commands.post_mortems import Merged
from models.document import Document
from models.editing.deciding import Choice, decided
from models.merging import Conflict
from models.queries import post_mortems as queries
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def places(conflicts: Sequence[Conflict]) -> str:
    """Where the conflicts are: "Summary; Why 2.1, answer and 3 other places"."""
    named = "; ".join(conflict.label for conflict in conflicts[:3])
    rest = len(conflicts) - 3
    return f"{named} and {count(rest, 'other place')}" if rest > 0 else named


def compare(
    context: Context,
    window: QWidget,
    id: str,
    conflicts: Sequence[Conflict],
    *,
    sides: Sides,
    settled: Callable[[], None],
) -> None:
    """Show both versions side by side and store what is chosen; ``settled`` when it is."""

    def show(document: Document) -> None:
        ConflictsDialog(context.look, window, document, conflicts, decide, sides=sides).open()

    def decide(chosen: Mapping[Conflict, Choice]) -> None:
        def write(workspace: "Workspace", actor: Actor) -> Merged:
            base = document = queries.by_id(workspace.library, id)
            for conflict, choice in chosen.items():
                document = decided(document, conflict, choice)
            return commands.merge_save(workspace.library, document, base, actor)

        def done(merged: Merged) -> None:
            settled()
            context.messages.toast(f"{merged.saved.ref}: your choice is saved.")

        context.write(write, done)

    context.read(lambda workspace: queries.by_id(workspace.library, id), show)
