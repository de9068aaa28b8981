"""Telling that a pasted text holds secrets, with one key that masks them."""

from app.ui.context import Context
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.prose.keys import MASK
from models import secrets


class SecretWatch:
    """Looks through what is pasted into the fields of a page. It never changes a text by itself."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._is_told = False
        self._served: set[ProseEdit] = set()

    def serve(self, field: ProseEdit) -> None:
        """Look from now on through what is pasted into a field."""
        self._served.add(field)
        field.destroyed.connect(lambda: self._served.discard(field))
        field.text_pasted.connect(lambda text: self._look(text, field))
        field.secrets_masked.connect(self._masked)

    def _look(self, text: str, field: ProseEdit) -> None:
        found = secrets.find(text)
        if not found:
            return
        them = "it" if len(found) == 1 else "them"

        def mask() -> None:
            if field in self._served:  # it may be gone since
                field.mask_secrets()

        self._is_told = True
        self._context.messages.banner(
            "amber",
            f"What you pasted holds {secrets.told(found)}.",
            f"It would be in the history and in every copy. {MASK.toString()} masks {them} here, "
            "undo brings back what stood there.",
            (f"Mask {them}", mask),
            closed=self._closed,
        )

    def _masked(self) -> None:
        if self._is_told:
            self._is_told = False
            self._context.messages.solved()

    def _closed(self) -> None:
        self._is_told = False
