"""The words that somebody taught the spelling: a plain text file, one word a line."""

from collections.abc import Iterator
from pathlib import Path

from models.errors import LibraryError
from models.whole_files import write_whole

NAME = "words.txt"


class OwnWords:
    """The file ``words.txt`` in a folder; people may edit it too. Words are kept as they are."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._words = _read(self.path)

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words.values())

    def add(self, word: str) -> None:
        """Remember a word; what somebody wrote into the file meanwhile is kept.

        Raises ``LibraryError`` where the file cannot be written; the word counts until the end.
        """
        self._words[word.casefold()] = word
        self._write(
            _read(self.path) | {word.casefold(): word},
            kept="The word counts as right until Afterwhy is closed.",
        )

    def remove(self, word: str) -> None:
        """Forget a word. Raises ``LibraryError`` where the file cannot be written; it stays."""
        words = _read(self.path)
        words.pop(word.casefold(), None)
        self._write(words, kept="The word is still in it.")
        self._words.pop(word.casefold(), None)

    def _write(self, words: dict[str, str], *, kept: str) -> None:
        try:
            write_whole(self.path, "".join(f"{word}\n" for word in words.values()))
        except OSError as error:
            raise LibraryError(
                f"Your dictionary cannot be written to {self.path}: {error.strerror or error}.",
                kept=kept,
                advice="Check that you may write there.",
            ) from error


def _read(path: Path) -> dict[str, str]:
    """Folded word -> word, in the order of the file; nothing where there is no file."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return {}
    return {word.casefold(): word for line in lines if (word := line.strip())}
