"""The import on the real documents beside the checkout, where they are there."""

from pathlib import Path

import pytest

from integrations.markdown.form import to_markdown
from integrations.markdown.losses import HEADING
from integrations.markdown.reading import read_document
from integrations.markdown.source import read_source
from integrations.markdown.words import missing_words
from models import vocabulary
from models.document import same_content
from tests.eval import rows, why_gold
from tests.forms import from_markdown

DATA = Path(__file__).parents[3] / "shared" / "data"
TERMS = vocabulary.load()

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real documents (../shared/data) are not here"
)


def sources() -> list[Path]:
    """Every seventh document of each set: ``make eval`` takes all of them."""
    folders = sorted(path for path in (DATA / "postmortems").glob("*") if path.is_dir())
    return [path for folder in folders for path in sorted(folder.iterdir())[::7]]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_a_real_document_comes_in_whole_and_out_again(path: Path) -> None:
    source = read_source(path)
    document = read_document(source, path.name, TERMS).document
    form = to_markdown(document)
    assert not missing_words(source.body, form)
    assert same_content(from_markdown(form), document)
    events = tuple(event for i in document.post_mortem.incidents for event in i.timeline)
    assert all(rows.is_found(row, events) for row in rows.rows_of(source.body))


def test_few_real_documents_have_words_without_a_place() -> None:
    documents = [read_document(read_source(p), p.name, TERMS).document for p in sources()]
    kept = [d for d in documents if any(s.heading == HEADING for s in d.post_mortem.sections)]
    assert len(kept) <= len(documents) / 3


def test_the_real_why_tree_is_found_whole() -> None:
    found = why_gold.measure(DATA, TERMS)
    assert found is not None
    assert found[0] == found[1] > 0
