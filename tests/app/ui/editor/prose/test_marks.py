"""Marks of Markdown and the words that spelling may judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.editor.prose.marks import NO_FENCE, fence_after, marks
from app.ui.editor.prose.words import words


def shown(line: str, fence: int = NO_FENCE) -> dict[str, str]:
    """Kind -> the text of its first mark."""
    found: dict[str, str] = {}
    for mark in marks(line, fence):
        found.setdefault(mark.kind, line[mark.start : mark.end])
    return found


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("## What happened", "heading", "## What happened"),
        ("> said so", "quote", "> said so"),
        ("- [x] done", "marker", "- [x]"),
        ("  12) twelfth", "marker", "  12)"),
        ("it **was** full", "strong", "**was**"),
        ("it *was* full", "emphasis", "*was*"),
        ("_was_ full", "emphasis", "_was_"),
        ("~~not~~ full", "struck", "~~not~~"),
        ("see [the graph](graph.png) now", "link", "[the graph](graph.png)"),
        ("see [the graph](graph.png) now", "address", "(graph.png)"),
        ("at https://example.com/a?b now", "address", "https://example.com/a?b"),
        ("run ``a ` b`` now", "code", "``a ` b``"),
    ],
)
def test_a_mark_is_found(line: str, kind: str, text: str) -> None:
    assert shown(line)[kind] == text


def test_what_is_code_is_nothing_else() -> None:
    assert shown("`**x**`") == {"code": "`**x**`"}
    assert "emphasis" not in shown("snake_case_name and other_name")


def test_fences_open_and_close() -> None:
    assert fence_after("```python", NO_FENCE) == 3
    assert fence_after("~~~~", NO_FENCE) == -4
    assert fence_after("~~~", 3) == 3
    assert fence_after("```", 4) == 4
    assert fence_after("````", 4) == NO_FENCE
    assert fence_after("``` not `a` fence", NO_FENCE) == NO_FENCE


@given(st.text("*_`~[]()!#>-1. a<h:/\n😀", max_size=200))
def test_marks_lie_inside_the_line(line: str) -> None:
    for mark in marks(line):
        assert 0 <= mark.start < mark.end <= len(line)


@pytest.mark.parametrize(
    "part", ["*", "**", "_", "`", "~~", "[", "](", "``x`", "**a ", "> ", "[a]("]
)
def test_hostile_lines_are_read_in_little_time(part: str) -> None:
    line = part * (5_000 // len(part))
    assert all(mark.end <= len(line) for mark in marks(line))
    assert len(list(words(line, marks(line)))) <= len(line)


def to_judge(line: str) -> list[str]:
    return [word.text for word in words(line, list(marks(line)))]


def test_prose_is_judged() -> None:
    assert to_judge("The queue didn’t drain, (at all).") == [
        *("The", "queue", "didn’t", "drain", "at", "all"),
    ]
    assert to_judge("**Über** die *Größe*") == ["Über", "die", "Größe"]


@pytest.mark.parametrize(
    "line",
    [
        "PM-2026-014 A-31",
        "`recieve`",
        "https://example.com/recieve",
        "www.example.com",
        "(graf.png)",
        "snake_case camelCase HTTPServer ALLCAPS APIs",
        "v2beta 12ms x86",
        "/var/log/mesages C:\\temp",
        "orders-api-gatway --dryrun -rf",
        "&nbsp; <div> $HOME key=valu name@exampl",
        "日本語 Привет",
    ],
)
def test_names_of_things_are_not_judged(line: str) -> None:
    assert to_judge(line) == []


def test_a_word_knows_its_place() -> None:
    line = "😀 `code` then wrods"
    assert [line[word.start : word.end] for word in words(line, marks(line))] == ["then", "wrods"]
