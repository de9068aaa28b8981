"""What is said of a pasted secret, and masking it with one key."""

from PySide6.QtTest import QTest

from app.ui.editor.prose.edit import ProseEdit
from tests.app.ui.editor.prose.test_edit import heard

PASTED = "login ops@shop.example, password: Zx9!kQ2#v then fine"
MASKED = "login [e-mail address removed], password: [password removed] then fine"


def test_one_key_masks_all_in_one_edit(field: ProseEdit) -> None:
    edits = heard(field.edited)
    field.set_markdown(f"é 😀 {PASTED}")
    QTest.keySequence(field, "Ctrl+Alt+K")
    assert field.markdown() == f"é 😀 {MASKED}"
    assert len(edits) == 1
    QTest.keySequence(field, "Ctrl+Alt+K")
    assert field.markdown() == f"é 😀 {MASKED}"
