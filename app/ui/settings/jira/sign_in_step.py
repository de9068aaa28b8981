"""Step 2: who asks. The token is typed here and goes to the keychain, never into a draft."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit

from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.question import Question
from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.settings.jira.steps import Step
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.chips import Chip
from app.ui.widgets.layouts import column, restyle, row
from models.tracking.connections import Flavour

if TYPE_CHECKING:
    from app.ui.settings.jira.asking import TokenPlace
    from models.tracking.connections import Connection

CLOUD_TOKENS = "https://id.atlassian.com/manage-profile/security/api-tokens"
TOKENS = (
    "/secure/ViewProfile.jspa?selectedTab="
    "com.atlassian.pats.pats-plugin:jira-user-personal-access-tokens"
)
"""The page of a Data Center site where somebody makes tokens of their own."""
_DOTS = "•" * 24
_TOKENS = {Flavour.CLOUD: "API token", Flavour.DATA_CENTER: "Personal access token"}


class SignInStep(Step):
    """E-mail and API token for Cloud, a personal access token for Data Center.

    Signals
    -------
    asked():
        Sign in and look around.
    changed():
        Somebody else signs in than before, or in another way.
    account_typed():
        The e-mail is whole: its token may be known.
    """

    asked = Signal()
    changed = Signal()
    account_typed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, 2, "Sign in")
        self.ways = Segmented(
            "How to sign in",
            (
                (Flavour.CLOUD.value, "E-mail and API token"),
                (Flavour.DATA_CENTER.value, "Personal access token, Data Center"),
            ),
        )
        self.ways.chosen.connect(self._way_chosen)
        self.email = QLineEdit()
        self.email.setPlaceholderText("incident-bot@example.com")
        self.email.textEdited.connect(self._edited)
        self.email.editingFinished.connect(self.account_typed)
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.token.textEdited.connect(self._edited)
        self.token.returnPressed.connect(self.asked)
        self.email.returnPressed.connect(self.token.setFocus)
        self._email_asked = Question("E-mail", self.email, small=True)
        self._token_asked = Question(_TOKENS[Flavour.CLOUD], self.token, small=True)
        self.button = Button(look, "Sign in")
        self.button.clicked.connect(self._pressed)
        self.chip = Chip(look, ChipText(""))
        self.chip.hide()
        self.help_button = Button(look, "Where to get a token…", "link", size="small")
        self.help_button.clicked.connect(self._open_tokens)
        self._site = ""
        self._fields = Columns(look, self._email_asked, self._token_asked, least=200)
        beside = column(None, self.button)
        self.fill(
            [self.chip],
            [row(self.ways, None), row((self._fields, 1), beside), row(self.help_button, None)],
        )
        self._is_known = False
        self.setFocusProxy(self.email)

    @property
    def flavour(self) -> Flavour:
        """Which of the two ways is chosen."""
        return Flavour(self.ways.key)

    def show_draft(self, draft: "Connection | None") -> None:
        """The way and the account of a draft; the token field is emptied."""
        flavour = draft.flavour if draft else Flavour.CLOUD
        self._site = draft.site if draft else ""
        self.help_button.setEnabled(bool(self._site) or flavour is Flavour.CLOUD)
        self.ways.choose(flavour.value)
        self.email.setText(draft.email if draft else "")
        self.token.clear()
        self._show_way()

    def show_place(self, place: "TokenPlace | None") -> None:
        """Where the token is; one that is known need not be typed."""
        self._is_known = place is not None and place.known and not self.token.text()
        words = place.words if place else ""
        lost = place is not None and not place.lasting
        chip = ChipText(words, "amber" if lost else "neutral", "warning" if lost else "lock-simple")
        self.chip.show_chip(chip)
        self.chip.setVisible(bool(words))
        self._show_token()

    def focus_token(self) -> None:
        """To the token, or to the e-mail where that is asked first and is not there."""
        cloud = self.flavour is Flavour.CLOUD
        (self.email if cloud and not self.email.text() else self.token).setFocus()

    def _show_token(self) -> None:
        self.help_button.setVisible(not self._is_known)
        self.token.setReadOnly(self._is_known)
        self.token.setPlaceholderText(_DOTS if self._is_known else "")
        restyle(self.token)
        name = _TOKENS[self.flavour]
        self.token.setAccessibleName(f"{name}, known already" if self._is_known else name)
        self.button.rename("Replace" if self._is_known else "Sign in")

    def _show_way(self) -> None:
        cloud = self.flavour is Flavour.CLOUD
        self._email_asked.setVisible(cloud)
        self._token_asked.label.setText(_TOKENS[self.flavour])
        self._show_token()

    @Slot()
    def _pressed(self) -> None:
        if not self._is_known:
            self.asked.emit()
            return
        self._is_known = False
        self._show_token()
        self.token.setFocus()

    @Slot()
    def _open_tokens(self) -> None:
        """Where tokens are made, in the browser."""
        cloud = self.flavour is Flavour.CLOUD
        QDesktopServices.openUrl(QUrl(CLOUD_TOKENS if cloud else f"{self._site}{TOKENS}"))

    @Slot()
    def _way_chosen(self) -> None:
        self._is_known = False
        self._show_way()
        self._edited()

    @Slot()
    def _edited(self) -> None:
        self.trouble.say("")
        self.changed.emit()
