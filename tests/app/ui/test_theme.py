"""Contrast of both themes (WCAG 2.2 AA) and that colours live in one module."""

import re
from pathlib import Path

import pytest

from app.ui.theme import DARK, LIGHT, Theme, Tone, contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
FOREGROUNDS: tuple[Tone, ...] = (
    "text",
    "text2",
    "text3",
    "accent",
    "red",
    "amber",
    "green",
    "blue",
    "violet",
)


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize("tone", FOREGROUNDS)
def test_text_is_readable_on_every_ground(theme: Theme, tone: Tone) -> None:
    grounds = (theme.surface, theme.window, theme.rail, theme.sunken, theme.hover)
    for ground in (*grounds, theme.accent_soft):
        assert contrast(theme.tone(tone), ground) >= 4.5, ground


@THEMES
def test_text_is_readable_on_its_own_soft_ground(theme: Theme) -> None:
    for state in (theme.red, theme.amber, theme.green, theme.blue, theme.violet):
        for text in (state.text, theme.text, theme.text2):
            assert contrast(text, state.soft) >= 4.5
    for text, ground in (
        (theme.on_accent, theme.accent_fill),
        (theme.on_red, theme.red.solid),
        (theme.mark_text, theme.mark),
        (theme.on_tooltip, theme.tooltip),
        (theme.tooltip_link, theme.tooltip),
    ):
        assert contrast(text, ground) >= 4.5


@THEMES
def test_edges_of_controls_are_visible(theme: Theme) -> None:
    for ground in (theme.surface, theme.window, theme.rail, theme.sunken):
        assert contrast(theme.control, ground) >= 3
        assert contrast(theme.accent, ground) >= 3
        for state in (theme.red, theme.amber, theme.green, theme.blue, theme.violet):
            assert contrast(state.solid, ground) >= 3


def test_no_other_module_holds_a_colour_value() -> None:
    folder = Path(__file__).parents[3] / "app" / "ui"
    modules = [path for path in folder.rglob("*.py") if path.name != "theme.py"]
    assert len(modules) > 10
    for module in modules:
        found = re.findall(r"#[0-9A-Fa-f]{6}\b|rgba?\(", module.read_text(encoding="utf-8"))
        assert not found, (module.name, found)
