"""The projects that are connected."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.tracking.facts import board_words
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, IconLabel
from app.ui.widgets.layouts import Item, clear, column, frame, label, row
from app.ui.wording import count
from models.tracking.connections import Connection


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection, how many tickets it has, and when it was synced last, in words."""

    connection: Connection
    tickets: int
    synced: str


class Overview(QWidget):
    """A card for each connection.

    Signals
    -------
    add_asked(), edit_asked(str), pause_asked(str), disconnect_asked(str):
        What the buttons are for; a connection by its id.
    """

    add_asked = Signal()
    edit_asked = Signal(str)
    pause_asked = Signal(str)
    disconnect_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[object, ...] = ()
        self.buttons: dict[tuple[str, str], Button] = {}
        self._cards = column(spacing=10)
        self.setMaximumWidth(760)
        self.add_button = Button(look, "Connect another project", "primary", "plus")
        self.add_button.clicked.connect(self.add_asked)
        self.setLayout(
            column(
                label("Jira", "section_title"),
                label(
                    "An action that is ready becomes a ticket in one of these projects.",
                    "body",
                    "text2",
                    wrap=True,
                ),
                12,
                self._cards,
                4,
                row(self.add_button, None),
                None,
                margins=(32, 20, 32, 20),
                spacing=6,
            )
        )

    def show_connected(self, connected: Sequence[Connected], *, writable: bool) -> None:
        """Show these; the keyboard stays at its button."""
        if (*connected, writable) == self._shown:
            return
        self._shown = (*connected, writable)
        held = next((key for key, one in self.buttons.items() if one.hasFocus()), None)
        self.buttons.clear()
        clear(self._cards)
        for one in connected:
            self._cards.addWidget(self._card(one, writable=writable))
        self.add_button.setEnabled(writable)
        if held is not None:
            self.buttons.get(held, self.add_button).setFocus()

    def _card(self, one: Connected, *, writable: bool) -> QFrame:
        known, look = one.connection, self._look
        host = urlsplit(known.site).netloc or known.site
        chips: list[Item] = []
        if known.paused:
            chips.append(Chip(look, ChipText("Paused", "amber", "pause")))
        facts = [
            known.issue_type,
            _board_words(known),
            count(one.tickets, "ticket"),
            one.synced,
        ]
        takes = [", ".join(names) for names in (known.teams, known.services) if names]
        routes = f"Takes {'; '.join(takes)}" if takes else "Takes what no other project does"
        titles = column(
            row(label(f"{known.project} at {host}", "question", wrap=not chips), *chips, None),
            label(" · ".join(facts), "secondary", "text2", wrap=True),
            label(routes, "secondary", "text2", wrap=True),
            spacing=3,
        )
        acts = row(
            self._button(known, "edit", "Change", "pencil-simple"),
            self._button(known, "pause", *_PAUSE[known.paused]),
            self._button(known, "disconnect", "Disconnect", "link-break"),
            None,
            spacing=6,
        )
        for act in ("pause", "disconnect"):
            self.buttons[act, known.id].setEnabled(writable)
        icon = column(IconLabel(look, "link-simple", "text2", 18), None)
        return frame(
            row(icon, (column(titles, acts, spacing=8), 1), margins=(16, 14, 16, 12), spacing=12),
            "card",
        )

    def _button(self, known: Connection, act: str, words: str, icon: str) -> Button:
        button = Button(self._look, words, "secondary", icon, size="small")
        button.setAccessibleName(f"{words}: {known.project}")
        signal = {
            "edit": self.edit_asked,
            "pause": self.pause_asked,
            "disconnect": self.disconnect_asked,
        }[act]
        button.clicked.connect(lambda: signal.emit(known.id))
        self.buttons[act, known.id] = button
        return button


def _board_words(known: Connection) -> str:
    if known.kanban:
        return f"no sprints: {board_words(known)}"
    return f"sprints of board {known.board}" if known.board is not None else "no board is known"


_PAUSE = {False: ("Pause", "pause"), True: ("Go on", "play")}
