"""The band above the timeline: durations, impact windows and events on one scale."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QColor

from app.ui.editor.timeline.band import TimesBand
from app.ui.editor.timeline.page import TimelinePage
from app.ui.look import Look
from models.domain.incident import (
    Detection,
    Event,
    Impact,
    ImpactWindow,
    Incident,
    Times,
)
from models.domain.moments import Moment, Precision, exactly
from tests.app.ui.editor.conftest import OpenForm

ONSET = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)


def at(minute: int) -> Moment:
    return exactly(ONSET + timedelta(minutes=minute))


def about(minute: int) -> Moment:
    return Moment(ONSET + timedelta(minutes=minute), precision=Precision.APPROXIMATE)


INCIDENT = Incident(
    "i",
    detection=Detection("alert"),
    times=Times(None, at(0), at(10), at(20), at(50), about(100)),
    impact=Impact(windows=(ImpactWindow(at(0), at(20)), ImpactWindow(at(40), at(50)))),
    timeline=(
        Event("a", at(30).at, text="Flag off", starred=True),
        Event("b", None, text="Somewhere"),
    ),
)


@pytest.fixture
def look(open_form: OpenForm) -> Look:
    return open_form(TimelinePage).page.context.look


@pytest.fixture
def band(look: Look) -> TimesBand:
    shown = TimesBand(look)
    shown.resize(1000, shown.sizeHint().height())
    shown.show_incident(INCIDENT)
    return shown


def test_the_durations_and_the_impact_are_said_and_inexact_ones_marked(band: TimesBand) -> None:
    assert band.accessibleName() == (
        "Times: 10 min to detect, 10 min to acknowledge, 50 min to mitigate, "
        "~1 h 40 min to resolve. Users affected 30 min in 2 windows"
    )


def test_without_an_alert_nothing_was_acknowledged(band: TimesBand) -> None:
    reported = Incident("i", detection=Detection("customer"), times=INCIDENT.times)
    band.show_incident(reported)
    assert "acknowledge" not in band.accessibleName()


def test_windows_and_stretches_stand_at_their_times(band: TimesBand, look: Look) -> None:
    theme = look.theme
    image = band.grab().toImage()
    ratio = image.devicePixelRatio()

    def colour(minute: int, y: int) -> QColor:
        return image.pixelColor(round(minute * 10 * ratio), round(look.px(y) * ratio))

    stretches = {5: theme.red, 15: theme.blue, 35: theme.amber, 75: theme.green}
    for minute, state in stretches.items():
        assert colour(minute, 61) == QColor(state.solid)
    affected = [colour(minute, 71) == QColor(theme.red.solid) for minute in (10, 30, 45, 70)]
    assert affected == [True, False, True, False]
    assert colour(30, 50) == QColor(theme.amber.solid)


def test_the_band_is_hidden_where_nothing_is_known(band: TimesBand) -> None:
    band.show_incident(Incident("i"))
    assert band.isHidden()
