"""The settings, a section at a time."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.page import Page
from app.ui.settings.appearance import AppearanceSettings
from app.ui.settings.author import AuthorSettings
from app.ui.settings.index import IndexSettings
from app.ui.settings.jira.section import JiraSettings
from app.ui.settings.keyboard import KeyboardSettings
from app.ui.settings.labels import LabelSettings
from app.ui.settings.language import LanguageSettings
from app.ui.settings.library import LibrarySettings
from app.ui.settings.navigation import SectionList
from app.ui.settings.own_files import OwnFileSettings
from app.ui.settings.reviews import ReviewSettings
from app.ui.settings.section import Section
from app.ui.settings.writing import WritingSettings
from app.ui.widgets.layouts import column, frame, holder, label, row

SECTIONS: tuple[type[Section], ...] = (
    LibrarySettings,
    AuthorSettings,
    WritingSettings,
    LanguageSettings,
    AppearanceSettings,
    JiraSettings,
    ReviewSettings,
    LabelSettings,
    OwnFileSettings,
    IndexSettings,
    KeyboardSettings,
)
S = TypeVar("S", bound=Section)


class SettingsPage(Page):
    """The list of sections and the chosen one.

    Signals
    -------
    library_chosen(str):
        Another library folder is to be opened.
    sample_requested(), sample_removal_requested(), rebuild_requested():
        The user pressed that button.
    """

    title = "Settings"
    area = "settings"
    is_top = True
    has_primary = True
    library_chosen = Signal(str)
    sample_requested = Signal()
    sample_removal_requested = Signal()
    rebuild_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._made: dict[type[Section], tuple[Section, QWidget]] = {}
        self.sections = SectionList(context.look, tuple((s.title, s.icon) for s in SECTIONS))
        self.sections.selectionModel().currentChanged.connect(self._show_section)
        nav = frame(column(self.sections, margins=(0, 12, 0, 8)), "side")
        self._stack = QStackedWidget()
        self.setLayout(row(nav, (self._stack, 1), spacing=0))
        library, index = self.section(LibrarySettings), self.section(IndexSettings)
        library.folder_chosen.connect(self.library_chosen)
        library.samples_requested.connect(self.sample_requested)
        library.samples_removal_requested.connect(self.sample_removal_requested)
        index.rebuild_requested.connect(self.rebuild_requested)

    # -- page ----------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Sections and content."""
        return [self.sections, self._stack]

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {"refresh": self.refresh}

    def shown(self) -> None:
        """Read what the section shows."""
        self.refresh()
        self.sections.setFocus()

    def refresh(self) -> None:
        """Read again what can be seen."""
        if self.isVisible():
            self.section(self._current).refresh()

    # -- sections ------------------------------------------------------------------------------

    def section(self, kind: type[S]) -> S:
        """A section; made at the first call."""
        if kind not in self._made:
            section = kind(self._context)
            area = section if section.fills else _scrolling(section)
            self._stack.addWidget(area)
            self._made[kind] = section, area
        found = self._made[kind][0]
        if not isinstance(found, kind):
            raise TypeError(f"{kind.__name__} is kept for another section")
        return found

    def show_section(self, name: str) -> None:
        """Go to a section by its title."""
        titles = [section.title for section in SECTIONS]
        self.sections.setCurrentIndex(self.sections.section_model.index(titles.index(name), 0))

    @property
    def _current(self) -> type[Section]:
        return SECTIONS[self.sections.currentIndex().row()]

    @Slot(QModelIndex)
    def _show_section(self, index: QModelIndex) -> None:
        kind = SECTIONS[index.row()]
        section = self.section(kind)
        self._stack.setCurrentWidget(self._made[kind][1])
        section.refresh()

    # -- the index -----------------------------------------------------------------------------

    def read_index(self) -> None:
        """The index has caught up."""
        self.section(IndexSettings).refresh()

    def show_rebuild(self, done: int, total: int, stop: Callable[[], None]) -> None:
        """How far a rebuild is; equal numbers end it."""
        self.section(IndexSettings).show_rebuild(done, total, stop)


def _scrolling(section: Section) -> QScrollArea:
    body = column(
        label(section.title, "section_title"),
        label(section.hint, "body", "text2", wrap=True),
        12,
        (section, 1),
        margins=(32, 20, 32, 20),
        spacing=4,
    )
    inner = holder(body)
    inner.setMaximumWidth(760)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(frame(row((inner, 1), (holder(row()), 0)), "surface"))
    area.setAccessibleName(section.title)
    return area
