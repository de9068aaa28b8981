"""What is said of a secret that is pasted into a section."""

import pytest
from PySide6.QtGui import QGuiApplication

from app.ui.editor.prose.edit import ProseEdit
from tests.app.ui.editor.conftest import Desk
from tests.app.ui.editor.prose.test_secret_watch import MASKED, PASTED


@pytest.mark.parametrize("by", ["key", "button"])
def test_a_pasted_secret_is_told_and_masked_and_undone(desk: Desk, by: str) -> None:
    bench = desk.bench
    desk.page.show_section("summary")
    bench.settle()
    page = desk.page.work.forms.page
    assert page is not None
    field = next(f for f in page.findChildren(ProseEdit) if f.isVisible())
    field.setFocus()
    before = field.markdown()
    QGuiApplication.clipboard().setText(PASTED)
    bench.press("Ctrl+End", "Ctrl+V")
    banner = bench.window.banner
    assert banner.isVisible()
    assert "1 e-mail address and 1 password" in banner.accessibleName()
    assert PASTED in field.markdown()
    if by == "key":
        bench.press("Ctrl+Alt+K")
    else:
        next(b for b in banner.buttons if b.text().strip() == "Mask them").click()
        bench.settle()
    assert MASKED in field.markdown()
    assert not banner.isVisible()
    bench.press("Ctrl+Z")
    assert PASTED in field.markdown()
    bench.press("Ctrl+Z")
    assert field.markdown() == before
