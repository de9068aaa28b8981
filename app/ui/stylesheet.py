"""Style sheet (shapes), palette (colour roles) and the few images a style sheet needs.

General rules come first: at equal specificity the later rule wins.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap

from app.ui.theme import Theme
from app.ui.typography import STYLES

_IMAGE_SIDE = 12


@dataclass(frozen=True)
class Images:
    """Paths of the images that the style sheet names, in URL form."""

    tick: str
    dash: str
    caret: str


def render_images(theme: Theme, percent: int, folder: Path) -> Images:
    """Draw tick, dash and caret for a theme into the cache folder, once per theme and text size."""
    folder.mkdir(parents=True, exist_ok=True)
    shapes: dict[str, tuple[str, list[tuple[float, float]]]] = {
        "tick": (theme.on_accent, [(2.5, 6.5), (5, 9), (9.5, 3.5)]),
        "dash": (theme.on_accent, [(3, 6), (9, 6)]),
        "caret": (theme.text2, [(3, 4.5), (6, 7.5), (9, 4.5)]),
    }
    paths = {}
    for name, (colour, points) in shapes.items():
        paths[name] = folder / f"{name}-{theme.name}-{percent}.png"
        for ratio, suffix in ((1, ""), (2, "@2x")):
            file = folder / f"{name}-{theme.name}-{percent}{suffix}.png"
            if not file.exists():
                _draw_line(colour, points, percent / 100 * ratio).save(str(file))
    return Images(**{name: path.as_posix() for name, path in paths.items()})


def _draw_line(colour: str, points: list[tuple[float, float]], scale: float) -> QPixmap:
    side = round(_IMAGE_SIDE * scale)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), 1.6 * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline([QPointF(x * scale, y * scale) for x, y in points])
    painter.end()
    return pixmap


def build_palette(theme: Theme) -> QPalette:
    """The colour roles that Qt's own widgets read."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, value in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.hover),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.Highlight, theme.accent_fill),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.PlaceholderText, theme.text3),
        (role.Mid, theme.border),
        (role.ToolTipBase, theme.tooltip),
        (role.ToolTipText, theme.on_tooltip),
    ):
        palette.setColor(name, QColor(value))
    for name in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.text3))
    return palette


def build_stylesheet(theme: Theme, scale: float, images: Images) -> str:
    """The whole style sheet for a theme at a text size (1.0 is 100 %)."""
    return "\n".join(
        (
            _text_rules(theme, scale),
            _ground_rules(theme),
            _button_rules(theme, scale),
            _input_rules(theme, scale, images),
            _scroll_rules(theme),
        )
    )


def _text_rules(theme: Theme, scale: float) -> str:
    sizes = "\n".join(
        f'QLabel[role="{role}"] {{ font-size: {round(style.pixels * scale)}px;'
        f" font-weight: {style.weight}; }}"
        for role, style in STYLES.items()
        if not style.monospace
    )
    tones = "\n".join(
        f'QLabel[tone="{tone}"] {{ color: {theme.tone(tone)}; }}'
        for tone in ("text", "text2", "text3", "accent", "red", "amber", "green", "blue", "violet")
    )
    return f"""
* {{ outline: 0; }}
QAbstractScrollArea {{ border: 0; background: transparent; }}
QToolTip {{ background: {theme.tooltip}; color: {theme.on_tooltip}; border: 0; padding: 4px 8px; }}
{sizes}
{tones}
QLabel[tone="on_tooltip"] {{ color: {theme.on_tooltip}; }}
"""


def _ground_rules(theme: Theme) -> str:
    t = theme
    grounds = "\n".join(
        f'QFrame[ground="{name}"] {{ background: {fill}; border: 0; {rest} }}'
        for name, fill, rest in (
            ("window", t.window, ""),
            ("surface", t.surface, ""),
            ("side", t.window, f"border-right: 1px solid {t.border};"),
            ("dock", t.window, f"border-left: 1px solid {t.border};"),
            ("column", t.surface, f"border-right: 1px solid {t.border};"),
            ("top", t.window, f"border-bottom: 1px solid {t.border};"),
            ("foot", t.window, f"border-top: 1px solid {t.border};"),
            ("rail", t.rail, f"border-right: 1px solid {t.border};"),
            ("line", t.border, ""),
            ("separator", t.border2, ""),
            ("toast", t.tooltip, "border-radius: 8px;"),
            ("segmented", t.sunken, "border-radius: 7px;"),
            ("sunken", t.sunken, "border-radius: 8px;"),
            ("card", t.surface, f"border: 1px solid {t.border}; border-radius: 8px;"),
            ("chosen", t.surface, f"border: 2px solid {t.accent}; border-radius: 8px;"),
            ("popover", t.surface, f"border: 1px solid {t.border2}; border-radius: 10px;"),
            ("plain popover", t.surface, f"border: 1px solid {t.control}; border-radius: 0;"),
            ("accent", t.accent_soft, f"border: 1px solid {t.accent_line}; border-radius: 8px;"),
            ("search", t.surface, f"border: 1px solid {t.control}; border-radius: 8px;"),
            *(
                (kind, state.soft, f"border: 1px solid {state.line}; border-radius: 8px;")
                for kind, state in (
                    ("red", t.red),
                    ("amber", t.amber),
                    ("green", t.green),
                    ("blue", t.blue),
                )
            ),
        )
    )
    return f"""
{grounds}
QFrame[ground="search"][active="true"] {{ border: 2px solid {t.accent}; }}
QMainWindow, QDialog {{ background: {t.window}; }}
QHeaderView {{ background: {t.window}; }}
QHeaderView::section {{ background: {t.window}; color: {t.text2}; border: 0;
 border-bottom: 1px solid {t.border}; padding: 4px 8px; }}
QFileDialog QAbstractItemView {{ background: {t.surface}; }}
QSplitter::handle {{ background: {t.border}; }}
QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border2}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
QMenu::item:disabled {{ color: {t.text3}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: 4px 8px; }}
QMenuBar {{ background: {t.window}; color: {t.text}; border-bottom: 1px solid {t.border}; }}
QMenuBar::item {{ padding: 4px 10px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
"""


def _button_rules(theme: Theme, scale: float) -> str:
    t = theme
    kinds = {
        "primary": (t.accent_fill, t.on_accent, t.accent_fill),
        "accent": (t.accent_soft, t.accent, t.accent_line),
        "secondary": (t.surface, t.text, t.border2),
        "danger": (t.red.solid, t.on_red, t.red.solid),
        "ghost": ("transparent", t.text2, "transparent"),
        "link": ("transparent", t.accent, "transparent"),
        "toast": ("transparent", t.tooltip_link, "transparent"),
    }
    rules = [
        f"""QPushButton {{ border: 1px solid {t.border2}; border-radius: 6px; padding: 0 11px;
 font-weight: 500; min-height: {round(30 * scale)}px; color: {t.text}; background: {t.surface}; }}
QPushButton[fit="small"] {{ min-height: {round(26 * scale)}px; padding: 0 8px;
 font-size: {round(12 * scale)}px; }}
QPushButton[fit="large"] {{ min-height: {round(34 * scale)}px; }}
QPushButton[fit="icon"] {{ min-height: {round(26 * scale)}px; min-width: {round(26 * scale)}px;
 max-width: {round(26 * scale)}px; padding: 0; }}"""
    ]
    rules += [
        f'QPushButton[kind="{kind}"] {{ background: {fill}; color: {text}; border-color: {line}; }}'
        for kind, (fill, text, line) in kinds.items()
    ]
    rules.append(f"""
QPushButton[kind="secondary"]:hover {{ background: {t.hover}; border-color: {t.control}; }}
QPushButton[kind="ghost"]:hover {{ background: {t.hover}; }}
QPushButton[kind="ghost"]:checked {{ background: {t.accent_soft}; color: {t.accent}; }}
QPushButton[kind="link"] {{ padding: 0 4px; text-align: left; }}
QPushButton[kind="toast"] {{ font-weight: 600; }}
QPushButton[kind="segment"] {{ background: transparent; color: {t.text2};
 border: 1px solid transparent; border-radius: 5px; min-height: {round(22 * scale)}px;
 padding: 0 10px;
 font-size: {round(12 * scale)}px; }}
QPushButton[kind="segment"]:checked {{ background: {t.surface}; color: {t.text};
 border-color: {t.border2}; }}
QPushButton[kind="token"] {{ background: {t.sunken}; border: 1px solid transparent;
 border-radius: 4px; min-height: {round(22 * scale)}px; padding: 0 6px; font-weight: 400; }}
QPushButton[kind="token"]:hover {{ background: {t.accent_soft}; }}
QPushButton[kind="token"]:focus {{ padding: 0 5px; min-height: {round(20 * scale)}px; }}
QPushButton:disabled {{ background: {t.sunken}; color: {t.text3}; border-color: {t.border}; }}
QPushButton[kind="ghost"]:disabled, QPushButton[kind="link"]:disabled
 {{ background: transparent; border-color: transparent; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 10px;
 min-height: {round(28 * scale)}px; }}
QPushButton[kind="primary"]:focus, QPushButton[kind="danger"]:focus {{ border-color: {t.text}; }}
QPushButton[fit="small"]:focus {{ padding: 0 7px; min-height: {round(24 * scale)}px; }}
QPushButton[fit="large"]:focus {{ min-height: {round(32 * scale)}px; }}
QPushButton[fit="icon"]:focus {{ padding: 0; min-height: {round(24 * scale)}px;
 min-width: {round(24 * scale)}px; max-width: {round(24 * scale)}px; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {t.accent}; padding: 0 9px;
 min-height: {round(20 * scale)}px; }}
QPushButton[kind="link"]:focus {{ padding: 0 3px; }}
QPushButton[kind="toast"]:focus {{ border-color: {t.tooltip_link}; }}
QPushButton::menu-indicator {{ width: 0; }}
""")
    return "\n".join(rules)


def _input_rules(theme: Theme, scale: float, images: Images) -> str:
    t = theme
    box = round(14 * scale)
    return f"""
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {t.text3}; color: {t.text};
 background: {t.surface}; border: 1px solid {t.control}; border-radius: 6px; padding: 0 9px;
 selection-background-color: {t.accent_fill}; selection-color: {t.on_accent}; }}
QLineEdit {{ min-height: {round(32 * scale)}px; }}
QLineEdit:focus {{ border: 2px solid {t.accent}; padding: 0 8px;
 min-height: {round(30 * scale)}px; }}
QPlainTextEdit {{ padding: 4px 6px; }}
QPlainTextEdit:focus {{ border: 2px solid {t.accent}; padding: 3px 5px; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {t.sunken}; }}
QLineEdit[wrong="true"] {{ border: 2px solid {t.red.solid}; padding: 0 8px;
 min-height: {round(30 * scale)}px; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {{ border: 0; background: transparent;
 padding: 0; min-height: 0; }}
QComboBox {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: 6px;
 padding: 0 9px; color: {t.text}; min-height: {round(32 * scale)}px; }}
QComboBox:focus {{ border: 2px solid {t.accent}; padding: 0 8px;
 min-height: {round(30 * scale)}px; }}
QComboBox:disabled {{ background: {t.sunken}; color: {t.text3}; }}
QComboBox[fit="small"] {{ min-height: {round(26 * scale)}px; font-size: {round(12 * scale)}px; }}
QComboBox[fit="small"]:focus {{ min-height: {round(24 * scale)}px; }}
QComboBox::drop-down {{ border: 0; width: {round(24 * scale)}px; }}
QComboBox::down-arrow {{ image: url("{images.caret}"); width: {round(12 * scale)}px;
 height: {round(12 * scale)}px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text};
 border: 1px solid {t.border2}; padding: 4px; selection-background-color: {t.accent_soft};
 selection-color: {t.accent}; }}
QCheckBox, QRadioButton {{ spacing: 8px; color: {t.text}; min-height: {round(24 * scale)}px; }}
QCheckBox::indicator {{ width: {box}px; height: {box}px; border: 1px solid {t.control};
 border-radius: 4px; background: {t.surface}; }}
QCheckBox::indicator:checked {{ background: {t.accent_fill}; border-color: {t.accent_fill};
 image: url("{images.tick}"); }}
QCheckBox::indicator:indeterminate {{ background: {t.accent_fill}; border-color: {t.accent_fill};
 image: url("{images.dash}"); }}
QCheckBox::indicator:focus {{ border: 2px solid {t.accent}; width: {box - 2}px;
 height: {box - 2}px; }}
QCheckBox::indicator:checked:focus, QCheckBox::indicator:indeterminate:focus {{
 border-color: {t.text}; }}
QRadioButton::indicator {{ width: {box}px; height: {box}px; border: 1px solid {t.control};
 border-radius: {box // 2 + 1}px; background: {t.surface}; }}
QRadioButton::indicator:checked {{ border: {round(4 * scale)}px solid {t.accent_fill};
 border-radius: {box // 2 + round(4 * scale) - round(3 * scale)}px;
 width: {box - 2 * round(3 * scale)}px; height: {box - 2 * round(3 * scale)}px; }}
QTextBrowser {{ background: {t.surface}; color: {t.text}; border: 2px solid transparent;
 border-radius: 6px; }}
QTextBrowser:focus {{ border-color: {t.accent}; }}
"""


def _scroll_rules(theme: Theme) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {theme.border2}; border-radius: 3px; }}
QScrollBar::handle:hover {{ background: {theme.control}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page
 {{ background: transparent; height: 0; width: 0; }}
"""
