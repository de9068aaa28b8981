"""What comes first among the results, by keyboard."""

from app import settings
from app.ui.settings.index import IndexSettings
from app.ui.settings.page import SECTIONS
from search.results import Hit, Order
from tests.app.ui.conftest import Bench
from tests.app.ui.test_settings import tab_to


def hits(bench: Bench) -> list[Hit]:
    model = bench.screens.search.list.hits
    rows = range(model.rowCount())
    return [hit for row in rows if (hit := model.hit(model.index(row, 0))) is not None]


def order(bench: Bench) -> Order:
    return bench.screens.search.state.order


def test_the_order_is_changed_by_key_and_by_the_field(bench: Bench) -> None:
    bench.press("Ctrl+K")
    bench.type("requests")
    search = bench.screens.search
    bench.press("Ctrl+Shift+S")
    assert order(bench) is Order.NEWEST
    days = [hit.occurred_at for hit in hits(bench)]
    assert len(days) > 3
    assert days == sorted(days, reverse=True, key=str)
    assert search.results.order.currentText() == "Newest first"
    tab_to(bench, search.results.order)
    bench.press("Down")
    assert order(bench) is Order.SEVERITY
    worst = [hit.severity for hit in hits(bench)]
    assert worst == sorted(worst)
    assert len(set(worst)) == 3
    bench.press("Ctrl+K")
    bench.type("the checklist")  # another question keeps the order
    assert order(bench) is Order.SEVERITY
    bench.press("Ctrl+Shift+S")
    assert order(bench) is Order.BEST
    assert search.list.currentIndex() == search.list.hits.first()


def test_the_precedence_of_recent_and_severe_incidents_is_switched_off(bench: Bench) -> None:
    index = bench.screens.context.workspace.index
    text = "The checklist asks for no fallback."

    def scores() -> set[float]:
        return {hit.score for hit in index.search(f'"{text}"').hits}

    before = scores()
    bench.press("Ctrl+,")
    bench.press(*["Down"] * [section.title for section in SECTIONS].index("Search index"))
    section = bench.screens.settings.section(IndexSettings)
    tab_to(bench, section.gentle)
    bench.press("Space")
    assert settings.load().tie_breakers == "off"
    assert scores() != before
    bench.press("Space")
    assert settings.load().tie_breakers == ""
    assert scores() == before
