"""Which section of a document is shown, and the way to the others."""

from collections.abc import Mapping

from app.ui.editor.sections import Step, outline_of, steps_of
from models.document import Document
from models.guidance.guide import Guide
from models.sections import KEYS
from models.templates import Template, template_of


class Walk:
    """The sections of one document in their order, and where in them the author is."""

    def __init__(self, templates: Mapping[str, Template], guide: Guide) -> None:
        self._templates = templates
        self._guide = guide
        self._outline: tuple[object, ...] = ()
        self._seen: frozenset[str] = frozenset()
        self.steps: tuple[Step, ...] = ()
        self.key = ""

    def begin(self, document: Document) -> None:
        """Stand before the first section of a document."""
        self.key = ""
        self._lay_out(document, anew=True)

    def follow(self, document: Document) -> bool:
        """Whether sections came, went, moved or changed their name.

        Where the one that was shown is gone, the one that took its place is next.
        """
        outline, place, before = self._outline, self._place(), self._named()
        if outline_of(document) == outline:
            return False
        anew = document.post_mortem.template != outline[0]
        self._lay_out(document, anew=anew)
        if self.step(self.key) is None:
            self.key = self.steps[min(place, len(self.steps) - 1)].key
        return anew or self._named() != before

    def admit(self, key: str, document: Document) -> bool:
        """Show a section that the template leaves out; whether there is such a one."""
        if key not in KEYS or self.step(key) is not None:
            return False
        self._seen |= {key}
        self._lay_out(document)
        return True

    def _lay_out(self, document: Document, *, anew: bool = False) -> None:
        """The sections as they are now; one that was shown stays, even when it is emptied."""
        self._seen = frozenset() if anew else self._seen
        self._outline = outline_of(document)
        self.steps = steps_of(document, self.template(document), self._guide, self._seen)
        self._seen |= {step.key for step in self.steps} & set(KEYS)

    def step(self, key: str) -> Step | None:
        """The section of a key."""
        return next((step for step in self.steps if step.key == key), None)

    def beside(self, way: int) -> str:
        """The key of the section so far before (-1) or after (1), or ""."""
        place = self._place() + way
        return self.steps[place].key if 0 <= place < len(self.steps) else ""

    def template(self, document: Document) -> Template:
        """The template of a document, the default one where it has none."""
        return template_of(document, self._templates)

    def _named(self) -> list[tuple[str, str, tuple[str, ...]]]:
        return [(step.key, step.heading, step.shape) for step in self.steps]

    def _place(self) -> int:
        keys = [step.key for step in self.steps]
        return keys.index(self.key) if self.key in keys else 0
