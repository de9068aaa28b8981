"""Writes every picture and says which words did not fit."""

import argparse
import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication, QWidget

from app.ui.application import create_application
from app.ui.exporting.dialog import COPY, OUTSIDE, WHOLE
from app.ui.shots import connecting, dialogs, editing, reading, tracked
from app.ui.shots.studio import SIZE, Studio
from models.domain.whys import About
from models.sections import KEYS

NOW = "2026-11-20T09:00:00Z"
SECTIONS = ("details", *KEYS, "review", "attachments")


DIALOGS: tuple[tuple[str, Callable[[Studio], QWidget]], ...] = (
    ("command-palette", dialogs.palette),
    ("keys", dialogs.key_page),
    ("new", dialogs.new_post_mortem),
    ("template", dialogs.template),
    ("export", dialogs.export(WHOLE)),
    ("export-outside", dialogs.export(OUTSIDE)),
    ("export-review", dialogs.export(COPY)),
    ("syntax", dialogs.syntax),
    ("similar-text", dialogs.similar_text),
    ("checklist", dialogs.checklist),
    ("events", dialogs.events),
)


SHOTS: tuple[tuple[str, Callable[[Studio], None]], ...] = (
    ("library", reading.library_list),
    ("search", reading.search),
    ("search-matches", reading.matches),
    ("search-start", reading.start),
    ("document", reading.document),
    ("similar", reading.similar),
    ("history", reading.history),
    ("import-preview", reading.import_preview),
    ("bulk-edit", reading.bulk),
    ("settings-library", reading.settings("Library")),
    ("settings-writing", reading.writing),
    ("settings-appearance", reading.settings("Appearance")),
    ("settings-services", reading.settings("Services and tags")),
    ("settings-reviews", reading.settings("Reviews")),
    ("settings-templates", reading.settings("Templates and frameworks")),
    ("settings-keyboard", reading.settings("Keyboard")),
    ("jira-empty", connecting.empty),
    ("jira-tested", connecting.tested),
    ("jira-refused", connecting.refused),
    ("jira-projects", connecting.connected),
    *(
        (
            f"editor-{key.replace(' ', '-')}",
            editing.why_tree(About.OCCURRENCE) if key == "whys" else editing.section_of(key),
        )
        for key in SECTIONS
    ),
    ("editor-whys-detection", editing.why_tree(About.DETECTION)),
    ("editor-whys-response", editing.why_tree(About.RESPONSE)),
    ("editor-language", editing.language),
    ("editor-hint", editing.hint),
    ("editor-preview", editing.preview),
    ("editor-history", editing.revisions),
    ("editor-response-step", editing.response_step),
    ("editor-response-layers", editing.response_layers),
    ("editor-in-review", editing.in_review),
    ("trash", reading.trash),
    ("actions-not-connected", tracked.board),
)


TRACKED: tuple[tuple[str, Callable[[Studio], None]], ...] = (
    ("actions", tracked.board),
    ("actions-outbox", tracked.outbox_shown),
    ("actions-sprints", tracked.sprints),
    ("actions-several", tracked.several),
)
"""Pictures of a library that is connected with Jira."""


AFTER: dict[str, Callable[[Studio], None]] = {
    "editor-language": editing.unblame,
    "editor-hint": editing.unblame,
    "trash": reading.untrash,
    "jira-projects": connecting.unconnected,
}
"""What brings the library back to how it was, after a picture."""


SMALL = (
    "jira-tested",
    "jira-refused",
    "jira-projects",
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
        faults += _render_tracked(app, Path(temporary, "tracked"), out)
    return faults


def _render_tracked(app: QApplication, folder: Path, out: Path) -> list[str]:
    """The Actions screen of a library of its own, which is empty first."""
    faults: list[str] = []
    studio = Studio(app, folder)
    look, window = studio.desktop.look, studio.desktop.window
    studio.screens.show_area("actions")
    faults += studio.take(window, out / "actions-empty-light.png")
    studio.screens.add_samples()
    studio.settle()
    tracked.furnish(studio)
    studio.settle()
    for suffix, size, percent in (
        ("light", SIZE, 100),
        ("dark", SIZE, 100),
        ("narrow", SMALL_SIZE, 100),
        ("large-text", SMALL_SIZE, 150),
    ):
        look.set_scheme("dark" if suffix == "dark" else "light")
        window.resize(*size)
        look.set_percent(percent)
        for name, arrange in TRACKED:
            arrange(studio)
            faults += studio.take(window, out / f"{name}-{suffix}.png")
            tracked.by_sprint(studio)
    look.set_percent(100)
    studio.close()
    return faults


def _render_library(studio: Studio, out: Path) -> list[str]:
    faults: list[str] = []
    window, look = studio.desktop.window, studio.desktop.look
    for theme in ("light", "dark"):
        look.set_scheme("dark" if theme == "dark" else "light")
        faults += _render_all(studio, out, theme, [name for name, _ in SHOTS])
    look.set_scheme("light")
    window.resize(*SMALL_SIZE)
    for suffix, percent in (("narrow", 100), ("large-text", 150)):
        look.set_percent(percent)
        faults += _render_all(studio, out, suffix, SMALL)
    look.set_percent(100)
    return faults


def _render_all(studio: Studio, out: Path, suffix: str, screens: Collection[str]) -> list[str]:
    """The screens of these names, and every dialog."""
    faults: list[str] = []
    for name, arrange in SHOTS:
        if name in screens:
            arrange(studio)
            faults += studio.take(studio.desktop.window, out / f"{name}-{suffix}.png")
            AFTER.get(name, Studio.settle)(studio)
    for name, open_ in DIALOGS:
        dialog = open_(studio)
        faults += studio.take(dialog, out / f"{name}-{suffix}.png")
        dialog.close()
        studio.settle()
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
