"""What authors keep as they wrote it: a wording once, or certain words always."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from models.errors import LibraryError
from models.whole_files import write_whole

NAME = "language-kept.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that a rule leaves alone: in one sentence of one post-mortem, else everywhere."""

    rule: str
    words: str
    post_mortem: str = ""
    sentence: str = ""

    @property
    def is_always(self) -> bool:
        """Whether it holds everywhere."""
        return not self.post_mortem


class Keeping:
    """The file ``language-kept.json`` in a folder, one entry for each."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._kept = dict.fromkeys(_read(self.path))

    def __contains__(self, kept: Kept) -> bool:
        return kept in self._kept or Kept(kept.rule, kept.words) in self._kept

    def __iter__(self) -> Iterator[Kept]:
        return iter(self._kept)

    def add(self, kept: Kept) -> None:
        """Keep it. Raises ``LibraryError`` where the file cannot be written; it counts until the
        window is closed."""
        self._kept[kept] = None
        self._write((*_read(self.path), kept), said="It is kept until Afterwhy is closed.")

    def remove(self, gone: Iterable[Kept]) -> None:
        """Judge these again. Raises ``LibraryError`` where the file cannot be written."""
        away = set(gone)
        left = [kept for kept in _read(self.path) if kept not in away]
        self._write(left, said="They are still kept.")
        for kept in away:
            self._kept.pop(kept, None)

    def _write(self, kept: Iterable[Kept], *, said: str) -> None:
        lines = [asdict(one) for one in dict.fromkeys(kept)]
        try:
            write_whole(self.path, json.dumps(lines, ensure_ascii=False, indent=1))
        except OSError as error:
            raise LibraryError(
                f"What you keep as written cannot be saved to {self.path}: "
                f"{error.strerror or error}.",
                kept=said,
                advice="Check that you may write there.",
            ) from error


def _read(path: Path) -> list[Kept]:
    """What the file says; entries that are none are left out, as is a file that cannot be read."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    fields = ("rule", "words", "post_mortem", "sentence")
    return [
        Kept(*(str(entry.get(name, "")) for name in fields))
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and entry.get("rule")
    ]
