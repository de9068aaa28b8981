"""From a place of the language check to the section, the row and the field that show it."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.ui.editor.actions.page import ActionsPage
from app.ui.editor.prose.text import plain_lines
from app.ui.editor.section import SectionPage
from app.ui.editor.timeline.page import TimelinePage
from app.ui.editor.whys.cards import PROBLEM
from app.ui.editor.whys.field_editor import FieldEditor
from app.ui.editor.whys.page import WhysPage
from app.ui.editor.whys.pieces import Field
from models.document import Document
from models.domain.incident import current_events
from models.domain.whys import walk
from models.language.texts import Place, Text, action_texts, texts_of

TextField = QPlainTextEdit | QLineEdit

_LESSONS = {"went_well": "went well", "went_wrong": "went wrong", "lucky": "lucky"}
_LESSON_NAMES = {
    "went_well": "What went well",
    "went_wrong": "What went wrong",
    "lucky": "Where we got lucky",
}
_FIELDS: dict[str, Field] = {"problem": "problem", "question": "question", "answer": "answer"}
_LINES = {"team": "Accountable team", "due": "Due date"}
"""Fields of an action that hold no prose, by what they are called."""


def section_key_of(place: Place) -> str:
    """The key of the section that shows a place."""
    return "response" if place.section == "updates" else place.section


def reveal_name(place: Place) -> str:
    """What ``EditorPage.reveal`` shows a place by."""
    if place.section == "detection":
        return f"detection/{place.id}-{place.field}"
    if place.section == "lessons":
        return f"lessons/{_LESSONS.get(place.field, 'lessons')}"
    anchors = {"summary": "summary", "contributing factors": "factors"}
    return f"{section_key_of(place)}/{place.id or anchors.get(place.section, 'text')}"


def detail_of(document: Document, place: Place) -> str:
    """Where in its section a place is, in words ("13:40", "Why 1.2"), or ""."""
    mortem = document.post_mortem
    if place.section == "timeline":
        events = (e for i in mortem.incidents for e in current_events(i.timeline))
        event = next((e for e in events if e.id == place.id), None)
        return f"{event.at:%H:%M} UTC" if event and event.at else ""
    if place.section == "updates":
        updates = (u for i in mortem.incidents for u in i.updates)
        update = next((u for u in updates if u.id == place.id), None)
        return f"Update {update.at:%H:%M}" if update and update.at else "Update"
    if place.section == "whys":
        numbers = {node.id: number for tree in mortem.whys for number, node in walk(tree)}
        number = numbers.get(place.id, "")
        names = {"problem": "Problem", "root": "Root", "question": f"Question of {number}"}
        return names.get(place.field, f"Why {number}")
    if place.section == "actions":
        ids = [action.id for action in document.actions]
        return f"Action {ids.index(place.id) + 1}" if place.id in ids else ""
    if place.section == "impact" and place.field == "windows":
        return f"Window {place.number + 1}"
    return _LESSON_NAMES.get(place.field, "") if place.section == "lessons" else ""


def field_of(page: SectionPage, place: Place, text: str) -> QWidget | None:
    """The field of a revealed page that shows the text of a place."""
    if isinstance(page, WhysPage) and place.field in _FIELDS:
        key = PROBLEM if place.field == "problem" else place.id
        page.writing.write_in(key, _FIELDS[place.field])
        return page.tree.open_editor
    if place.field in _LINES:
        named = (w for w in page.findChildren(QWidget) if w.accessibleName() == _LINES[place.field])
        return next(named, None)
    return next((field for field in _fields(page) if words_of(field) == text), None)


def text_in(page: SectionPage, field: TextField, document: Document) -> Text | None:
    """The text of a document that a field of a page shows."""
    words = words_of(field)
    texts = [
        text
        for every in (texts_of(document), *map(action_texts, document.actions))
        for text in every
        if text.text == words and section_key_of(text.place) == page.key
    ]
    current = ""
    if isinstance(field, FieldEditor):
        current = field.node
    elif isinstance(page, TimelinePage | ActionsPage) and page.current is not None:
        current = page.current.id
    return next((text for text in texts if text.place.id == current), texts[0] if texts else None)


def words_of(field: TextField) -> str:
    """All that a field shows."""
    if isinstance(field, QLineEdit):
        return field.text()
    return plain_lines(field.document().toRawText())


def _fields(page: SectionPage) -> list[TextField]:
    kinds: tuple[type[TextField], ...] = (QPlainTextEdit, QLineEdit)
    every: list[TextField] = [field for kind in kinds for field in page.findChildren(kind)]
    return [field for field in every if field.isVisible()]
