"""The named alternative: SQLite's FTS5 doing the same work as the search box."""

import sqlite3
from pathlib import Path

from models.document import Document
from models.domain import post_mortem as pm

FACETS = ("service", "severity", "status", "layer", "trigger", "year")


class Fts5:
    """An FTS5 table (porter) with the facets' values beside it."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS d"
            " USING fts5(title, body, tokenize='porter unicode61')"
        )
        self._db.execute("CREATE TABLE IF NOT EXISTS f (doc INTEGER, facet TEXT, value TEXT)")

    def add(self, document: Document, body: str) -> None:
        """Adds a document with the text that is searched."""
        mortem = document.post_mortem
        cursor = self._db.execute("INSERT INTO d(title, body) VALUES (?, ?)", (mortem.title, body))
        occurred = pm.occurred_at(mortem)
        values = {
            "service": pm.services(mortem),
            "severity": (pm.severity(mortem),),
            "status": (mortem.status.value,),
            "layer": pm.layers(mortem),
            "trigger": pm.triggers(mortem),
            "year": (str(occurred.at.year),) if occurred and occurred.at else (),
        }
        rows = [(cursor.lastrowid, facet, value) for facet in FACETS for value in values[facet]]
        self._db.executemany("INSERT INTO f VALUES (?, ?, ?)", rows)

    def finish(self) -> None:
        """After the last document."""
        self._db.execute("CREATE INDEX fd ON f(doc, facet, value)")
        self._db.execute("INSERT INTO d(d) VALUES ('optimize')")
        self._db.commit()
        self._db.close()

    def search(self, words: list[str]) -> int:
        """Matches (the last word as a prefix), 20 snippets and every facet's counts; the total."""
        last = f'"{words[-1]}"*'
        match = " AND ".join([f'"{word}"' for word in words[:-1]] + [last])
        self._db.execute(
            "SELECT rowid, title, snippet(d, 1, '[', ']', '...', 24) FROM d"
            " WHERE d MATCH ? ORDER BY rank LIMIT 20",
            (match,),
        ).fetchall()
        counts = self._db.execute(
            "SELECT facet, value, count(*) FROM f WHERE doc IN"
            " (SELECT rowid FROM d WHERE d MATCH ?) GROUP BY facet, value",
            (match,),
        ).fetchall()
        return sum(count for facet, _, count in counts if facet == "status")
