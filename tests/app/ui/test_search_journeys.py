"""Searching by keyboard: as one types, by facets, with what is misspelt or not there."""

from PySide6.QtWidgets import QPushButton, QWidget

from tests.app.ui.conftest import Bench


def test_search_as_one_types_and_open_the_hit(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("certificate")
    search = bench.screens.search
    assert bench.window.current == "search"
    first = search.list.hits.hit(search.list.hits.first())
    assert first is not None
    assert first.title == "Expired certificate on the partner webhook"
    bench.press("Down")
    assert bench.focus() is search.list
    bench.press("Return")
    assert bench.window.current == "document"
    bench.press("Esc", "Esc")
    assert bench.window.current == "library"
    assert bench.window.top_bar.search.field.text() == ""


def test_a_changed_query_starts_at_its_best_hit(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("rollout")
    hits = bench.screens.search.list
    bench.press("Down", "Down", "Down")
    assert hits.currentIndex() != hits.hits.first()
    kept = hits.current_id()
    bench.screens.search.refresh()
    bench.settle()
    assert hits.current_id() == kept
    bench.press("Ctrl+K")
    bench.type(" cert")
    assert hits.currentIndex() == hits.hits.first()
    assert hits.verticalScrollBar().value() == 0


def test_the_answer_to_a_half_typed_query_leaves_the_next_one_at_its_best_hit(
    bench: Bench,
) -> None:
    search = bench.screens.search
    bench.press("Ctrl+K")
    search.type_text("peak")
    search.flush()  # asked for, and answered only after more was typed
    search.type_text("peak resharding search index behind")
    bench.settle()
    half = search.list.current_id()
    search.flush()
    bench.settle()
    assert search.list.hits.place(half).row() > 0
    assert search.list.currentIndex() == search.list.hits.first()


def test_enter_while_the_answer_is_on_its_way_opens_the_best_hit_to_come(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("rollout")
    bench.window.top_bar.search.field.setText("certificate")
    bench.screens.search.submit("certificate")
    bench.screens.search.list.setFocus()
    bench.press("Return")
    shown = bench.screens.document.reading.document
    assert bench.window.current == "document"
    assert shown is not None
    assert shown.post_mortem.title == "Expired certificate on the partner webhook"


def test_tab_follows_the_eye_on_the_search_page(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("rollout")
    search = bench.screens.search
    assert search.beside.isVisible()
    places: list[QWidget] = [
        bench.window.top_bar.search.field,
        search.syntax_button,
        search.facets.tree,
        search.results.order,
        search.list,
        *search.beside.findChildren(QPushButton)[:1],
        search.beside.similar.list,
    ]
    order = []
    widget = places[0].nextInFocusChain()
    while widget is not None and widget is not places[0]:
        if widget in places:
            order.append(places.index(widget))
        widget = widget.nextInFocusChain()
    assert order == sorted(order)
    assert len(order) == len(places) - 1


def test_search_facets_narrow_and_counts_keep_the_others(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("rollout")
    search = bench.screens.search
    model = search.facets.tree.facet_model
    before = {str(model.find("severity", s).data()) for s in ("SEV1", "SEV2")}
    bench.press("Ctrl+Shift+F")
    search.facets.tree.setCurrentIndex(model.find("severity", "SEV2"))
    bench.press("Space")
    assert search.state.selection == {"severity": frozenset({"SEV2"})}
    rows = range(search.list.hits.rowCount())
    hits = [search.list.hits.hit(search.list.hits.index(row, 0)) for row in rows]
    assert {hit.severity for hit in hits if hit} == {"SEV2"}
    assert model.find("severity", "SEV1").isValid()
    assert before == {"SEV1", "SEV2"}


def test_with_a_facet_the_last_word_is_a_beginning_while_typing_too(bench: Bench) -> None:
    search = bench.screens.search
    bench.press("Ctrl+K")
    bench.type("certificate")
    search._toggle("service", "edge-gateway", True)  # noqa: SLF001
    search.type_text("partner certific")
    search.flush()
    bench.settle()
    assert search.list.hits.rowCount() == 1
    assert search.results._suggested == ""  # noqa: SLF001


def test_a_search_without_a_match_says_what_to_drop(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("certificate year:1999")
    search = bench.screens.search
    notice = search.results.notice
    assert notice.isVisible()
    assert "without year:1999." in notice.accessibleDescription()
    drop = next(b for b in notice.findChildren(QPushButton) if b.text() == "Drop year:1999")
    drop.click()
    bench.settle()
    assert search.state.text == "certificate"
    assert search.list.isVisible()
    search._toggle("severity", "SEV3", True)  # noqa: SLF001
    search.type_text("certificate service:edge-gateway")
    search.flush()
    bench.settle()
    assert "1 match without severity: SEV3." in notice.accessibleDescription()
    assert search.facets.tree.facet_model.find("severity", "SEV3").isValid()


def test_an_unknown_word_offers_a_spelling(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("certficate")
    bench.press("Return")
    results = bench.screens.search.results
    assert results._suggested == "certificate"  # noqa: SLF001
    results._suggestion.click()  # noqa: SLF001
    bench.settle()
    assert bench.window.top_bar.search.field.text() == "certificate"
    assert bench.screens.search.list.hits.rowCount() >= 1
