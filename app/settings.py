"""What the user chose once, for every command and the window: a small JSON file.

Where things live: settings in the platform's configuration folder (``AFTERWHY_CONFIG``), the
library in its data folder (``--library``, ``AFTERWHY_LIBRARY``), the index in its cache folder
(``AFTERWHY_CACHE``), the log in its state folder (``AFTERWHY_STATE``).
"""

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import platformdirs

from models.errors import LibraryError
from models.whole_files import write_whole

_APP = "afterwhy"


def config_folder() -> Path:
    """Where settings live."""
    return _chosen("AFTERWHY_CONFIG") or Path(platformdirs.user_config_dir(_APP, appauthor=False))


def cache_folder() -> Path:
    """Where search indexes live; everything in it can be deleted."""
    return _chosen("AFTERWHY_CACHE") or Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def state_folder() -> Path:
    """Where the log lives."""
    return _chosen("AFTERWHY_STATE") or Path(platformdirs.user_state_dir(_APP, appauthor=False))


def _chosen(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return _path(value) if value else None


def _path(text: str) -> Path:
    """A path as people write it; a ~ that names nobody stays."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - Path's own raises there


@dataclass(frozen=True, slots=True)
class Settings:
    """The author as history and reviews name them, and the library that opens by itself.

    ``author_asked`` is "yes" when the command line has asked for the name, which may be skipped.
    ``tie_breakers`` is "off" where recent and severe incidents get no precedence in a search.
    ``review_due`` gives the days to a review by severity, as ``models.guidance.reminders`` says.
    """

    author: str = ""
    role: str = ""
    library: str = ""
    author_asked: str = ""
    review_due: str = ""
    tie_breakers: str = ""


def load() -> Settings:
    """The settings; what cannot be read counts as not chosen."""
    try:
        data = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(data, dict):
        return Settings()
    known = {field.name for field in fields(Settings)}
    return Settings(**{k: v for k, v in data.items() if k in known and isinstance(v, str)})


def save(**chosen: str) -> Settings:
    """Changes some settings and returns all of them."""
    settings = replace(load(), **chosen)
    file = _file()
    try:
        write_whole(file, json.dumps(asdict(settings), ensure_ascii=False, indent=2))
    except OSError as error:
        raise LibraryError(
            f"The settings cannot be written to {file}: {error.strerror or error}.",
            kept="They are as they were.",
            advice="Check that you may write there, or set AFTERWHY_CONFIG to another folder.",
        ) from error
    return settings


def library_folder(option: Path | None = None) -> Path:
    """The library to open: the option, ``AFTERWHY_LIBRARY``, the chosen one, or the default."""
    if option is not None:
        return option
    chosen = os.environ.get("AFTERWHY_LIBRARY") or load().library
    if chosen:
        return _path(chosen)
    return default_library()


def default_library() -> Path:
    """The library of who names none."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "library"


def _file() -> Path:
    return config_folder() / "settings.json"
