"""A real library in a folder of its own, with a clock that a test moves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store.library import Library
from tests.models.examples import Clock, empty_library


@pytest.fixture
def clock() -> Clock:
    """Stands at noon until a test moves it."""
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    """An empty library in ``tmp_path / "library"``."""
    with empty_library(tmp_path / "library", clock) as opened:
        yield opened
