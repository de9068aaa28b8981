"""Times as people type them."""

from datetime import UTC, date, datetime

import pytest

from app.ui.editor.details.times import TimesForm
from app.ui.editor.fields.moment import EXAMPLE
from app.ui.editor.fields.typed_time import Near, near_to, read_typed
from models.domain.incident import Event, Incident, Times
from models.domain.moments import Moment, Precision
from models.errors import InvalidInputError
from tests.app.ui.conftest import Bench

NOW = datetime(2026, 6, 1, 12, 34, 56, tzinfo=UTC)
DAY = Near(date(2026, 3, 3))
ABOUT_TWENTY_PAST = Moment(datetime(2026, 11, 20, 13, 20, tzinfo=UTC), "UTC", Precision.APPROXIMATE)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", None),
        ("  ", None),
        ("now", Moment(datetime(2026, 6, 1, 12, 34, tzinfo=UTC))),
        ("14:06", Moment(datetime(2026, 3, 3, 14, 6, tzinfo=UTC))),
        ("9:06", Moment(datetime(2026, 3, 3, 9, 6, tzinfo=UTC))),
        ("~14:06", Moment(datetime(2026, 3, 3, 14, 6, tzinfo=UTC), "UTC", Precision.APPROXIMATE)),
        (
            "about 9:06 UTC",
            Moment(datetime(2026, 3, 3, 9, 6, tzinfo=UTC), "UTC", Precision.APPROXIMATE),
        ),
        (
            "15:06 Europe/Berlin",
            Moment(datetime(2026, 3, 3, 14, 6, tzinfo=UTC), "Europe/Berlin"),
        ),
        (
            "2026-11-19 15:02 Europe/Berlin",
            Moment(datetime(2026, 11, 19, 14, 2, tzinfo=UTC), "Europe/Berlin"),
        ),
        ("2026-11-19", Moment(datetime(2026, 11, 19, tzinfo=UTC), "UTC", Precision.DAY)),
        ("2026-11", Moment(datetime(2026, 11, 1, tzinfo=UTC), "UTC", Precision.MONTH)),
        ("2026-11-20 around 13:20 UTC", ABOUT_TWENTY_PAST),
        ("ca. 2026-11-20 13:20", ABOUT_TWENTY_PAST),
        ("approx 2026-11-20 13:20 UTC", ABOUT_TWENTY_PAST),
        ("2026-11-20 ~13:20", ABOUT_TWENTY_PAST),
        ("unknown", Moment(None, "UTC", Precision.UNKNOWN)),
    ],
)
def test_what_was_typed_is_understood(text: str, moment: Moment | None) -> None:
    assert read_typed(text, DAY, NOW) == moment


def test_without_a_day_before_it_a_time_is_of_today() -> None:
    found = read_typed("14:06", None, NOW)

    assert found is not None
    assert found.at == datetime(2026, 6, 1, 14, 6, tzinfo=UTC)


@pytest.mark.parametrize("text", ["soon", "25:00", "14:0", "2026-13-01", "14:06 Nowhere/Land"])
def test_what_is_no_time_is_said_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        read_typed(text, DAY, NOW)

    assert "14:02 UTC" in str(raised.value.advice)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-02-30", "There is no 2026-02-30: February 2026 has 28 days."),
        ("2026-11-31 14:02 UTC", "There is no 2026-11-31: November 2026 has 30 days."),
        ("2026-13", "There is no 2026-13: a year has 12 months."),
    ],
)
def test_a_day_that_does_not_exist_is_named(text: str, sentence: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        read_typed(text, DAY, NOW)

    assert str(raised.value.advice).startswith(sentence)


@pytest.mark.parametrize("text", ["14:10", "2026-11-20 14:10"])
def test_without_a_zone_it_is_in_that_of_the_nearest_time(text: str) -> None:
    onset = read_typed("2026-11-20 14:02 CET", None, NOW)
    day = read_typed("2026-11-20", None, NOW)

    found = read_typed(text, near_to([None, day, onset]), NOW)

    assert found == Moment(datetime(2026, 11, 20, 13, 10, tzinfo=UTC), "CET")


def test_the_day_is_that_of_the_zone() -> None:
    late = read_typed("2026-11-20 23:50 America/New_York", None, NOW)

    found = read_typed("23:55", near_to([late]), NOW)

    assert found is not None
    assert found.at == datetime(2026, 11, 21, 4, 55, tzinfo=UTC)


def test_a_zone_that_cannot_be_read_is_left_out() -> None:
    local = Moment(datetime(2026, 11, 20, 14, 2, tzinfo=UTC), "plant time")

    assert read_typed("14:10", near_to([local]), NOW) == Moment(
        datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
    )


def test_an_empty_field_names_the_zone_that_is_taken(bench: Bench) -> None:
    form = TimesForm(bench.desktop.look)
    onset = Moment(datetime(2026, 11, 19, 14, 2, tzinfo=UTC))
    detected = Moment(datetime(2026, 11, 19, 14, 8, tzinfo=UTC), "Europe/Berlin")
    mitigated = form.fields["mitigated"]
    form.show_incident(Incident("i"))
    assert mitigated.line.placeholderText() == EXAMPLE
    for times, zone in (
        (Times(onset=onset), "UTC"),
        (Times(onset=onset, detected=detected), "Europe/Berlin"),
    ):
        form.show_incident(Incident("i", times=times))
        assert mitigated.line.placeholderText() == f"14:02 {zone}"
        assert mitigated.line.accessibleDescription().endswith(f"without a zone: {zone}")
        taken = mitigated.read("about 14:20")
        assert taken is not None
        assert taken.zone == zone
    form.deleteLater()


def test_the_first_time_of_an_incident_is_on_the_day_of_its_timeline(bench: Bench) -> None:
    form = TimesForm(bench.desktop.look)
    at = datetime(2026, 11, 19, 13, 4, tzinfo=UTC)
    form.show_incident(Incident("i", timeline=(Event("e", at, zone="Europe/Berlin"),)))
    assert form.near() == Near(date(2026, 11, 19), "Europe/Berlin")
    form.show_incident(Incident("i"))
    assert form.near() is None, "today, in UTC"
    form.deleteLater()
