"""Why a post-mortem is shown as text and not as forms, and what leads to the forms."""

from dataclasses import dataclass

from models.document import Document
from models.domain.post_mortem import Status


@dataclass(frozen=True)
class Gate:
    """What stands above the text: title, sentence, and what its buttons are called.

    ``reopens`` says that going on makes it a draft again.
    """

    title: str
    text: str
    open: str = ""
    edit: str = ""


def gate_of(document: Document, *, writable: bool, folder: str) -> Gate | None:
    """What stands between a reader and the forms; None where nothing does."""
    ref, mortem = document.ref, document.post_mortem
    if not writable:
        return Gate(
            f"{ref} can be read, not changed",
            f"The library {folder} is read-only. Make the folder writable and start again.",
        )
    if mortem.historical:
        return Gate(
            f"{ref} was imported and is historical",
            "It stays outside reviews and reminders, whatever is changed in it.",
            edit="Edit anyway",
        )
    if mortem.status is Status.CLOSED:
        return Gate(
            f"{ref} is closed",
            "Reopen it as a draft, or mend a word and leave it closed.",
            open="Reopen",
            edit="Edit anyway",
        )
    return None
