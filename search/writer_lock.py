"""One writer at a time: a lock file that the operating system releases when its process ends."""

from pathlib import Path

from filelock import FileLock, Timeout

from models.errors import KnownError
from search.seal import remove_folder

LOCK_NAME = "writer.lock"
LOCK_SECONDS = 10.0


class IndexBusyError(KnownError):
    """Another process writes the index."""

    def __init__(self) -> None:
        super().__init__(
            "Another window or command is updating the search index.",
            kept="Your post-mortems are saved.",
            advice="Search follows as soon as it has finished.",
        )


class WriterLock:
    """Held from ``with`` to its end; raises ``IndexBusyError`` where another keeps it."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = FileLock(home / LOCK_NAME, timeout=LOCK_SECONDS)

    def __enter__(self) -> None:
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            remove_folder(self._home / LOCK_NAME)
            self._lock.acquire()
        except Timeout as error:
            raise IndexBusyError from error
        except OSError as error:
            raise self._unwritable(error) from error

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._lock.release()
        if isinstance(error, OSError):
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> KnownError:
        return KnownError(
            f"The search index cannot be written in {self._home} ({error.strerror or error}).",
            kept="Your post-mortems are saved.",
            advice="Free the folder or name another with AFTERWHY_CACHE.",
        )
