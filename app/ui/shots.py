"""Pictures of every screen: ``python -m app.ui.shots --out build/shots``.

Opens a temporary sample library offscreen, so nothing of the user's is touched, and says which
words did not fit.
"""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.ui.application import Desktop, create_application
from app.ui.context import Context
from app.ui.document.new_dialog import NewDialog
from app.ui.editor.draft import Draft
from app.ui.editor.guidance.checklist import ChecklistDialog
from app.ui.editor.template_choice import TemplateDialog
from app.ui.editor.timeline.page import TimelinePage
from app.ui.editor.timeline.paste_dialog import PasteDialog
from app.ui.editor.whys.prompts import TREES_SHORT
from app.ui.exporting.dialog import COPY, OUTSIDE, WHOLE, ExportDialog
from app.ui.fitting import clipped
from app.ui.screens import Screens
from app.ui.search.similar_text import SimilarTextDialog
from app.ui.search.state import SearchState
from app.ui.search.syntax import SyntaxPopover
from app.ui.shell.command_palette import CommandPalette
from app.ui.shell.key_page import KeyPage
from models.document import Document
from models.domain.whys import About
from models.language.texts import Text, texts_of
from models.queries import post_mortems as queries

SIZE = (1440, 900)
QUERY = "kill switch"
SAMPLE = "PM-2026-014"
IN_REVIEW = "PM-2026-013"
TRIAGED = "PM-2025-031"
SECTIONS = (
    "details",
    "summary",
    "impact",
    "detection",
    "timeline",
    "response",
    "whys",
    "contributing factors",
    "lessons",
    "actions",
    "review",
    "attachments",
)
NOW = "2026-11-20T09:00:00Z"
BLAMING = {
    "timeline": "The release team should have tested old accounts, which was careless.",
    "response": "Human error in the repair query.",
    "lessons": "Somebody forgot the oldest accounts. They were fixed by repairing the database.",
}
"""Words for the pictures of the language check, by section."""
IMPORTED = {
    "2024-03-08-login-queue.md": "# Sign-in slow for an hour\n\n2024-03-08\n\n## Summary\n\n"
    "The sign-in queue filled up after a certificate was renewed.\n",
    "2024-05-20-disk-full.md": "# Reports missing after a full disk\n\n## Summary\n\n"
    "Nightly reports were not written on 20 May 2024.\n",
    "2024/2024-07-11-dns.html": "<h1>Partner portal not found</h1><h2>Summary</h2>"
    "<p>A zone was cleaned up with records that were still used.</p>",
    "2024/notes.txt": "Cache cold after a restart\n\nThe shop was slow for 12 minutes.\n",
}


CHAT = """notes of the bridge, copied on Friday
2026-11-19 14:06 UTC Page: save error rate above 5% for 3 minutes
on-call engineer  2026-11-19 14:09 UTC
error rate is at 38%, all on the new path
:eyes: 2
Incident Commander  15:46
kill switch chosen over a patch; flag set to 0%

2026-11-19T14:49:10Z save success back above 99.5%
2026-10-25 02:30 Europe/Berlin rehearsal of the kill switch
"""


class Studio:
    """A window on a library, to be arranged and photographed."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        from app import bootstrap

        self._app = app
        self.folder = folder.parent
        self.desktop = Desktop(app, lambda: bootstrap.open_workspace(folder))
        self.desktop.window.show()
        self.desktop.window.resize(*SIZE)
        self.settle()

    @property
    def context(self) -> Context:
        """What the screens work with."""
        return self.screens.context

    @property
    def screens(self) -> Screens:
        """The screens of the open library."""
        if self.desktop.screens is None:
            raise RuntimeError("the library did not open")
        return self.desktop.screens

    @property
    def sample_id(self) -> str:
        """The sample that the design's pictures show."""
        return queries.resolve(self.context.workspace.library, SAMPLE)

    def settle(self) -> None:
        """Let everything that was begun end."""
        for _ in range(8):
            self._app.processEvents()
            self.desktop.runner.drain()
        self._app.processEvents()

    def take(self, widget: QWidget, file: Path) -> list[str]:
        """Photograph a window and return what did not fit."""
        self.settle()
        file.parent.mkdir(parents=True, exist_ok=True)
        if not widget.grab().save(str(file)):
            raise OSError(f"{file} could not be written")
        return [f"{file.stem}: {fault}" for fault in clipped(widget)]

    def close(self) -> None:
        """Close the window and end its work."""
        self.desktop.window.close()
        self._app.processEvents()


def _library(studio: Studio) -> None:
    studio.desktop.window.toast.hide()
    studio.desktop.window.show_page("library")


def _bulk(studio: Studio) -> None:
    _library(studio)
    studio.screens.library.list.selectAll()


def _similar(studio: Studio) -> None:
    _library(studio)
    library = studio.screens.library
    library.list.choose(library.list.current_id())
    studio.settle()
    library.reading.toggle_view("similar")


def _history(studio: Studio) -> None:
    _similar(studio)
    studio.screens.library.reading.toggle_view("history")


def _search(studio: Studio) -> None:
    studio.screens.library.reading.show_view("text")
    studio.desktop.window.show_page("search")
    studio.screens.search.take_state(SearchState(QUERY, {"year": frozenset({"2026", "2025"})}))


def _start(studio: Studio) -> None:
    _search(studio)
    studio.screens.search.submit(QUERY)
    studio.settle()
    studio.screens.show_searches()


def _matches(studio: Studio) -> None:
    _search(studio)
    studio.settle()
    studio.screens.search.beside.focus_part("text")
    studio.settle()
    studio.screens.search.beside.find_bar.next()


def _document(studio: Studio) -> None:
    studio.screens.open(studio.screens.library.list.current_id())


def _import(studio: Studio) -> None:
    folder = studio.folder / "wiki"
    (folder / "2024").mkdir(parents=True, exist_ok=True)
    for name, text in IMPORTED.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "2023-05-19-old-scan.pdf").write_bytes(b"%PDF-1.4")
    (folder / "2024-09-02-empty.md").write_bytes(b"")
    studio.screens.import_paths([str(folder)])


def _settings(section: str) -> Callable[[Studio], None]:
    def arrange(studio: Studio) -> None:
        studio.desktop.window.show_page("settings")
        studio.screens.settings.show_section(section)

    return arrange


def _writing(studio: Studio) -> None:
    for word in ("failover", "Kustomize", "quiesce"):
        studio.context.spelling.add(word)
    _settings("Writing")(studio)


def _editor(key: str) -> Callable[[Studio], None]:
    """A section of the sample with something in every section."""

    def arrange(studio: Studio) -> None:
        studio.context.preferences.set_text("author_asked", "yes")
        if studio.desktop.window.current != "editor":
            studio.screens.writing.edit(studio.sample_id)
            studio.settle()
        studio.screens.writing.editor.show_section(key)
        studio.screens.writing.editor.dock.search()

    return arrange


def _editor_tree(about: About) -> Callable[[Studio], None]:
    """One of the three why trees."""

    def arrange(studio: Studio) -> None:
        _editor("whys")(studio)
        page = studio.screens.writing.editor.work.forms.page
        trees = page.findChildren(QAbstractButton) if page is not None else []
        next(b for b in trees if b.text().startswith(TREES_SHORT[about])).click()

    return arrange


def _editor_language(studio: Studio) -> None:
    """Hints in the timeline, their tab beside it; ``_unblame`` takes the words back."""
    _editor("timeline")(studio)
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


def _editor_hint(studio: Studio) -> None:
    """The hint at the cursor, above the field of an event."""
    _editor_language(studio)
    studio.screens.writing.editor.language.show_hint()


def _unblame(studio: Studio) -> None:
    for _ in BLAMING:
        _draft(studio).undo()
    studio.screens.writing.editor.dock.tabs.choose(0)
    studio.screens.writing.editor.side.stepper.setFocus()


def _editor_preview(studio: Studio) -> None:
    _editor("impact")(studio)
    studio.screens.writing.editor.dock.tabs.choose(2)


def _editor_history(studio: Studio) -> None:
    _editor("summary")(studio)
    studio.screens.writing.editor.dock.tabs.choose(0)
    studio.screens.writing.editor.work.show_history()


def _step(studio: Studio) -> None:
    """A step of ROLL-BACK, open at its first signal."""
    _editor("response")(studio)
    studio.screens.writing.editor.reveal("response/roll-back/monitor/p99 latency")


def _layers(studio: Studio) -> None:
    """A step of TRIAGE-SCALE in the sample that followed it, which is closed."""
    writing = studio.screens.writing
    writing.edit(queries.resolve(studio.context.workspace.library, TRIAGED))
    studio.settle()
    editor = writing.editor
    editor.show_section("response")
    if not editor.work.is_writing:
        editor.work.gate.buttons[1].click()
    editor.reveal("response/triage-scale/isolate")


def _template(studio: Studio) -> QWidget:
    _editor("summary")(studio)
    studio.desktop.window.actions_table["change_template"].trigger()
    studio.settle()
    return _last(studio, TemplateDialog)


def _in_review(studio: Studio) -> None:
    """A review that was asked for, with its answers and what was gone through."""
    studio.context.preferences.set_text("author_asked", "yes")
    studio.screens.writing.edit(queries.resolve(studio.context.workspace.library, IN_REVIEW))
    studio.settle()
    studio.screens.writing.editor.show_section("review")


def _checklist(studio: Studio) -> QWidget:
    """What is missing before the review of the sample."""
    studio.context.preferences.set_text("author_asked", "yes")
    studio.screens.writing.edit(studio.sample_id)
    studio.settle()
    studio.screens.writing.editor.guidance.guiding.ask_ahead()
    studio.settle()
    return _last(studio, ChecklistDialog)


def _trash(studio: Studio) -> None:
    studio.desktop.window.show_page("library")
    studio.settle()
    studio.screens.library.list.setCurrentIndex(studio.screens.library.list.rows.first())
    studio.screens.library.delete_selected()
    studio.settle()
    studio.desktop.window.show_page("trash")
    studio.settle()
    studio.screens.trash.list.selectAll()


def _untrash(studio: Studio) -> None:
    studio.screens.trash.restore()
    studio.settle()


def _palette(studio: Studio) -> QWidget:
    _library(studio)
    studio.desktop.window.actions_table["commands"].trigger()
    studio.settle()
    return _last(studio, CommandPalette)


def _keys(studio: Studio) -> QWidget:
    studio.desktop.window.actions_table["keys"].trigger()
    studio.settle()
    return _last(studio, KeyPage)


def _new(studio: Studio) -> QWidget:
    studio.context.preferences.set_text("author_asked", "yes")
    studio.screens.writing.new()
    studio.settle()
    return _last(studio, NewDialog)


def _export(whom: str) -> Callable[[Studio], QWidget]:
    def open_(studio: Studio) -> QWidget:
        studio.screens.export([studio.screens.library.list.current_id()])
        studio.settle()
        dialog = _last(studio, ExportDialog)
        if isinstance(dialog, ExportDialog):
            dialog.whom.click(whom)
        studio.settle()
        return dialog

    return open_


def _events(studio: Studio) -> QWidget:
    """A copied chat with a repeated event, a clock change and a line that is no event."""
    _editor("timeline")(studio)
    studio.settle()
    studio.screens.writing.editor.show_section("timeline")
    page = studio.screens.writing.editor.work.forms.page
    if not isinstance(page, TimelinePage):
        raise TypeError("the timeline is not shown")
    page.several.read(CHAT)
    studio.settle()
    return _last(studio, PasteDialog)


def _similar_text(studio: Studio) -> QWidget:
    QApplication.clipboard().setText(
        "ALERT profile-api: save errors above 5 % after rollout to 100 %"
    )
    studio.screens.ask_similar()
    studio.settle()
    return _last(studio, SimilarTextDialog)


def _syntax(studio: Studio) -> QWidget:
    _search(studio)
    studio.screens.search.show_syntax()
    studio.settle()
    return _last(studio, SyntaxPopover)


def _last(studio: Studio, kind: type[QWidget]) -> QWidget:
    shown = [w for w in studio.desktop.window.findChildren(kind) if w.isVisible()]
    return shown[-1]


DIALOGS: tuple[tuple[str, Callable[[Studio], QWidget]], ...] = (
    ("command-palette", _palette),
    ("keys", _keys),
    ("new", _new),
    ("template", _template),
    ("export", _export(WHOLE)),
    ("export-outside", _export(OUTSIDE)),
    ("export-review", _export(COPY)),
    ("syntax", _syntax),
    ("similar-text", _similar_text),
    ("checklist", _checklist),
    ("events", _events),
)
SHOTS: tuple[tuple[str, Callable[[Studio], None]], ...] = (
    ("library", _library),
    ("search", _search),
    ("search-matches", _matches),
    ("search-start", _start),
    ("document", _document),
    ("similar", _similar),
    ("history", _history),
    ("import-preview", _import),
    ("bulk-edit", _bulk),
    ("settings-library", _settings("Library")),
    ("settings-writing", _writing),
    ("settings-appearance", _settings("Appearance")),
    ("settings-services", _settings("Services and tags")),
    ("settings-reviews", _settings("Reviews")),
    ("settings-templates", _settings("Templates and frameworks")),
    ("settings-keyboard", _settings("Keyboard")),
    *(
        (
            f"editor-{key.replace(' ', '-')}",
            _editor_tree(About.OCCURRENCE) if key == "whys" else _editor(key),
        )
        for key in SECTIONS
    ),
    ("editor-whys-detection", _editor_tree(About.DETECTION)),
    ("editor-whys-response", _editor_tree(About.RESPONSE)),
    ("editor-language", _editor_language),
    ("editor-hint", _editor_hint),
    ("editor-preview", _editor_preview),
    ("editor-history", _editor_history),
    ("editor-response-step", _step),
    ("editor-response-layers", _layers),
    ("editor-in-review", _in_review),
    ("trash", _trash),
)
AFTER: dict[str, Callable[[Studio], None]] = {
    "editor-language": _unblame,
    "editor-hint": _unblame,
    "trash": _untrash,
}
"""What brings the library back to how it was, after a picture."""
SMALL = (
    "settings-templates",
    "editor-response-step",
    "editor-response-layers",
    "library",
    "search",
    "search-start",
    "document",
    "similar",
    "bulk-edit",
    "settings-services",
    "settings-writing",
    *(f"editor-{key.replace(' ', '-')}" for key in SECTIONS),
    "editor-whys-response",
    "editor-hint",
)
"""The screens that are also rendered in a small window and with large text."""
SMALL_SIZE = (1240, 760)


def render(out: Path) -> list[str]:
    """Write every picture below ``out`` and return what did not fit."""
    faults: list[str] = []
    with TemporaryDirectory(prefix="afterwhy-shots-") as temporary:
        for name in ("CONFIG", "CACHE", "STATE"):
            os.environ[f"AFTERWHY_{name}"] = str(Path(temporary, name.lower()))
        os.environ.setdefault("AFTERWHY_NOW", NOW)
        app = create_application(sys.argv[:1])
        empty = Studio(app, Path(temporary, "empty"))
        for theme in ("light", "dark"):
            empty.desktop.look.set_scheme("dark" if theme == "dark" else "light")
            file = out / f"first-run-{theme}.png"
            faults += empty.take(empty.desktop.window, file)
        empty.screens.add_samples()
        empty.settle()
        faults += _render_library(empty, out)
        empty.close()
    return faults


def _render_library(studio: Studio, out: Path) -> list[str]:
    faults: list[str] = []
    window, look = studio.desktop.window, studio.desktop.look
    for theme in ("light", "dark"):
        look.set_scheme("dark" if theme == "dark" else "light")
        for name, arrange in SHOTS:
            arrange(studio)
            faults += studio.take(window, out / f"{name}-{theme}.png")
            AFTER.get(name, Studio.settle)(studio)
        for name, open_ in DIALOGS:
            dialog = open_(studio)
            faults += studio.take(dialog, out / f"{name}-{theme}.png")
            dialog.close()
            studio.settle()
    look.set_scheme("light")
    window.resize(*SMALL_SIZE)
    for suffix, percent in (("narrow", 100), ("large-text", 150)):
        look.set_percent(percent)
        for name, arrange in SHOTS:
            if name in SMALL:
                arrange(studio)
                faults += studio.take(window, out / f"{name}-{suffix}.png")
                AFTER.get(name, Studio.settle)(studio)
        for name, open_ in DIALOGS:
            dialog = open_(studio)
            faults += studio.take(dialog, out / f"{name}-{suffix}.png")
            dialog.close()
            studio.settle()
    look.set_percent(100)
    return faults


def main() -> int:
    """Render, and list on stderr what did not fit; 1 if anything did not."""
    parser = argparse.ArgumentParser(description="Render every screen to PNG.")
    parser.add_argument("--out", type=Path, default=Path("build/shots"))
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    faults = render(arguments.out)
    for fault in faults:
        sys.stderr.write(f"does not fit: {fault}\n")
    sys.stdout.write(f"{len(list(arguments.out.glob('*.png')))} pictures in {arguments.out}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
