"""Times as people type them."""

from datetime import UTC, datetime

import pytest

from app.ui.editor.fields.typed_time import read_typed
from models.domain.moments import Moment, Precision
from models.errors import InvalidInputError

NOW = datetime(2026, 6, 1, 12, 34, 56, tzinfo=UTC)
DAY = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)


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
