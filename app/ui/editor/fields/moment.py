"""Moments and days as people type them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtCore import Slot

from app.ui.editor.fields.typed import TypedField
from app.ui.editor.fields.typed_time import Near, missing_day, near_to, read_typed
from integrations.markdown.form_times import moment_text, read_day
from models.domain.moments import Moment
from models.errors import InvalidInputError

EXAMPLE = "2026-11-19 14:02 UTC"
DESCRIPTION = "A time and a zone, a day, a month, or about and a time; now is the present minute"


class MomentField(TypedField):
    """A time in any zone, as exact as it is known; empty means nothing is known.

    Signals
    -------
    edited(object):
        The author changed it to this ``Moment``, or to None.
    """

    def __init__(
        self,
        name: str,
        near: Callable[[], Near | None] = lambda: None,
        example: Callable[[], str] | None = None,
    ) -> None:
        """``near`` gives day and zone of a time that is typed without them.

        The empty field shows a time in that zone, so that it says which one is taken, unless
        ``example`` gives other words.
        """
        self._near = near
        self._example = example or self._time_near
        super().__init__(name, EXAMPLE, DESCRIPTION)
        self.line.entered.connect(self._show_example)

    @property
    def moment(self) -> Moment | None:
        """The last value that could be read."""
        value: Moment | None = self._value
        return value

    @property
    def instant(self) -> datetime | None:
        """The instant of the last value that could be read."""
        return None if self.moment is None else self.moment.at

    @property
    def near(self) -> Near | None:
        """What a time beside this one takes from it, where it is known."""
        return near_to([self.moment])

    def _time_near(self) -> str:
        near = self._near()
        return EXAMPLE if near is None else f"14:02 {near.zone}"

    @Slot()
    def _show_example(self) -> None:
        near = self._near()
        self.line.setPlaceholderText(self._example())
        zone = f"; without a zone: {near.zone}" if near else ""
        self.line.setAccessibleDescription(f"{DESCRIPTION}{zone}")

    def show_value(self, value: Moment | None) -> None:
        """Show a moment, and in an empty field the zone that is taken here."""
        super().show_value(value)
        self._show_example()

    def show_instant(self, at: datetime | None) -> None:
        """Show an instant in UTC; one that is shown in another zone already is left alone."""
        if at != self.instant:
            self.show_value(None if at is None else Moment(at))
        else:
            self._show_example()

    def read(self, text: str) -> Moment | None:
        """The moment of a text, in any of the ways people type one."""
        return read_typed(text, self._near(), datetime.now(UTC))

    def written(self, value: Moment) -> str:
        """As the Markdown form writes it."""
        return moment_text(value)

    def meaning(self, value: Moment) -> str:
        """The time by this machine's clock, where that is another one."""
        if value.at is None or not value.is_exact:
            return ""
        here = value.at.astimezone()
        return f"{here:%H:%M} {here.tzname()} here" if here.utcoffset() else ""


class DayField(TypedField):
    """A calendar day.

    Signals
    -------
    edited(object):
        The author changed it to this ``date``, or to None.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, "2026-11-26", "A day, like 2026-11-26")

    def read(self, text: str) -> date | None:
        """The day of a text."""
        try:
            return read_day(text) if text.strip() else None
        except InvalidInputError as error:
            raise InvalidInputError(
                str(error), advice=f"{missing_day(text)}{error.advice}"
            ) from error

    def written(self, value: date) -> str:
        """Year, month and day."""
        return value.isoformat()
