"""Templates are choices of sections: changing one loses nothing and hides nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.form import to_markdown
from models import templates
from models.document import Document, same_content, to_json
from models.domain.incident import Incident, ResponseRecord
from models.domain.post_mortem import Comment, PostMortem, Section
from models.editing.templates import with_template
from models.sections import KEYS, chosen, holding, shown
from models.templates import Place, Template, TemplateSection
from tests.forms import from_markdown
from tests.strategies import documents, tame_text

KNOWN = templates.load()
NOW = datetime(2026, 11, 22, tzinfo=UTC)
OWN = Template(
    "own",
    "Own",
    (TemplateSection(Place.CUSTOM, "Weather"), TemplateSection(Place.SUMMARY, "Short")),
)
ALL = {**KNOWN, "own": OWN}


def texts(value: Any) -> Iterator[str]:
    """Every text of plain data, however deep."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from texts(key)
            yield from texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry)
    elif isinstance(value, str):
        yield value


def changed(document: Document, names: list[str]) -> Document:
    for name in names:
        before = ALL.get(document.post_mortem.template)
        document = with_template(document, ALL[name], before)
        assert document.post_mortem.template == name
    return document


@given(documents(), st.lists(st.sampled_from(list(ALL)), max_size=6))
def test_changing_the_template_back_and_forth_keeps_every_text(
    document: Document, names: list[str]
) -> None:
    after = changed(document, names)
    said = to_json(replace(document, post_mortem=replace(document.post_mortem, template="")))
    kept = set(texts(to_json(after)))
    assert set(texts(said)) <= kept
    before, now = document.post_mortem, after.post_mortem
    assert [s for s in now.sections if s in before.sections] == list(before.sections)
    hidden = replace(now, template=before.template, sections=before.sections, whys=before.whys)
    assert replace(after, post_mortem=hidden) == document, "nothing else is touched"


@given(documents(tame_text), st.lists(st.sampled_from(list(ALL)), min_size=1, max_size=3))
def test_the_markdown_form_comes_back_after_a_change(document: Document, names: list[str]) -> None:
    after = changed(document, names)
    assert same_content(from_markdown(to_markdown(after), now=NOW), after)


@given(documents(), st.sampled_from(list(ALL)))
def test_whatever_holds_something_is_shown(document: Document, name: str) -> None:
    keys = shown(document, ALL[name])
    assert holding(document) <= set(keys)
    assert keys[: len(chosen(ALL[name]))] == chosen(ALL[name])
    assert len(set(keys)) == len(keys)
    bare = replace(
        document,
        actions=(),
        post_mortem=PostMortem(
            document.post_mortem.id,
            document.post_mortem.title,
            template=document.post_mortem.template,
        ),
    )
    assert holding(bare) == frozenset()


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("blameless-5-whys", KEYS),
        ("lightweight-sev3", ("summary", "timeline", "whys", "lessons", "actions")),
        (
            "google-sre",
            ("summary", "impact", "whys", "detection", "actions", "lessons", "timeline"),
        ),
        (
            "customer-facing",
            ("summary", "impact", "timeline", "contributing factors", "detection"),
        ),
        ("own", ("summary",)),
    ],
)
def test_a_template_chooses_sections_and_their_order(name: str, keys: tuple[str, ...]) -> None:
    empty = Document(PostMortem("p", "T", incidents=(Incident("i"),)))
    assert shown(empty, ALL[name]) == keys
    assert shown(empty, ALL[name], also=["response"])[: len(keys)] == keys


def test_a_record_of_the_response_stands_beside_any_template() -> None:
    followed = Incident("i", response=(ResponseRecord("roll-back"),))
    document = Document(PostMortem("p", "T", incidents=(followed,)))
    assert all("response" in shown(document, template) for template in ALL.values())


def test_custom_sections_come_and_go_with_their_template_as_long_as_nobody_used_them() -> None:
    document = changed(Document(PostMortem("p", "T")), ["customer-facing"])
    headings = ["What we are changing", "What you may need to do"]
    assert [own.heading for own in document.post_mortem.sections] == headings
    first, second = document.post_mortem.sections
    assert changed(document, ["lightweight-sev3"]).post_mortem.sections == ()

    written = replace(
        document.post_mortem,
        sections=(replace(first, heading="Our changes"), replace(second, markdown=" ")),
    )
    kept = changed(replace(document, post_mortem=written), ["own"])
    assert [own.heading for own in kept.post_mortem.sections] == [
        "Our changes",
        "What you may need to do",
        "Weather",
    ]
    back = changed(kept, ["customer-facing"])
    assert [own.heading for own in back.post_mortem.sections] == [
        "Our changes",
        "What you may need to do",
        "What we are changing",
    ]


def test_a_section_with_a_comment_stays() -> None:
    own = Section("s", "Weather")
    mortem = PostMortem(
        "p", "T", template="own", sections=(own,), comments=(Comment("c", "section:s", "?"),)
    )
    assert changed(Document(mortem), ["google-sre"]).post_mortem.sections[0] == own


def test_the_same_template_again_changes_nothing() -> None:
    document = changed(Document(PostMortem("p", "T")), ["customer-facing"])
    assert changed(document, ["customer-facing"]) is document
