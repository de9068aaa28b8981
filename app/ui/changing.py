"""Changes to many post-mortems at once, each with its undo."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from app.ui.context import Context
from app.ui.wording import count
from models.commands import labels
from models.commands import post_mortems as commands
from models.commands.labels import Before, BulkEdit
from models.commands.post_mortems import Saved
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def delete(context: Context, ids: Sequence[str]) -> None:
    """Move post-mortems to the trash; Undo takes them out again."""

    def write(workspace: "Workspace", actor: Actor) -> None:
        commands.delete(workspace.library, ids, actor)

    def done(_: None) -> None:
        words = f"{count(len(ids), 'post-mortem')} moved to the trash."
        context.messages.toast(words, lambda: undelete(context, ids))

    context.write(write, done)


def undelete(context: Context, ids: Sequence[str]) -> None:
    """Take post-mortems out of the trash; Undo puts them back."""

    def write(workspace: "Workspace", actor: Actor) -> None:
        commands.undelete(workspace.library, ids, actor)

    def done(_: None) -> None:
        words = f"{count(len(ids), 'post-mortem')} restored from the trash."
        context.messages.toast(words, lambda: delete(context, ids))

    context.write(write, done)


def say_saved(context: Context, saved: Saved, words: str) -> None:
    """Say that a text was saved; where actions left it, name them and offer the text before."""
    if not saved.removed:
        context.messages.toast(words)
        return

    def restore(workspace: "Workspace", actor: Actor) -> Saved:
        return commands.restore(workspace.library, saved.id, saved.revision, actor)

    def back(_: Saved) -> None:
        context.messages.toast(f"{saved.ref} is as it was before, with {gone}.")

    gone = ", ".join(saved.removed)
    context.messages.toast(f"{words} It has {gone} no more.", lambda: context.write(restore, back))


def edit(
    context: Context,
    ids: Sequence[str],
    change: BulkEdit,
    finished: Callable[[], None],
    reasons: Mapping[str, str],
) -> None:
    """Set the same for several post-mortems, all of them or none.

    ``reasons`` for a status are kept, by the id of the post-mortem.
    """
    if change == BulkEdit():
        context.messages.toast("Nothing is filled in, so nothing was changed.")
        return

    def write(workspace: "Workspace", actor: Actor) -> tuple[Before, ...]:
        return labels.edit(workspace.library, ids, change, actor, reasons)

    def done(before: tuple[Before, ...]) -> None:
        finished()
        _offer_undo(context, before)

    context.write(write, done)


def rename(context: Context, kind: str, old: Sequence[str], new: str) -> None:
    """Rename a service or tag everywhere; several, or a name that exists, become one."""

    def write(workspace: "Workspace", actor: Actor) -> tuple[Before, ...]:
        before: list[Before] = []
        for name in old:
            if name != new:
                before += labels.rename(workspace.library, kind, name, new, actor)
        return tuple(before)

    context.write(write, lambda before: _offer_undo(context, before))


def _offer_undo(context: Context, before: tuple[Before, ...]) -> None:
    changed = len({entry.post_mortem.id for entry in before})
    words = f"{count(changed, 'post-mortem')} changed."
    context.messages.toast(words, (lambda: _undo(context, before)) if before else None)


def _undo(context: Context, before: tuple[Before, ...]) -> None:
    def write(workspace: "Workspace", actor: Actor) -> int:
        return labels.undo(workspace.library, before, actor)

    def done(number: int) -> None:
        left = len({entry.post_mortem.id for entry in before}) - number
        rest = f" {left} were changed since and stay." if left > 0 else ""
        context.messages.toast(f"{count(number, 'post-mortem')} as before.{rest}")

    context.write(write, done)
