"""How the sections of the editor are arranged for their pictures."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QAbstractButton

from app.ui.editor.draft import Draft
from app.ui.editor.whys.prompts import TREES_SHORT
from app.ui.shots.studio import Studio
from models.document import Document
from models.domain.whys import About
from models.language.texts import Text, texts_of
from models.queries import post_mortems as queries

IN_REVIEW = "PM-2026-013"
TRIAGED = "PM-2025-031"
BLAMING = {
    "timeline": "The release team should have tested old accounts, which was careless.",
    "response": "Human error in the repair query.",
    "lessons": "Somebody forgot the oldest accounts. They were fixed by repairing the database.",
}
"""Words for the pictures of the language check, by section."""


def section_of(key: str) -> Callable[[Studio], None]:
    """A section of the sample with something in every section."""

    def arrange(studio: Studio) -> None:
        studio.context.preferences.set_text("author_asked", "yes")
        if studio.desktop.window.current != "editor":
            studio.screens.writing.edit(studio.sample_id)
            studio.settle()
        studio.screens.writing.editor.show_section(key)
        studio.screens.writing.editor.dock.search()

    return arrange


def why_tree(about: About) -> Callable[[Studio], None]:
    """One of the three why trees."""

    def arrange(studio: Studio) -> None:
        section_of("whys")(studio)
        page = studio.screens.writing.editor.work.forms.page
        trees = page.findChildren(QAbstractButton) if page is not None else []
        next(b for b in trees if b.text().startswith(TREES_SHORT[about])).click()

    return arrange


def language(studio: Studio) -> None:
    """Hints in the timeline, their tab beside it; ``unblame`` takes the words back."""
    section_of("timeline")(studio)
    editor = studio.screens.writing.editor
    editor.dock.tabs.choose(1)
    for section, words in BLAMING.items():
        every = texts_of(_draft(studio).document)
        text = next(text for text in every if text.place.section == section)
        _draft(studio).edit("Write", partial(_rewritten, text, words), place=section)
    editor.language.finish()
    hints = editor.language.hints
    hints.go_to(next(one for one in hints.shown if one.place.section == "timeline"))
    studio.settle()
    editor.language.finish()


def _draft(studio: Studio) -> Draft:
    draft = studio.screens.writing.editor.draft
    if draft is None:
        raise RuntimeError("nothing is being written")
    return draft


def _rewritten(text: Text, words: str, document: Document) -> Document:
    return text.write(document, words)


def hint(studio: Studio) -> None:
    """The hint at the cursor, above the field of an event."""
    language(studio)
    studio.screens.writing.editor.language.show_hint()


def unblame(studio: Studio) -> None:
    for _ in BLAMING:
        _draft(studio).undo()
    studio.screens.writing.editor.dock.tabs.choose(0)
    studio.screens.writing.editor.side.stepper.setFocus()


def preview(studio: Studio) -> None:
    section_of("impact")(studio)
    studio.screens.writing.editor.dock.tabs.choose(2)


def revisions(studio: Studio) -> None:
    section_of("summary")(studio)
    studio.screens.writing.editor.dock.tabs.choose(0)
    studio.screens.writing.editor.work.show_history()


def response_step(studio: Studio) -> None:
    """A step of ROLL-BACK, open at its first signal."""
    section_of("response")(studio)
    studio.screens.writing.editor.reveal("response/roll-back/monitor/p99 latency")


def response_layers(studio: Studio) -> None:
    """A step of TRIAGE-SCALE in the sample that followed it, which is closed."""
    writing = studio.screens.writing
    writing.edit(queries.resolve(studio.context.workspace.library, TRIAGED))
    studio.settle()
    editor = writing.editor
    editor.show_section("response")
    if not editor.work.is_writing:
        editor.work.gate.buttons[1].click()
    editor.reveal("response/triage-scale/isolate")


def in_review(studio: Studio) -> None:
    """A review that was asked for, with its answers and what was gone through."""
    studio.context.preferences.set_text("author_asked", "yes")
    studio.screens.writing.edit(queries.resolve(studio.context.workspace.library, IN_REVIEW))
    studio.settle()
    studio.screens.writing.editor.show_section("review")
