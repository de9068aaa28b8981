"""A small library for tests of the index."""

import pytest

from tests.search.corpus import MemorySource, many


@pytest.fixture
def source() -> MemorySource:
    """Forty documents."""
    filled = MemorySource()
    filled.put(*many(40))
    return filled
