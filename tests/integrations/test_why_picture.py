"""The picture of a why tree: complete, safe, and large enough for what is in it."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.export.body import body_html
from integrations.export.html import to_html
from integrations.export.shapes import Picture, Text
from integrations.export.svg import to_svg
from integrations.export.text_lines import broken, text_width
from integrations.export.why_picture import why_svg
from integrations.markdown.html import to_markdown
from models.document import Document
from models.domain.action import ActionItem
from models.domain.incident import Evidence
from models.domain.post_mortem import PostMortem
from models.domain.root import LeafRoot, Root, RootAction
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree
from tests.models.examples import NOON
from tests.strategies import documents, why_trees

SVG = "{http://www.w3.org/2000/svg}"
EMPTY = Document(PostMortem("pm", "T"))


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 - we made it


def words(picture: str) -> str:
    return " ".join(text.text or "" for text in parsed(picture).iter(f"{SVG}text"))


def example() -> Document:
    graph = Evidence("link", "Pool graph", "https://graphs.example/pool")
    stop = Stop(StopReason.OUTSIDE, "Too dear", "Platform lead")
    below = (
        WhyNode("b", "Why empty?", "A client leaked", (graph,), stop=stop),
        WhyNode("c", "Why unseen?", "No alert", joined=True),
    )
    node = WhyNode("a", "Why did saves fail?", "The **pool** was empty", (graph,), children=below)
    tree = WhyTree("t", problem="38% of saves failed", nodes=(node,))
    return Document(
        PostMortem("pm", "T", whys=(tree,)),
        actions=(ActionItem("x", "Limit the connections of a client", "A-31"),),
        roots=(Root("r", "No limit per client"),),
        leaf_roots=(LeafRoot("b", "r", NOON),),
        root_actions=(RootAction("r", "x", NOON),),
    )


def test_it_shows_whatever_the_tree_says() -> None:
    known = example()
    shown = words(why_svg(known.post_mortem.whys[0], known))
    for said in (
        "38% of saves failed",
        "Observed effect",
        "1.1",
        "Why did saves fail?",
        "The pool was empty",
        "Pool graph",
        "AND",
        "No evidence yet",
        "Root, outside our control",
        "Too dear",
        "Accepted by Platform lead",
        "No limit per client",
        "A-31 Limit the connections of a client",
    ):
        assert said in shown


def test_it_has_a_title_and_a_description_for_screen_readers() -> None:
    known = example()
    picture = parsed(why_svg(known.post_mortem.whys[0], known))
    named = {
        part.get("id")
        for part in (picture.find(f"{SVG}title"), picture.find(f"{SVG}desc"))
        if part is not None
    }
    assert picture.get("role") == "img"
    assert {*(picture.get("aria-labelledby") or "").split()} == named
    assert "AND 1.2 No alert" in (picture.findtext(f"{SVG}desc") or "")


@given(why_trees(), documents())
def test_any_tree_makes_well_formed_and_safe_svg(
    trees: tuple[WhyTree, ...], document: Document
) -> None:
    for tree in trees:
        picture = why_svg(tree, document)
        if not picture:
            assert not tree.nodes
            continue
        tags = {part.tag.removeprefix(SVG) for part in parsed(picture).iter()}
        assert tags <= {"svg", "title", "desc", "style", "path", "g", "rect", "text"}
        attributes = {name for part in parsed(picture).iter() for name in part.attrib}
        assert not any(name.startswith("on") or name.endswith("href") for name in attributes)
        assert "url(" not in picture.partition("</style>")[0].partition("<style>")[2]


def test_cards_stand_below_each_other_inside_the_picture() -> None:
    known = example()
    long = replace(known.post_mortem.whys[0].nodes[0], answer="word " * 300, question="ask " * 90)
    tree = replace(known.post_mortem.whys[0], nodes=(long, long))
    picture = parsed(why_svg(tree, known))
    width, height = (float(picture.get(name) or 0) for name in ("width", "height"))
    bottom = 0.0
    for group in picture.iter(f"{SVG}g"):
        place = re.findall(r"[\d.]+", group.get("transform") or "")
        left, top = map(float, place)
        card = next(group.iter(f"{SVG}rect"))
        size = {name: float(card.get(name) or 0) for name in ("width", "height")}
        assert top >= bottom
        bottom = top + size["height"]
        assert left + size["width"] <= width
        for line in group.iter(f"{SVG}text"):
            assert 0 < float(line.get("y") or 0) < size["height"]
    assert bottom <= height < bottom + 10


def test_a_deep_tree_has_room_for_its_last_card() -> None:
    node = WhyNode("n40", answer="The end of a long chain of whys")
    for number in range(39, 0, -1):
        node = WhyNode(f"n{number}", answer="because", children=(node,))
    picture = parsed(why_svg(WhyTree("t", problem="P", nodes=(node,)), EMPTY))
    cards = [float(g.find(f"{SVG}rect").get("width") or 0) for g in picture.iter(f"{SVG}g")]  # type: ignore[union-attr]
    assert min(cards) >= 300


def test_nothing_is_drawn_of_nothing() -> None:
    assert why_svg(WhyTree("t", About.DETECTION), EMPTY) == ""


@pytest.mark.parametrize("size", [11, 14])
@given(st.text(), st.integers(20, 400))
def test_lines_fit_and_keep_every_letter(size: int, said: str, room: int) -> None:
    lines = broken(said, size, room)
    assert "".join("".join(line.split()) for line in lines) == "".join(said.split())
    assert all(text_width(line, size) <= room or len(line) == 1 for line in lines)


def test_what_xml_cannot_hold_is_left_out() -> None:
    said = Text(0, 0, "a\x00\x1b<b>", "s")
    assert ">a&lt;b&gt;</text>" in to_svg(Picture("p", 9, 9, "", "", (said,)))


def test_the_page_shows_it_below_the_heading_and_the_window_does_not() -> None:
    known = example()
    page = to_html(known)
    assert page.index('id="whys"') < page.index("<svg") < page.index('id="whys-1"')
    assert "<svg" not in body_html(known)


def test_an_import_of_the_page_reads_the_whys_once() -> None:
    text = to_markdown(to_html(example())).text
    assert text.count("A client leaked") == 1
    assert "Observed effect" not in text
