"""Files that are written whole or not at all."""

import os
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO


def write_whole(target: Path, content: str | bytes | BinaryIO, *, mode: int = 0o600) -> None:
    """Writes aside, waits until the disk has it, and renames; text is written as UTF-8.

    So nobody reads half a file, and a crash leaves the old one. The folder is made where it is
    missing. Raises ``OSError``; nothing is left behind then.
    """
    if isinstance(content, str):
        content = content.encode()
    source = BytesIO(content) if isinstance(content, bytes) else content
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".afterwhy-")
    try:
        with os.fdopen(handle, "wb") as out:
            shutil.copyfileobj(source, out)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
