"""The dialogs, opened for their pictures."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from app.ui.document.new_dialog import NewDialog
from app.ui.editor.guidance.checklist import ChecklistDialog
from app.ui.editor.template_choice import TemplateDialog
from app.ui.editor.timeline.page import TimelinePage
from app.ui.editor.timeline.paste_dialog import PasteDialog
from app.ui.exporting.dialog import ExportDialog
from app.ui.search.similar_text import SimilarTextDialog
from app.ui.search.syntax import SyntaxPopover
from app.ui.shell.command_palette import CommandPalette
from app.ui.shell.key_page import KeyPage
from app.ui.shots.editing import section_of
from app.ui.shots.reading import library_list, search
from app.ui.shots.studio import Studio, last_shown

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


def template(studio: Studio) -> QWidget:
    section_of("summary")(studio)
    studio.desktop.window.actions_table["change_template"].trigger()
    studio.settle()
    return last_shown(studio, TemplateDialog)


def checklist(studio: Studio) -> QWidget:
    """What is missing before the review of the sample."""
    studio.context.preferences.set_text("author_asked", "yes")
    studio.screens.writing.edit(studio.sample_id)
    studio.settle()
    studio.screens.writing.editor.guidance.guiding.ask_ahead()
    studio.settle()
    return last_shown(studio, ChecklistDialog)


def palette(studio: Studio) -> QWidget:
    library_list(studio)
    studio.desktop.window.actions_table["commands"].trigger()
    studio.settle()
    return last_shown(studio, CommandPalette)


def key_page(studio: Studio) -> QWidget:
    studio.desktop.window.actions_table["keys"].trigger()
    studio.settle()
    return last_shown(studio, KeyPage)


def new_post_mortem(studio: Studio) -> QWidget:
    studio.context.preferences.set_text("author_asked", "yes")
    studio.screens.writing.new()
    studio.settle()
    return last_shown(studio, NewDialog)


def export(whom: str) -> Callable[[Studio], QWidget]:
    def open_(studio: Studio) -> QWidget:
        studio.screens.exchange.export([studio.screens.library.list.current_id()])
        studio.settle()
        dialog = last_shown(studio, ExportDialog)
        if isinstance(dialog, ExportDialog):
            dialog.whom.click(whom)
        studio.settle()
        return dialog

    return open_


def events(studio: Studio) -> QWidget:
    """A copied chat with a repeated event, a clock change and a line that is no event."""
    section_of("timeline")(studio)
    studio.settle()
    studio.screens.writing.editor.show_section("timeline")
    page = studio.screens.writing.editor.work.forms.page
    if not isinstance(page, TimelinePage):
        raise TypeError("the timeline is not shown")
    page.several.read(CHAT)
    studio.settle()
    return last_shown(studio, PasteDialog)


def similar_text(studio: Studio) -> QWidget:
    QApplication.clipboard().setText(
        "ALERT profile-api: save errors above 5 % after rollout to 100 %"
    )
    studio.screens.searching.ask_similar()
    studio.settle()
    return last_shown(studio, SimilarTextDialog)


def syntax(studio: Studio) -> QWidget:
    search(studio)
    studio.screens.search.show_syntax()
    studio.settle()
    return last_shown(studio, SyntaxPopover)
