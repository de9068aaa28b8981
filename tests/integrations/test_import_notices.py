"""What an import says about a file besides what becomes of it: what was left out or not read."""

from pathlib import Path

import pytest

from integrations.markdown.apply import Outcome, apply
from integrations.markdown.form import to_markdown
from integrations.markdown.plan import plan
from models import vocabulary
from models.queries import post_mortems as queries
from models.store.library import Actor, Library, open_library

TERMS = vocabulary.load()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path / "library")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


def imported(library: Library, folder: Path) -> Outcome:
    return apply(library, plan(library, [folder], TERMS), Actor("somebody"), TERMS)


PICTURES_LEFT_OUT = {
    "%2e%2e/up.png": "it lies outside the imported folder",
    "file:///tmp/a.png": "its path is absolute",
    "C:/pictures/a.png": "its path is absolute",
    "//web.example/a.png": "it lies on the web",
    "pictures/123": "there is no such file",
}


@pytest.mark.parametrize("target", PICTURES_LEFT_OUT)
@pytest.mark.parametrize(
    "form", ["![a]({})", "<img alt='a' src='{}'>", "![a][b]\n\n[b]: {}"], ids=["md", "html", "ref"]
)
def test_a_picture_that_is_left_out_is_named(
    library: Library, folder: Path, tmp_path: Path, target: str, form: str
) -> None:
    (tmp_path / "up.png").write_bytes(b"picture")
    text = f"# T\n\nIt broke.\n\n{form.format(target)}\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    (done,) = imported(library, folder).imported
    assert done.notices == (f"Pictures left out: “{target}” ({PICTURES_LEFT_OUT[target]}).",)


@pytest.mark.parametrize(
    "text",
    [
        "![a](images/a.png)",
        "![a](<images/a.png>)",
        "![a]\n\n[a]: images/a.png",
        '<img src="images/a.png">',
    ],
)
def test_a_picture_that_comes_along_is_not_skipped(
    library: Library, folder: Path, text: str
) -> None:
    (folder / "images").mkdir()
    for name in ("a.png", "unused.png"):
        (folder / "images" / name).write_bytes(name.encode())
    (folder / "a.md").write_text(f"# T\n\nIt broke.\n\n{text}\n", encoding="utf-8")
    for _ in ("new", "a duplicate"):
        outcome = imported(library, folder)
        assert [done.path.name for done in outcome.skipped] == ["unused.png"]
    (document,) = queries.every(library)
    assert [one.name for one in document.attachments] == ["a.png"]


def test_pictures_in_code_are_none(library: Library, folder: Path) -> None:
    text = "# T\n\nWrite `![a](b.png)` or\n\n```\n![c](d.png)\n```\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    (done,) = imported(library, folder).imported
    assert done.notices == ()


def test_an_export_whose_attachment_is_not_beside_it_says_so(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.png").write_bytes(b"picture")
    (folder / "a.md").write_text("# T\n\nIt broke.\n\n![a](a.png)\n", encoding="utf-8")
    imported(library, folder)
    (document,) = queries.every(library)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "a.md").write_text(to_markdown(document), encoding="utf-8")
    (done,) = imported(open_library(tmp_path / "other"), tmp_path / "export").imported
    assert "The content of “a.png” is not beside the file; only its name is kept." in done.notices


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.html", "<h1>T</h1>" + "<div>" * 3000 + "deep" + "</div>" * 3000, "nested too deeply"),
        ("a.md", "# T\n\n" + "word " * 450_000, "longer than 2 MB"),
        (
            "a.md",
            "# T\n\n## 5 Whys\n\n" + "".join(f"{'  ' * n}- Why {n}?\n" for n in range(40)),
            "below the 25th level",
        ),
    ],
)
def test_what_is_kept_as_plain_text_is_told(
    library: Library, folder: Path, name: str, text: str, said: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (done,) = imported(library, folder).imported
    assert any(said in notice for notice in done.notices), done.notices
