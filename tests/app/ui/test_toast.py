"""The toast at every text size."""

import pytest
from PySide6.QtWidgets import QLabel

from app.ui.fitting import clipped
from tests.app.ui.conftest import Open

LONG = (
    "Why 2.1.3 and 14 whys below it removed: “The pool of connections was as small as on the day "
    "it was made, and nobody had ever been told that it could run out at the end of a month.”"
)


@pytest.mark.parametrize("text", ["Saved.", LONG])
def test_a_toast_grows_with_the_text_size(open_bench: Open, text: str) -> None:
    bench = open_bench(empty=True)
    bench.window.resize(1240, 800)
    toast = bench.window.toast
    bench.window.messages.toast(text, bench.settle)
    bench.settle()
    before = toast.size()
    bench.screens.context.look.set_percent(150)
    bench.settle()
    assert toast.height() > before.height()
    assert bench.window.rect().contains(toast.geometry())
    assert clipped(toast) == []
    words = toast.findChildren(QLabel)[-1]
    assert words.text() == text
    assert words.height() >= words.heightForWidth(words.width())
    bench.screens.context.look.set_percent(100)
    bench.settle()
    assert toast.size() == before
