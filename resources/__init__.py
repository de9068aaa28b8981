"""Everything that is data: vocabularies, templates, frameworks, fonts, icons, sample library."""

from pathlib import Path

_ROOT = Path(__file__).parent


def path(*parts: str) -> Path:
    """The path of a packaged resource, for example ``path("fonts", "Inter-Regular.ttf")``."""
    return _ROOT.joinpath(*parts)


def read_text(*parts: str) -> str:
    """The text of a packaged resource (UTF-8)."""
    return path(*parts).read_text(encoding="utf-8")
