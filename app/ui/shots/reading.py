"""How the screens for finding and reading are arranged for their pictures."""

from collections.abc import Callable

from app.ui.search.state import SearchState
from app.ui.shots.studio import Studio

QUERY = "kill switch"
IMPORTED = {
    "2024-03-08-login-queue.md": "# Sign-in slow for an hour\n\n2024-03-08\n\n## Summary\n\n"
    "The sign-in queue filled up after a certificate was renewed.\n",
    "2024-05-20-disk-full.md": "# Reports missing after a full disk\n\n## Summary\n\n"
    "Nightly reports were not written on 20 May 2024.\n",
    "2024/2024-07-11-dns.html": "<h1>Partner portal not found</h1><h2>Summary</h2>"
    "<p>A zone was cleaned up with records that were still used.</p>",
    "2024/notes.txt": "Cache cold after a restart\n\nThe shop was slow for 12 minutes.\n",
}


def library_list(studio: Studio) -> None:
    studio.desktop.window.toast.hide()
    studio.desktop.window.show_page("library")


def bulk(studio: Studio) -> None:
    library_list(studio)
    studio.screens.library.list.selectAll()


def similar(studio: Studio) -> None:
    library_list(studio)
    library = studio.screens.library
    library.list.choose(library.list.current_id())
    studio.settle()
    library.reading.toggle_view("similar")


def history(studio: Studio) -> None:
    similar(studio)
    studio.screens.library.reading.toggle_view("history")


def search(studio: Studio) -> None:
    studio.screens.library.reading.show_view("text")
    studio.desktop.window.show_page("search")
    studio.screens.search.take_state(SearchState(QUERY, {"year": frozenset({"2026", "2025"})}))


def start(studio: Studio) -> None:
    search(studio)
    studio.screens.search.submit(QUERY)
    studio.settle()
    studio.screens.searching.begin()


def matches(studio: Studio) -> None:
    search(studio)
    studio.settle()
    studio.screens.search.beside.focus_part("text")
    studio.settle()
    studio.screens.search.beside.find_bar.next()


def document(studio: Studio) -> None:
    studio.screens.open(studio.screens.library.list.current_id())


def import_preview(studio: Studio) -> None:
    folder = studio.folder / "wiki"
    (folder / "2024").mkdir(parents=True, exist_ok=True)
    for name, text in IMPORTED.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "2023-05-19-old-scan.pdf").write_bytes(b"%PDF-1.4")
    (folder / "2024-09-02-empty.md").write_bytes(b"")
    studio.screens.exchange.import_paths([str(folder)])


def settings(section: str) -> Callable[[Studio], None]:
    def arrange(studio: Studio) -> None:
        studio.screens.show_area("settings")
        studio.screens.settings.show_section(section)

    return arrange


def writing(studio: Studio) -> None:
    for word in ("failover", "Kustomize", "quiesce"):
        studio.context.spelling.add(word)
    settings("Writing")(studio)


def trash(studio: Studio) -> None:
    studio.desktop.window.show_page("library")
    studio.settle()
    studio.screens.library.list.setCurrentIndex(studio.screens.library.list.rows.first())
    studio.screens.library.delete_selected()
    studio.settle()
    studio.screens.show_area("trash")
    studio.settle()
    studio.screens.trash.list.selectAll()


def untrash(studio: Studio) -> None:
    studio.screens.trash.restore()
    studio.settle()
