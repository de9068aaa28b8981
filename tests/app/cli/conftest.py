"""Running commands: in this process for speed, and as processes of their own."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.cli.main import run
from models import document
from models.commands import post_mortems

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Result:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


Afterwhy = Callable[..., Result]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWHY_NOW", "2026-11-19T14:02:00Z")


@pytest.fixture
def afterwhy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> Afterwhy:
    """Runs a command in this process; ``stdin`` is what it reads. A crash fails the test."""

    def call(*arguments: object, stdin: str | bytes = b"", crashes: bool = False) -> Result:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        crash = "".join(log.read_text(encoding="utf-8") for log in home.rglob("afterwhy.log"))
        assert bool(crash) is crashes, crash
        return Result(code, printed.out, printed.err)

    return call


def start(*arguments: object, **environment: str) -> "subprocess.Popen[str]":
    """Starts a command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
    )


def finish(process: "subprocess.Popen[str]", stdin: str = "") -> Result:
    """Waits for a process."""
    out, err = process.communicate(stdin, timeout=50)
    return Result(process.returncode, out, err)


POWERLESS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Root may write anywhere; without these capabilities it is held to permissions like others."""


def held_to_permissions(*arguments: object) -> Result:
    """Runs a command as somebody who may only do what files and folders permit."""
    if os.name == "nt":
        pytest.skip("permissions work otherwise on Windows")
    if os.geteuid():
        return finish(start(*arguments))
    if shutil.which(POWERLESS[0]) is None:
        pytest.skip("root is not held to permissions, and setpriv is not here")
    done = subprocess.run(
        [*POWERLESS, sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@contextmanager
def read_only(library: Path) -> Iterator[None]:
    """Inside, nothing in a library's folder can be written."""
    parts = [library, *(p for p in library.rglob("*") if p.is_dir())]
    try:
        for part in parts:
            part.chmod(0o500)
        (library / "library.db").chmod(0o400)
        yield
    finally:
        for part in parts:
            part.chmod(0o700)
        (library / "library.db").chmod(0o600)


def stored(*data: Mapping[str, Any]) -> str:
    """Stores documents given as JSON data and returns the ref of the last."""
    workspace = bootstrap.open_workspace()
    with closing(workspace), workspace.library.unit_of_work(workspace.actor) as uow:
        saved = [post_mortems.add_in(uow, document.from_json(each)) for each in data]
    return saved[-1].ref


def outage(title: str = "Checkout refused payments", **fields: object) -> dict[str, Any]:
    """A small post-mortem as JSON data: one incident, one root, one action that addresses it."""
    return {
        "title": title,
        "summary": "The **connection pool** of checkout ran dry.",
        "tags": ["capacity"],
        "incidents": [
            {
                "severity": "SEV2",
                "services": ["checkout"],
                "times": {"onset": {"at": "2026-03-02T09:14:00Z"}},
            }
        ],
        "whys": [
            {
                "problem": "Payments failed",
                "nodes": [
                    {
                        "question": "Why did payments fail?",
                        "answer": "No connection was free.",
                        "children": [
                            {
                                "question": "Why was none free?",
                                "answer": "Retries held them without a limit.",
                                "stop": {"reason": "fixable by us"},
                            }
                        ],
                    }
                ],
            }
        ],
    } | fields
