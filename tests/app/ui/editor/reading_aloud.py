"""What a screen reader finds in a window, and where Tab leads in it."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QCheckBox, QWidget

_VAGUE = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)


def below(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """An interface and what can be seen below it."""
    if interface.isValid() and not interface.state().invisible:
        yield interface
        for place in range(interface.childCount()):
            yield from below(interface.child(place))


def unnamed(root: QWidget) -> list[str]:
    """Controls without a name or a role."""
    return [
        f"{one.role().name} {one.text(QAccessible.Text.Name) or one.text(QAccessible.Text.Value)!r}"
        for one in below(QAccessible.queryAccessibleInterface(root))
        if one.state().focusable and (not _name_of(one) or one.role() in _VAGUE)
    ]


def _name_of(interface: QAccessibleInterface) -> str:
    """What a screen reader says; Qt names a choice by its value, so its label counts."""
    if interface.role() is not QAccessible.Role.ComboBox:
        return interface.text(QAccessible.Text.Name).strip()
    labels = interface.relations(QAccessible.RelationFlag.Label)
    return " ".join(label.text(QAccessible.Text.Name) for label, _ in labels).strip()


def silent_buttons(root: QWidget) -> list[str]:
    """Buttons without words that have no name, or no tooltip with it."""
    return [
        button.objectName() or type(button).__name__
        for button in root.findChildren(QAbstractButton)
        if button.isVisible() and not button.text().strip()
        if not (button.accessibleName() and (button.toolTip() or isinstance(button, QCheckBox)))
    ]


def stops(window: QWidget) -> set[QWidget]:
    """Every control of a window that Tab should stop at; of a choice only what is chosen."""
    choices = window.findChildren(QButtonGroup)
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and not any(widget in c.buttons() and c.checkedButton() is not widget for c in choices)
    }


def walked(window: QWidget, key: Qt.Key) -> list[QWidget]:
    """What has the keyboard after each press of Tab, until one has it again."""
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget() or window) not in seen:
        seen.append(focus)
        QTest.keyClick(focus, key)
    assert focus is seen[0], f"Tab turns in a circle from {focus.accessibleName()}"
    return seen
