"""Times that cannot be so are not shown as facts."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.editor.timeline.band import TimesBand
from app.ui.editor.whys.effects import effect_words
from app.ui.look import Look
from app.ui.preferences import Preferences
from models.document import Document
from models.domain.incident import Impact, Incident, Measure, Times
from models.domain.moments import Moment, exactly
from models.domain.post_mortem import PostMortem
from models.domain.whys import About


def at(minute: int) -> Moment:
    return exactly(datetime(2026, 3, 1, 13, minute, tzinfo=UTC))


def lasting(start: int, detected: int, end: int) -> Incident:
    times = Times(onset=at(start), detected=at(detected), resolved=at(end))
    return Incident("i", times=times, impact=Impact(measures=(Measure("requests", "40"),)))


def effect(incident: Incident) -> str:
    return effect_words(Document(PostMortem("p", "Slow", incidents=(incident,))), About.OCCURRENCE)


def test_the_effect_names_no_span_that_ends_before_it_begins() -> None:
    assert effect(lasting(2, 3, 9)) == "13:02 to 13:09 UTC, 40 requests"
    assert effect(lasting(2, 3, 0)) == "40 requests"


def test_the_band_is_drawn_only_of_times_in_order(qapp: QApplication, tmp_path: Path) -> None:
    band = TimesBand(Look(qapp, Preferences(tmp_path / "settings"), tmp_path))
    band.show_incident(lasting(2, 3, 9))
    assert not band.isHidden()
    assert band.accessibleName() == "Times: 1 min to detect, 7 min to resolve"
    band.show_incident(lasting(2, 3, 0))
    assert band.isHidden()
    assert band.accessibleName() == "Times"
    band.deleteLater()
