"""The messages that went out while the incident lasted."""

import dataclasses
from collections.abc import Callable

from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import RecordRow
from app.ui.editor.fields.typed_time import Near
from app.ui.editor.prose.edit import ProseEdit
from app.ui.look import Look
from app.ui.widgets.layouts import column
from models.document import new_id
from models.domain.incident import StatusUpdate


class UpdateRow(RecordRow):
    """When it was said, to whom, what, and when the next one was promised."""

    def __init__(
        self,
        look: Look,
        text: ProseEdit,
        near: Callable[[], Near | None],
        minutes: Callable[[], int],
    ) -> None:
        """``near`` gives day and zone of a time that is typed without them.

        ``minutes`` is when the next update is due where none is promised.
        """
        super().__init__()
        self._update = new_update()
        self.at = MomentField("Update sent", near)
        self.audience = LineField("Audience", "Status page, support, all staff")
        self.promised = MomentField(
            "Next update promised",
            lambda: self.at.near or near(),
            lambda: f"{minutes()} minutes after this one",
        )
        self.text = text
        self.at.edited.connect(lambda _: self.edited.emit("time"))
        self.audience.edited.connect(lambda _: self.edited.emit("audience"))
        self.promised.edited.connect(lambda _: self.edited.emit("promise"))
        self.text.edited.connect(lambda _: self.edited.emit("text"))
        self.setLayout(
            column(
                Columns(
                    look,
                    Question("Sent", self.at, small=True),
                    Question("To", self.audience, small=True),
                    Question("Next one promised", self.promised, small=True),
                ),
                self.text,
            )
        )
        self.setFocusProxy(self.at)

    def show_record(self, record: StatusUpdate) -> None:
        """Show an update."""
        self._update = record
        self.at.show_instant(record.at)
        self.audience.show_text(record.audience)
        self.promised.show_instant(record.next_promised)
        self.text.set_markdown(record.text)

    def record(self) -> StatusUpdate:
        """The update as it stands in the row."""
        return dataclasses.replace(
            self._update,
            at=self.at.instant,
            audience=self.audience.text(),
            text=self.text.markdown(),
            next_promised=self.promised.instant,
        )


def new_update() -> StatusUpdate:
    """An update that says nothing yet."""
    return StatusUpdate(new_id(), None)
