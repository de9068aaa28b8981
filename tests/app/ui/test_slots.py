"""No connection outlives the object whose method it calls.

PySide ends the connections of an object that goes, but not those to a slot that a subclass has
overridden: the next theme or text size would call a widget that is no more, and crash.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

import app.ui


def below(kind: type[QObject]) -> Iterator[type[QObject]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def overridden_slots(kinds: set[type[QObject]]) -> list[str]:
    """Methods that take the place of a slot of a base class, and slots that do so of Qt's."""
    return [
        f"{kind.__module__}.{kind.__name__}.{name} overrides a slot of {base.__name__}"
        for kind in kinds
        for name, own in vars(kind).items()
        for base in kind.__mro__[1:]
        if callable(own) and name in vars(base)
        if hasattr(own, "_slots") or hasattr(vars(base)[name], "_slots")
    ]


def test_no_class_overrides_a_slot() -> None:
    for module in pkgutil.walk_packages(app.ui.__path__, "app.ui."):
        importlib.import_module(module.name)
    own = {kind for kind in below(QObject) if kind.__module__.startswith("app.")}
    assert len(own) > 200
    assert overridden_slots(own) == []


class _Look(QObject):
    changed = Signal()


class _Widget(QObject):
    def __init__(self, look: _Look, called: list[str]) -> None:
        super().__init__()
        self.called = called
        look.changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        self.called.append(type(self).__name__)


class _Kind(_Widget):
    """Uses the slot as it is."""


class _Overriding(_Widget):
    def refresh(self) -> None:
        self.called.append("another")


def test_why_slots_are_not_overridden(qapp: QApplication) -> None:
    look, called = _Look(), list[str]()
    for kind in (_Widget, _Kind):
        kind(look, called).deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look.changed.emit()
    assert called == []
    assert overridden_slots({_Kind}) == []
    assert len(overridden_slots({_Overriding})) == 1
