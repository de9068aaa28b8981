"""Files in every encoding and with every kind of front matter."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.encodings import decode
from integrations.markdown.source import (
    MAX_BYTES,
    Format,
    UnreadableSourceError,
    format_of,
    read_source,
    skip_reason,
    source_from_text,
    split_front_matter,
)

TEXT = "# Café outage\n\nThe naïve retry loop cost 40 €.\n"


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("cp1252", b""),
    ],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, encoding: str, bom: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(bom + TEXT.replace("\n", "\r\n").encode(encoding))
    assert skip_reason(path) == ""
    assert read_source(path).body == TEXT


def test_a_guessed_encoding_is_said() -> None:
    _, notices = decode("Größe über 5 – schön".encode("cp1252"))
    assert len(notices) == 1
    assert "not valid UTF-8" in notices[0]


def test_nul_characters_become_visible() -> None:
    assert decode(b"one\0two")[0] == "one\u2400two"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.md", Format.MARKDOWN),
        ("a.MARKDOWN", Format.MARKDOWN),
        ("a.qmd", Format.MARKDOWN),
        ("2024-05-01.html.md.erb", Format.MARKDOWN),
        ("a.html.erb", Format.HTML),
        ("a.html", Format.HTML),
        ("a.txt", Format.TEXT),
        ("PM2022-009 - Bad image causing issues", Format.MARKDOWN),
        ("PM 3 - v1.2 broke login", Format.MARKDOWN),
        ("2022-10-20-permissions", Format.MARKDOWN),
        ("a.json", Format.JSON),
        ("a.png", None),
        ("a.docx", None),
        ("index.jsonl", None),
        ("LICENSE", None),
        ("Makefile", None),
    ],
)
def test_a_name_says_what_a_file_holds(name: str, kind: Format | None) -> None:
    assert format_of(Path(name)) is kind


def test_binary_hidden_and_foreign_files_are_skipped_with_a_reason(tmp_path: Path) -> None:
    for name, content, reason in (
        ("photo.md", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "a binary file"),
        ("small.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file"),
        ("later.md", b"word " * 4000 + bytes(range(256)) * 80, "a binary file"),
        (".draft.md", b"# x", "a hidden file"),
        ("a.zip", b"PK", "not a Markdown, HTML, text or JSON file"),
    ):
        (tmp_path / name).write_bytes(content)
        assert skip_reason(tmp_path / name) == reason


def test_empty_and_huge_files_are_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b" \n\n")
    with pytest.raises(UnreadableSourceError, match="empty"):
        read_source(tmp_path / "empty.md")
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableSourceError, match="too large"):
        read_source(tmp_path / "huge.md")


def test_yaml_and_toml_front_matter_are_read() -> None:
    raw, body, values = split_front_matter("---\ntitle: A\ntags: [x, y]\n---\n# A\n")
    assert (raw, body, values) == (
        "title: A\ntags: [x, y]\n",
        "# A\n",
        {"title": "A", "tags": ["x", "y"]},
    )
    _, body, values = split_front_matter('+++\ntitle = "B"\n[extra]\nteam = "t"\n+++\ntext')
    assert (body, values) == ("text", {"title": "B", "extra": {"team": "t"}})


@pytest.mark.parametrize(
    "text",
    [
        "# No front matter\n",
        "---\n\nA rule, then text.\n",
        "--- not\n---\nx",
        "---\nnever closed\n",
    ],
)
def test_text_that_only_looks_like_front_matter_stays_text(text: str) -> None:
    assert split_front_matter(text) == ("", text, {})


@pytest.mark.parametrize(
    "raw",
    [
        "title: [unclosed",
        "a: &x [1]\nb: *x",
        "a: " + "[" * 5000,
        "key: 'open",
        "- a list: 1",
    ],
)
def test_broken_front_matter_is_kept_as_text_and_said(raw: str) -> None:
    source = source_from_text(f"---\n{raw}\n---\n# T\n", Path("a.md"))
    assert source.broken_front_matter == f"{raw}\n"
    assert source.front_matter == {}
    assert source.notices


@given(st.binary(max_size=400))
def test_any_bytes_can_be_decoded(data: bytes) -> None:
    text, _ = decode(data)
    assert "\0" not in text
    assert "\r" not in text


@given(st.text(max_size=300))
def test_splitting_front_matter_loses_nothing(text: str) -> None:
    text = text.replace("\r", "")
    raw, body, _ = split_front_matter(text)
    assert raw in text
    assert text.endswith(body)


def test_control_characters_of_a_terminal_are_shown_not_refused(tmp_path: Path) -> None:
    file = tmp_path / "terminal.md"
    file.write_bytes(b"# Out\n\n\x1b[31mred\x1b[0m\x07 and\x00 \x0cend\n")
    assert skip_reason(file) == ""
    source = read_source(file)
    assert source.body == "# Out\n\n\u241b[31mred\u241b[0m\u2407 and\u2400  end\n"
    assert "Control characters" in source.notices[0]


def test_a_file_that_a_crash_left_padded_is_its_text(tmp_path: Path) -> None:
    file = tmp_path / "padded.md"
    file.write_bytes(b"# Out\n\nof space\n" + bytes(4096))
    assert skip_reason(file) == ""
    source = read_source(file)
    assert source.body == "# Out\n\nof space\n"
    assert source.notices == ("Zero bytes at the end of the file are left out.",)
