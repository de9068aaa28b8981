"""Step 1: the address of the site, and how it is reached."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.settings.jira.steps import Step
from app.ui.widgets.buttons import Button, icon_button
from app.ui.widgets.chips import Chip
from app.ui.widgets.layouts import holder, label, restyle, row

if TYPE_CHECKING:
    from models.tracking.connections import Connection

CLEARTEXT = "Not encrypted: everybody on the way could read the token. Send it all the same"


class SiteStep(Step):
    """The address of a Jira, or of any page of it; a company's own certificate authority.

    Signals
    -------
    asked():
        What answers at the address is to be found out.
    changed():
        The address or how it is reached is not what was found any more.
    """

    asked = Signal()
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, 1, "Your site")
        self.address = QLineEdit()
        self.address.setAccessibleName("Address of your Jira")
        self.address.setPlaceholderText("https://jira.example.com")
        self.address.textEdited.connect(self._typed)
        self.address.returnPressed.connect(self._pressed)
        self.button = Button(look, "Find")
        self.button.clicked.connect(self._pressed)
        self.cleartext = QCheckBox(CLEARTEXT)
        self.cleartext.toggled.connect(self.changed)
        self.cleartext.hide()
        self.chip = Chip(look, ChipText(""))
        self.chip.hide()
        self.ca_file = ""
        self.ca_button = Button(look, "Company certificate…", "link", size="small")
        self.ca_button.clicked.connect(self._choose_ca)
        self._ca_name = label("", "secondary", "text2", wrap=True)
        self._ca_off = icon_button(look, "x", "Do not use this certificate")
        self._ca_off.clicked.connect(lambda: self.show_ca(""))
        self._ca = holder(row((self._ca_name, 1), self._ca_off, spacing=6))
        self.fill(
            [self.ca_button, self.chip],
            [row((self.address, 1), self.button), self.cleartext, self._ca],
        )
        self.setFocusProxy(self.address)
        for first, then in pairwise((self.address, self.button, self.cleartext, self.ca_button)):
            QWidget.setTabOrder(first, then)
        self.is_found = False
        self._show_ca()

    # -- showing -------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """An empty address."""
        self.address.clear()
        self.cleartext.setChecked(False)
        self.cleartext.hide()
        self.ca_file = ""
        self._show_ca()
        self.show_found("")

    def show_draft(self, draft: "Connection", words: str) -> None:
        """A site that was found; ``words`` say what it is."""
        self.address.setText(draft.site)
        self.address.setCursorPosition(0)
        self.ca_file = draft.ca_file
        self.cleartext.setChecked(draft.cleartext)
        self.cleartext.setVisible(draft.cleartext)
        self._show_ca()
        self.show_found(words)

    def show_found(self, words: str) -> None:
        """What was found, "" for nothing yet: the address can be typed then."""
        self.is_found = bool(words)
        self.address.setReadOnly(self.is_found)
        restyle(self.address)
        self.button.rename("Change" if self.is_found else "Find")
        self.chip.show_chip(ChipText(words, "green", "cloud-check"))
        self.chip.setVisible(self.is_found)

    def ask_for_cleartext(self) -> None:
        """Offer to send without encryption."""
        self.cleartext.show()

    def show_ca(self, file: str) -> None:
        """Use a file of certificates, or none."""
        if file != self.ca_file:
            had = self._ca_off.hasFocus()
            self.ca_file = file
            self._show_ca()
            if had:
                self.ca_button.setFocus()
            self.changed.emit()

    def _show_ca(self) -> None:
        self._ca_name.setText(f"Certificates: {self.ca_file}" if self.ca_file else "")
        self._ca.setVisible(bool(self.ca_file))
        self.ca_button.setVisible(not self.ca_file)

    # -- doing ---------------------------------------------------------------------------------

    @Slot()
    def _pressed(self) -> None:
        if self.is_found:
            self.show_found("")
            self.address.setFocus()
            self.address.selectAll()
            self.changed.emit()
        elif self.address.text().strip():
            self.asked.emit()
        else:
            self.trouble.say("Type the address of your Jira first.")
            self.address.setFocus()

    @Slot(str)
    def _typed(self, _: str) -> None:
        self.trouble.say("")
        self.cleartext.setChecked(False)
        self.cleartext.hide()
        self.changed.emit()

    @Slot()
    def _choose_ca(self) -> None:
        title = "Certificates of your company"
        file, _ = QFileDialog.getOpenFileName(self, title, "", "Certificates (*.pem *.crt *.cer)")
        if file:
            self.show_ca(file)
