"""The assistant: a project of a Jira site is connected, or how it is connected is changed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication

from app.ui.context import READ_ONLY, Context
from app.ui.settings.jira import draft_words
from app.ui.settings.jira.asking import Asking, TokenPlace
from app.ui.settings.jira.assistant_frame import AssistantFrame
from app.ui.settings.jira.matching_room import MatchingRoom
from integrations.jira import offers, verdicts
from integrations.jira.remote import NotAllowedError
from integrations.jira.verdicts import FLAVOURS, Line
from models.errors import KnownError
from models.tracking.connections import Connection, Flavour

if TYPE_CHECKING:
    from integrations.jira.offers import Offer
    from integrations.jira.site import Detected


class Assistant(AssistantFrame):
    """Holds the draft and what the site offers to it; nothing is stored before *Save*.

    Signals
    -------
    save_asked():
        Store ``draft``, keep ``token``.
    cancelled(), disconnect_asked():
        The buttons of the foot.
    """

    save_asked = Signal()
    cancelled = Signal()
    disconnect_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.look)
        self._context = context
        self.draft: Connection | None = None
        self.original: Connection | None = None
        self.offer: Offer | None = None
        self.place: TokenPlace | None = None
        self._lines: tuple[Line, ...] = ()
        self._time = ""
        self.asking = Asking(context, self)
        self.asking.changed.connect(self._show_asking)
        self.matching = MatchingRoom(context, self)
        self._connect()
        self.begin()

    def _connect(self) -> None:
        self.site.asked.connect(self._detect)
        self.site.changed.connect(self._leave_site)
        self.sign_in.asked.connect(self.look_around)
        self.sign_in.changed.connect(self._leave_account)
        self.sign_in.account_typed.connect(self._find_token)
        self.where.project_chosen.connect(self._choose_project)
        self.where.type_chosen.connect(lambda name: self._choose(issue_type=name, states={}))
        self.where.board_chosen.connect(
            lambda id: self._choose(board=int(id) if id else None, kanban=not id)
        )
        self.where.routes_changed.connect(self._route)
        self.fields.again_asked.connect(self.look_around)
        self.fields.change_asked.connect(self.matching.open)
        self.fields.given.connect(self.matching.give)
        self.fields.people_asked.connect(self.matching.look_for_person)
        self.result.test_asked.connect(self.look_around)
        self.result.stop_asked.connect(self.asking.stop)
        self.cancel_button.clicked.connect(self._cancel)
        self.save_button.clicked.connect(self.save_asked)
        self.disconnect_button.clicked.connect(self.disconnect_asked)

    # -- what is connected -------------------------------------------------------------------------

    @property
    def token(self) -> str:
        """What was typed as the token; "" where a known one is used."""
        return self.sign_in.token.text().strip()

    def begin(self, like: Connection | None = None) -> None:
        """A new connection; at the site of another one the same account signs in."""
        self._start(None)
        if like is not None:
            draft = offers.begin(like.site, like.flavour)
            known = ("email", "api", "ca_file", "cleartext", "people", "priorities")
            draft = replace(draft, **{name: getattr(like, name) for name in known})
            self.take_draft(draft)

    def edit(self, connection: Connection) -> None:
        """A connection that is there."""
        self._start(connection)
        self.take_draft(connection)

    def _start(self, original: Connection | None) -> None:
        self.asking.stop()
        self.original, self.draft, self.offer, self.place = original, None, None, None
        self._lines, self._time = (), ""
        self.site.show_nothing()
        for step in self.steps:
            step.trouble.say("")
        self.sign_in.show_draft(None)
        self._show_place(None)

    def take_draft(self, draft: Connection) -> None:
        """Go on with a draft whose site is known; where its token is, too, all is read at once."""
        self.show_draft(draft)
        self._find_token()

    def show_draft(self, draft: Connection, place: TokenPlace | None = None) -> None:
        """Show a draft whose site is known, and where its token is."""
        self.draft = draft
        self.site.show_draft(draft, f"{FLAVOURS[draft.flavour]} detected")
        self.sign_in.show_draft(draft)
        self._show_place(place)

    def take_offer(self, offer: "Offer", time: str) -> None:
        """Go on with what the site offers."""
        if self.draft is not None:
            self.offer, self._time = offer, time
            self.draft = offers.settled(self.draft, offer)
            self._show()

    def _show_place(self, place: TokenPlace | None) -> None:
        self.place = place
        self.sign_in.show_place(place)
        self._show()

    # -- step 1 ------------------------------------------------------------------------------------

    @Slot()
    def _detect(self) -> None:
        from integrations.jira.site import is_loopback

        site, typed = self.site, self.site.address.text()
        site.trouble.say("")
        cleartext = site.cleartext.isChecked()
        if typed.strip().lower().startswith("http://") and not is_loopback(typed.strip()):
            site.ask_for_cleartext()
        work = self.asking.detect(typed, site.ca_file, cleartext=cleartext)
        self.asking.ask("site", work, self._detected, self._not_detected)

    def _detected(self, found: "Detected") -> None:
        known = self.draft or self.original
        draft = known or offers.begin(found.site, found.flavour)
        self.take_draft(
            replace(
                draft,
                site=found.site,
                flavour=found.flavour,
                ca_file=self.site.ca_file,
                cleartext=self.site.cleartext.isChecked(),
            )
        )
        self.sign_in.focus_token()
        self.reveal(self.sign_in)

    def _not_detected(self, error: KnownError) -> None:
        self.site.trouble.say(draft_words.sentence(error))
        self._show_lines(verdicts.failure(error))

    @Slot()
    def _leave_site(self) -> None:
        """The site is to be found again; what was chosen stays, as it may be the same."""
        self.asking.stop()
        self.offer = None
        self.site.show_found("")
        self._show_lines(())

    # -- step 2 ------------------------------------------------------------------------------------

    @Slot()
    def _find_token(self) -> None:
        """See whether the token is known; then all can be read at once."""
        draft = self.draft
        if draft is None or self.token or self.asking.about == "test":
            return

        def found(place: TokenPlace) -> None:
            self._show_place(place)
            if place.known and self.offer is None:
                self.look_around()

        self.asking.ask("token", self.asking.token_place(draft), found, self.refuse)

    @Slot()
    def _leave_account(self) -> None:
        self.asking.stop()
        if self.draft is not None:
            flavour = self.sign_in.flavour
            email = self.sign_in.email.text().strip() if flavour is Flavour.CLOUD else ""
            before = self.draft.account
            self.draft = replace(self.draft, flavour=flavour, email=email)
            if self.draft.account != before:
                self._show_place(None)
        self.offer = None
        self._show_lines(())

    @Slot()
    def look_around(self) -> None:
        """Sign in, read what is offered, and say whether it will work."""
        draft, step = self.draft, self.sign_in
        if draft is None:
            self.site.trouble.say("Find your site first.")
            self.site.address.setFocus()
            return
        step.trouble.say("")
        if draft.flavour is Flavour.CLOUD and not draft.email:
            step.trouble.say("Jira Cloud wants the e-mail of the token's account.")
            step.email.setFocus()
            return
        if not self.token and not (self.place and self.place.known):
            step.trouble.say("Type the token, or make one at the site first.")
            step.token.setFocus()
            return
        self.asking.ask("test", self.asking.look(draft, self.token), self._looked, self.refuse)

    def _looked(self, offer: "Offer") -> None:
        first = self.offer is None
        self.take_offer(offer, f"{self._context.workspace.library.now():%H:%M} UTC")
        focus = QApplication.focusWidget()
        if first and focus is not None and self.sign_in.isAncestorOf(focus):
            self.where.project.setFocus()
            self.reveal(self.where)

    def refuse(self, error: KnownError) -> None:
        """Say what went wrong where it did."""
        self.offer = None
        step = self.sign_in if isinstance(error, NotAllowedError) else self.site
        step.trouble.say(draft_words.sentence(error))
        self._show_lines(verdicts.failure(error))

    # -- steps 3 and 4 -----------------------------------------------------------------------------

    @Slot(str)
    def _choose_project(self, key: str) -> None:
        if self.draft is not None and key:
            self.draft = offers.in_project(self.draft, key)
            self.look_around()

    def _choose(self, **chosen: object) -> None:
        self.choose(**chosen)
        self.look_around()

    def choose(self, **chosen: object) -> None:
        """Choose what needs no look at the site."""
        if self.draft is not None:
            self.draft = replace(self.draft, **chosen)  # type: ignore[arg-type]
            self._show()

    @Slot()
    def _route(self) -> None:
        self.choose(teams=self.where.teams.names, services=self.where.services.names)

    @Slot()
    def _cancel(self) -> None:
        self.begin()
        self.cancelled.emit()

    # -- showing -----------------------------------------------------------------------------------

    def _show_lines(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        self._time = f"{self._context.workspace.library.now():%H:%M} UTC" if lines else ""
        self._show()

    def _show(self) -> None:
        draft, offer = self.draft, self.offer
        if draft is not None and offer is not None:
            self._lines = verdicts.verdicts(draft, offer)
        self.where.show_draft(draft, offer)
        self.fields.show_draft(draft, offer)
        self.result.show_lines(self._lines, self._time)
        known = draft if self.site.is_found else None
        for step, state in zip(self.steps, draft_words.states(known, offer), strict=True):
            step.show_state(state)
        self._show_foot()

    def _show_foot(self) -> None:
        writable = self._context.workspace.library.writable
        draft = self.draft if self.site.is_found else None
        words, can_save = draft_words.foot(draft, self.offer, self._lines)
        if self.asking.asks_site:
            words = "Asking the site …"
        self.foot_words.setText(words if writable else f"{READ_ONLY}: nothing can be connected.")
        self.save_button.setEnabled(can_save and writable)
        self.disconnect_button.setVisible(self.original is not None)
        self.disconnect_button.setEnabled(writable)

    @Slot()
    def _show_asking(self) -> None:
        about = self.asking.about
        self.result.show_testing(testing=self.asking.asks_site)
        self.site.button.setEnabled(about != "site")
        self.sign_in.button.setEnabled(about != "test")
        self._show_foot()
