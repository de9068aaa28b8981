"""Putting the sample library in and taking it out again, each the undo of the other."""

from typing import TYPE_CHECKING

from app.ui.context import Context
from app.ui.wording import count
from models import sample
from models.commands import samples
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def add(context: Context) -> None:
    """Put the sample library in."""

    def write(workspace: "Workspace", actor: Actor) -> int:
        return len(samples.add(workspace.library, sample.documents()))

    def done(number: int) -> None:
        words = f"{count(number, 'sample')} put in." if number else "The samples are back."
        context.messages.toast(words, lambda: remove(context))

    context.write(write, done)


def remove(context: Context) -> None:
    """Move every sample to the trash."""

    def write(workspace: "Workspace", actor: Actor) -> int:
        return samples.remove(workspace.library, actor)

    def done(number: int) -> None:
        words = f"{count(number, 'sample')} moved to the trash."
        context.messages.toast(words, (lambda: add(context)) if number else None)

    context.write(write, done)
