"""How differences read on the command line."""

from app.cli.differences import difference_text
from models.differences import Change, Kind, Place


def test_signs_tell_what_came_went_and_moved() -> None:
    why = Place("whys", "1")
    changes = (
        Change(Place("summary"), "Summary", Kind.CHANGED, "It was slow.\nThen not.", "It broke."),
        Change(why, "Why 1.1", Kind.MOVED, "2", "1.1"),
        Change(why, "Why 2", Kind.ADDED, "", "Why?\nNo alert."),
        Change(why, "Why 3", Kind.REMOVED, "Gone."),
    )
    assert difference_text(changes, "one", "two").split("\n") == [
        "--- one",
        "+++ two",
        "",
        "Summary",
        "  Summary: changed",
        "      It [-was slow.",
        "      Then not-]{+broke+}.",
        "",
        "5 Whys",
        "  Why 1.1: moved from 2 to 1.1",
        "  Why 2: added",
        "    + Why?",
        "    + No alert.",
        "  Why 3: removed",
        "    - Gone.",
    ]
