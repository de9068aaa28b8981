"""A file is written whole or not at all."""

from io import BytesIO
from pathlib import Path

import pytest

from models.whole_files import write_whole


class Broken(BytesIO):
    """Content that cannot be read to its end."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError("the disk is gone")


def test_a_text_replaces_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "words.txt"
    for text in ("one\n", "zwölf\n"):
        write_whole(target, text)
        assert target.read_bytes() == text.encode()
    assert [file.name for file in target.parent.iterdir()] == ["words.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "words.txt"
    write_whole(target, b"old")
    with pytest.raises(OSError, match="the disk is gone"):
        write_whole(target, Broken())
    with pytest.raises(UnicodeEncodeError):
        write_whole(target, "\ud800")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]
