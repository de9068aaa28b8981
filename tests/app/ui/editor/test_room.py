"""What is painted where there is little room: nothing is cut off and nothing runs into another."""

from dataclasses import replace

import pytest

from app.ui.editor.timeline.band import TimesBand
from app.ui.editor.timeline.delegate import TimelineDelegate
from app.ui.editor.timeline.page import TimelinePage
from app.ui.editor.whys.head import KeyHints
from app.ui.look import Look
from app.ui.painting import ChipText, chip_width, fitted_chip
from models.editing.parts import with_text
from tests.app.ui.editor.conftest import Form, OpenForm
from tests.app.ui.editor.test_times_band import band

__all__ = ["band"]


@pytest.fixture
def form(open_form: OpenForm) -> Form:
    return open_form(TimelinePage)


@pytest.fixture
def look(form: Form) -> Look:
    return form.page.context.look


def test_a_long_name_is_cut_to_its_room(look: Look) -> None:
    long, short = ChipText("The dashboard of the whole platform " * 3), ChipText("Alert")
    fitted = fitted_chip(look, long, 200)
    assert 150 < chip_width(look, fitted) <= 200
    assert fitted.text.endswith("…")
    assert fitted_chip(look, short, 200) is short


def test_key_hints_always_lead_to_all_keys(look: Look) -> None:
    hints = KeyHints(
        look, (("Enter", "add"), ("A", "join with AND"), ("B", "backwards"), ("?", "all keys"))
    )
    assert [key for key, _ in hints.fitting(2000)] == ["Enter", "A", "B", "?"]
    assert [key for key, _ in hints.fitting(270)] == ["Enter", "?"]
    assert [key for key, _ in hints.fitting(10)] == ["?"]


def test_times_of_sources_take_a_column_only_where_there_are_such(form: Form) -> None:
    def room() -> float:
        delegate = form.page.findChild(TimelineDelegate)
        assert delegate is not None
        return delegate.room(700)

    before = room()
    first, *others = form.incident.timeline
    local = replace(form.incident, timeline=(replace(first, zone="Asia/Tokyo"), *others))
    form.draft.edit("Set zone", lambda document: with_text(document, incidents=(local,)))
    assert room() < before - 50
    assert isinstance(form.page, TimelinePage)
    assert "the source's own time" in form.page.head.text()


def test_words_of_a_duration_keep_away_from_the_next(band: TimesBand, look: Look) -> None:
    top, tall = round(look.px(6)), round(look.px(30))
    for width in range(480, 760, 4):
        band.resize(width, band.height())
        image = band.grab().toImage()
        ground, ratio = image.pixelColor(0, image.height() - 1), image.devicePixelRatio()
        for part in (1, 2, 3):
            x = round((part * width / 4 - 3) * ratio)
            said = {image.pixelColor(x, round(y * ratio)).name() for y in range(top, tall)}
            assert said == {ground.name()}, (width, part)
