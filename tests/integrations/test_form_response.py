"""The Markdown form keeps what a response record holds."""

from datetime import UTC, datetime

import pytest

from integrations.markdown.form import from_markdown, to_markdown
from models import sample
from models.document import Document, same_content
from models.response import follow_ups, hotfixes

FOLLOWED = [doc for doc in sample.documents() if doc.post_mortem.incidents[0].response]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("document", FOLLOWED, ids=lambda doc: doc.ref)
def test_a_record_comes_back_and_its_hotfixes_keep_their_actions(document: Document) -> None:
    read = from_markdown(to_markdown(document), now=NOW)
    assert same_content(read, document)
    before, after = (hotfixes(doc.post_mortem.incidents[0]) for doc in (document, read))
    assert [len(follow_ups(event, read)) for event in after] == [1] * len(before)
