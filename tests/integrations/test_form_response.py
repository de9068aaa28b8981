"""The Markdown form keeps what a response record holds."""

from datetime import UTC, datetime

import pytest

from integrations.export.wording import own_words
from integrations.markdown.form import to_markdown
from models import sample
from models.document import Document, same_content
from models.response import follow_ups, hotfixes
from tests.forms import from_markdown

FOLLOWED = [doc for doc in sample.documents() if doc.post_mortem.incidents[0].response]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("document", FOLLOWED, ids=lambda doc: doc.ref)
def test_a_record_comes_back_and_its_hotfixes_keep_their_actions(document: Document) -> None:
    read = from_markdown(to_markdown(document), now=NOW)
    assert same_content(read, document)
    before, after = (hotfixes(doc.post_mortem.incidents[0]) for doc in (document, read))
    assert [len(follow_ups(event, read)) for event in after] == [1] * len(before)


def test_an_export_tells_a_record_by_the_labels_of_its_framework() -> None:
    kept = {"CPU baseline": "38", "CPU now": "39", "CPU unit": "%", "heap": "80%"}
    words = own_words().record("triage-scale", "telemetry", kept)
    assert words == [("CPU", "baseline 38, now 39 %"), ("heap", "80%")]
    assert own_words().record("gone", "telemetry", kept) == list(kept.items())
