"""Which section of a document is shown, and the way to the others."""

from collections.abc import Mapping

from app.ui.editor.sections import Step, outline_of, steps_of
from models.document import Document
from models.guidance.guide import Guide
from models.templates import Template


class Walk:
    """The sections of one document in their order, and where in them the author is."""

    def __init__(self, templates: Mapping[str, Template], guide: Guide) -> None:
        self._templates = templates
        self._guide = guide
        self._outline: tuple[object, ...] = ()
        self.steps: tuple[Step, ...] = ()
        self.key = ""

    def begin(self, document: Document) -> None:
        """Stand before the first section of a document."""
        self.key = ""
        self._outline = outline_of(document)
        self.steps = steps_of(document, self.template(document), self._guide)

    def follow(self, document: Document) -> bool:
        """Whether sections came, went, moved or changed their name.

        Where the one that was shown is gone, the one that took its place is next.
        """
        outline = outline_of(document)
        if outline == self._outline:
            return False
        place = self._place()
        self._outline = outline
        self.steps = steps_of(document, self.template(document), self._guide)
        if self.step(self.key) is None:
            self.key = self.steps[min(place, len(self.steps) - 1)].key
        return True

    def step(self, key: str) -> Step | None:
        """The section of a key."""
        return next((step for step in self.steps if step.key == key), None)

    def beside(self, way: int) -> str:
        """The key of the section so far before (-1) or after (1), or ""."""
        place = self._place() + way
        return self.steps[place].key if 0 <= place < len(self.steps) else ""

    def template(self, document: Document) -> Template:
        """The template of a document, the default one where it has none."""
        known = self._templates.get(document.post_mortem.template)
        return known or next(iter(self._templates.values()))

    def _place(self) -> int:
        keys = [step.key for step in self.steps]
        return keys.index(self.key) if self.key in keys else 0
