"""What the preview is told of the place under the cursor."""

import pytest

from app.ui.editor.spots import Spot, anchors_in_export, spot_in
from models.document import Document
from models.domain.action import ActionItem
from models.domain.incident import Incident
from models.domain.post_mortem import PostMortem, Section
from models.domain.whys import About, WhyNode, WhyTree

TEXT = [
    "# The night",
    "",
    "- The **consumer** fell behind while nobody was watching",
    "",
    "The queue grew; see [the graph](graph.png) of that evening for the whole story.",
    "",
    "The queue grew; see [the graph](graph.png) of that evening for the whole story.",
]


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (0, 3, "The night"),
        (1, 0, "The night"),  # a blank line is the end of what stands above it
        (2, 20, "fell behind while nobody was watching"),
        (2, 5, "fell behind while nobody was watching"),  # "consumer" alone says too little
        (4, 3, "The queue grew; see"),
        (4, 60, "of that evening for the whole story."),
    ],
)
def test_words_are_those_that_stand_in_the_export_just_so(
    line: int, column: int, words: str
) -> None:
    assert spot_in("summary", TEXT, line, column) == Spot("summary", words)


def test_the_same_words_again_are_counted() -> None:
    assert spot_in("summary", TEXT, 6, 60).before == 1


def test_a_line_that_is_only_a_picture_is_that_picture() -> None:
    lines = ["See ![a](a.png) and", "", "![the night's error rate](error-rate.png)", "Words"]
    assert spot_in("summary", lines, 2, 30) == Spot("summary", "\ufffc", 1)
    assert spot_in("summary", lines, 0, 12) == Spot("summary", "See")


def test_the_address_of_a_link_is_no_words() -> None:
    line = "Compare [this](attachments/the-error-rate-of-that-night.png) first."
    assert spot_in("summary", [line], 0, 30).words == "Compare"


def test_of_a_long_line_only_what_is_near_the_cursor() -> None:
    line = " ".join(f"word{n}" for n in range(500))
    words = spot_in("summary", [line], 0, line.index("word400")).words
    assert "word400" in words
    assert len(words) < 100


@pytest.mark.parametrize("lines", [[""], ["", "  "], ["**", "# "]])
def test_a_text_without_words_is_its_place(lines: list[str]) -> None:
    assert spot_in("summary", lines, len(lines) - 1, 0) == Spot("summary")


def test_every_kind_of_place_has_its_anchor() -> None:
    seen = WhyTree("seen", About.DETECTION, nodes=(WhyNode("d1"),))
    leaf = WhyNode("w2", children=(WhyNode("w3"),))
    mortem = PostMortem(
        "pm",
        "Photos are missing",
        incidents=(Incident("i1"), Incident("i2")),
        whys=(WhyTree("tree", nodes=(WhyNode("w1"), leaf)), seen),
        sections=(Section("s1", "Costs"), Section("s2", "Thanks")),
    )
    actions = (ActionItem("a1", "Alert on it", ref="A-31"), ActionItem("a2", "Not saved yet"))
    document = Document(mortem, actions=actions)
    wanted = {
        "summary/summary": "summary",
        "contributing factors/factors": "factors",
        "timeline/e7": "timeline-e7",
        "whys/w3": "whys-2.1",
        "whys/d1": "whys-detection:1",
        "whys/tree": "whys",
        "whys/seen": "whys-detection",
        "actions/a1": "actions-A-31",
        "actions/a2": "actions",
        "lessons/went wrong": "went-wrong",
        "detection/i2-resolution": "resolution-2",
        "section:s2/text": "section-2",
    }
    assert {place: anchors_in_export(place, document)[0] for place in wanted} == wanted
    assert anchors_in_export("details", document) == ()
