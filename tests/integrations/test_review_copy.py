"""Review copies: what is written into them comes back, on its place, once, and changes no text."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.export.wording import own_words
from integrations.review_copy import read_copy, to_html_copy, to_markdown_copy
from integrations.review_copy.places import places
from models import sample
from models.commenting import Remark, anchors, with_remarks
from models.document import Document
from models.domain.incident import Event, Incident
from models.domain.post_mortem import PostMortem, Section
from models.domain.whys import WhyNode, WhyTree
from models.errors import InvalidInputError
from tests import SOAK
from tests.models.examples import NOON
from tests.strategies import documents

WORDS = own_words()
MARK = "0123456789ab"


def example() -> Document:
    return Document(
        PostMortem(
            "pm",
            "Saves <failed> & more",
            summary="Saves failed.\n\n<!-- comment in a text -->",
            incidents=(Incident("i", timeline=(Event("e1", NOON, text="Page"),)),),
            whys=(WhyTree("t", problem="38%", nodes=(WhyNode("n1", "Why?", "Empty pool"),)),),
            sections=(Section("s", "Legal", "Nothing"),),
        ),
        "PM-2026-014",
        version=3,
    )


def commented(copy: str, anchor: str, text: str, role: str = "") -> str:
    """The Markdown copy with a comment at a place, as somebody would type it."""
    begin = re.search(rf"^<!-- comment \S+ section=\S* anchor={anchor} on .*-->$", copy, re.M)
    assert begin is not None, anchor
    copy = f"{copy[: begin.end()]}\n{text}{copy[begin.end() :]}"
    return copy.replace("Your role:", f"Your role: {role}", 1)


def filled(page: str, remarks: list[Remark], role: str = "") -> str:
    """The page as its script saves it."""
    comments = [
        {"anchor": r.anchor, "section": r.section, "place": r.place, "text": r.text}
        for r in remarks
    ]
    head, data, tail = re.split(r'(?<=id="afterwhy-review">)(.*?)(?=</script>)', page, maxsplit=1)
    said = json.dumps(json.loads(data) | {"role": role, "comments": comments})
    return head + re.sub("[<>&]", lambda m: f"\\u00{ord(m[0]):x}", said) + tail


def test_every_place_of_a_document_can_be_commented() -> None:
    found = [place.anchor for place in places(example(), WORDS)]
    assert found == [
        "summary", "timeline", "e1", "whys", "t", "n1", "section:s", "",
    ]  # fmt: skip
    assert set(found) <= anchors(example())
    page = to_html_copy(example(), WORDS)
    copy = to_markdown_copy(example(), WORDS, mark=MARK)
    assert page.count("<textarea data-anchor=") == copy.count(f"<!-- comment {MARK} ") == len(found)
    for said in ("Empty pool", "Nothing", "Page"):
        assert said in page
        assert said in copy


def test_a_comment_by_hand_comes_back_on_its_place_with_its_role() -> None:
    copy = commented(to_markdown_copy(example(), WORDS), "n1", "Which **log**?\n\nAnd when?", "SRE")
    returned = read_copy(copy)
    (remark,) = returned.remarks
    assert (returned.id, returned.version, returned.notices) == ("pm", 3, ())
    assert (remark.anchor, remark.section, remark.place) == ("n1", "whys", "why 1")
    assert (remark.text, remark.role) == ("Which **log**?\n\nAnd when?", "SRE")


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r")) | st.sampled_from(
    ["<!-- end -->", "<!-- comment x -->\nYour role: me", "</script><textarea>", "```\n#", "-->"]
)


@settings(max_examples=500 if SOAK else 40)
@given(documents(), st.data())
def test_any_comment_at_any_place_comes_back_equal(document: Document, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(places(document, WORDS))))
    text = data.draw(texts)
    wanted = [text.strip()] if text.strip() else []
    copy = to_markdown_copy(document, WORDS, mark=MARK)
    lines = [
        n for n, line in enumerate(copy.split("\n")) if line.startswith(f"<!-- comment {MARK}")
    ]
    number = lines[[p.anchor for p in places(document, WORDS)].index(place.anchor)]
    parts = copy.split("\n")
    by_hand = read_copy("\n".join([*parts[: number + 1], text, *parts[number + 1 :]]))
    page = read_copy(
        filled(to_html_copy(document, WORDS), [Remark(place.anchor, place.section, "", text)])
    )
    for returned in (by_hand, page):
        assert [remark.text for remark in returned.remarks] == wanted
        assert all(remark.anchor == place.anchor for remark in returned.remarks)
        assert returned.id == document.post_mortem.id
        assert not returned.notices
        joined = with_remarks(document, returned.remarks, NOON)
        assert not joined.moved
        bare = replace(joined.document.post_mortem, comments=document.post_mortem.comments)
        assert replace(joined.document, post_mortem=bare) == document
        again = with_remarks(joined.document, returned.remarks, NOON)
        assert (again.document, again.added) == (joined.document, ())


def test_a_place_that_is_gone_leaves_the_comment_on_its_section() -> None:
    copy = commented(to_markdown_copy(example(), WORDS), "n1", "Still true?")
    tree = replace(example().post_mortem.whys[0], nodes=())
    now = replace(example(), post_mortem=replace(example().post_mortem, whys=(tree,)))
    joined = with_remarks(now, read_copy(copy).remarks, NOON + timedelta(milliseconds=250))
    (comment,) = joined.moved
    assert comment.at == NOON
    assert comment.anchor == "whys"
    assert comment.text == "(On why 1, which is no longer there.)\n\nStill true?"
    assert with_remarks(joined.document, read_copy(copy).remarks, NOON).known == 1


def test_windows_and_mail_change_nothing() -> None:
    copy = commented(to_markdown_copy(example(), WORDS), "summary", "One\nTwo")
    for sent in (copy.replace("\n", "\r\n"), "\ufeff" + copy, re.sub("(?m)^", "> ", copy)):
        returned = read_copy(sent.replace("\r\n", "\n"))
        assert [remark.text for remark in returned.remarks] == ["One\nTwo"]
        assert not returned.notices


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda c: c.replace(f"<!-- end {MARK} -->", "", 1), "has no end line"),
        (lambda c: re.sub(r"<!-- comment \S+ section=summary.*", "", c), "has no beginning"),
        (lambda c: c.replace("anchor=e1", "anchr=e1"), "was changed and cannot be read"),
    ],
)
def test_a_damaged_place_is_told_by_its_line_and_the_others_are_read(
    damage: "object", told: str
) -> None:
    assert callable(damage)
    whole = commented(to_markdown_copy(example(), WORDS, mark=MARK), "section%3As", "Fine")
    returned = read_copy(damage(commented(whole, "summary", "Lost")))
    assert [remark.text for remark in returned.remarks][-1] == "Fine"
    (notice, *_) = returned.notices
    assert told in notice
    assert re.search(r"line \d+|Line \d+", notice)


@pytest.mark.parametrize(
    "text",
    [
        "# A text",
        "<html></html>",
        to_markdown_copy(example(), WORDS, mark=MARK).split("\n", 1)[1],
        to_markdown_copy(example(), WORDS, mark=MARK).split("Your role")[0],
        '{"comments": [{"anchor": 1}]}',
        '{"afterwhy_review": 1',
        to_html_copy(example(), WORDS).replace('"comments": []', '"comments": ['),
    ],
)
def test_what_is_no_copy_or_broken_as_a_whole_is_said(text: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        read_copy(text)
    assert "review copy" in str(raised.value)
    assert raised.value.kept
    assert raised.value.advice


def test_the_page_has_one_script_and_names_it() -> None:
    page = to_html_copy(example(), WORDS)
    script = re.search(r"<script>(.*?)</script>", page, re.S)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert page.count("<script") == 2
    assert "http" not in script[1]
    assert "<failed>" not in page


def test_what_the_page_copies_is_read_as_it_is() -> None:
    copied = json.dumps(
        {
            "id": "pm", "version": 3, "role": "Legal",
            "comments": [{"anchor": "", "section": "", "place": "The whole", "text": "ok"}],
        }
    )  # fmt: skip
    (remark,) = read_copy(copied).remarks
    assert (remark.text, remark.role, remark.anchor) == ("ok", "Legal", "")


def test_a_browser_runs_the_page(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("Chromium is not installed")
    document = sample.documents()[-1]
    page = tmp_path / "review.html"
    said = 'a "quoted" </textarea></script><b>& text'
    remark = Remark("summary", "summary", "Summary", said)
    drive = """<script>addEventListener("load",()=>{
      document.querySelector('[data-anchor=""]').value = "typed here";
      URL.createObjectURL = (blob) => { blob.text().then((t) => {
        document.body.textContent = "SAVED" + btoa(unescape(encodeURIComponent(t))) + "END"; });
        return "#"; };
      HTMLAnchorElement.prototype.click = () => {};
      document.getElementById("save").click(); });</script>"""
    opened = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", filled(
        to_html_copy(document, WORDS), [remark], "SRE"
    ))  # fmt: skip
    page.write_text(opened.replace("</body>", f"{drive}</body>"), "utf-8")
    shown = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000",
         f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, check=True, timeout=50,
    ).stdout  # fmt: skip
    saved = re.search("SAVED([A-Za-z0-9+/=]+)END", shown)
    assert saved is not None, shown[:500]
    returned = read_copy(base64.b64decode(saved[1]).decode())
    assert [(r.anchor, r.text) for r in returned.remarks] == [
        ("summary", said), ("", "typed here"),
    ]  # fmt: skip
    assert {r.role for r in returned.remarks} == {"SRE"}
