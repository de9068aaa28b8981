"""Every colour of the window, as two instances of one frozen dataclass.

No other module contains a colour value: a new theme is one more instance here.
"""

from dataclasses import dataclass
from typing import Literal

Tone = Literal[
    "text",
    "text2",
    "text3",
    "accent",
    "red",
    "amber",
    "green",
    "blue",
    "violet",
    "on_accent",
    "on_red",
    "on_tooltip",
]
"""What a foreground may be called."""

ChipKind = Literal[
    "neutral", "outline", "accent", "red", "amber", "green", "blue", "violet", "sev1"
]
"""What a chip may be called."""


@dataclass(frozen=True)
class State:
    """One state's colour: for text, for a soft ground, for its edge, for a solid mark."""

    text: str
    soft: str
    line: str
    solid: str


@dataclass(frozen=True)
class ChipColours:
    """The three colours of a chip."""

    fill: str
    text: str
    line: str


@dataclass(frozen=True)
class Theme:
    """The colours of one appearance, named after what they are for."""

    name: Literal["light", "dark"]
    window: str
    rail: str
    surface: str
    sunken: str
    hover: str
    border: str
    border2: str
    control: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_fill: str
    on_accent: str
    accent_soft: str
    accent_line: str
    on_red: str
    mark: str
    mark_text: str
    tooltip: str
    on_tooltip: str
    tooltip_link: str
    shadow: str
    red: State
    amber: State
    green: State
    blue: State
    violet: State

    def tone(self, tone: Tone) -> str:
        """The colour value of a foreground."""
        value = getattr(self, tone)
        return value.text if isinstance(value, State) else str(value)

    def state(self, kind: Literal["red", "amber", "green", "blue", "violet"]) -> State:
        """The four colours of a state."""
        states = {
            "red": self.red,
            "amber": self.amber,
            "green": self.green,
            "blue": self.blue,
            "violet": self.violet,
        }
        return states[kind]

    def chip(self, kind: ChipKind) -> ChipColours:
        """The colours of a chip."""
        if kind == "neutral":
            return ChipColours(self.sunken, self.text2, self.border)
        if kind == "outline":
            return ChipColours(self.surface, self.text2, self.border2)
        if kind == "accent":
            return ChipColours(self.accent_soft, self.accent, self.accent_line)
        if kind == "sev1":
            return ChipColours(self.red.solid, self.on_red, self.red.solid)
        state = self.state(kind)
        return ChipColours(state.soft, state.text, state.line)


LIGHT = Theme(
    name="light",
    window="#F7F7F4",
    rail="#EDEDE9",
    surface="#FFFFFF",
    sunken="#F1F1ED",
    hover="#F4F4F1",
    border="#E2E2DC",
    border2="#D2D2CB",
    control="#82868F",
    text="#1A1C21",
    text2="#454A54",
    text3="#62676F",
    accent="#4450C4",
    accent_fill="#4450C4",
    on_accent="#FFFFFF",
    accent_soft="#ECEDFB",
    accent_line="#B9BEF0",
    on_red="#FFFFFF",
    mark="#FFE49A",
    mark_text="#1A1C21",
    tooltip="#26282E",
    on_tooltip="#F4F4F2",
    tooltip_link="#B9BEF0",
    shadow="#3D000000",
    red=State("#B02A20", "#FBE9E7", "#EDB7B1", "#C0352A"),
    amber=State("#85500A", "#FCF0DA", "#E8C78A", "#B7791F"),
    green=State("#1C6B40", "#E3F3E9", "#A5D3B6", "#2F855A"),
    blue=State("#1D5C9E", "#E5F0FA", "#A9CBEA", "#2B6CB0"),
    violet=State("#70399C", "#F3EAFA", "#D2B6E6", "#8048B0"),
)

DARK = Theme(
    name="dark",
    window="#17181B",
    rail="#111214",
    surface="#1E2024",
    sunken="#26282D",
    hover="#24262B",
    border="#31343A",
    border2="#41454D",
    control="#757A85",
    text="#ECEDEF",
    text2="#BDC1C8",
    text3="#9CA1AA",
    accent="#A3ABFA",
    accent_fill="#5964D6",
    on_accent="#FFFFFF",
    accent_soft="#2A2D4B",
    accent_line="#4B5196",
    on_red="#1C0C0A",
    mark="#5C4B12",
    mark_text="#FFF0BF",
    tooltip="#3A3D44",
    on_tooltip="#F4F4F2",
    tooltip_link="#B9BEF0",
    shadow="#66000000",
    red=State("#FF9D93", "#412220", "#7A3A35", "#E5645A"),
    amber=State("#F0B964", "#3B2D15", "#70561F", "#D69E2E"),
    green=State("#7ED3A0", "#183325", "#2D6547", "#48A875"),
    blue=State("#8EC2F8", "#182E46", "#2D5680", "#4A94DC"),
    violet=State("#D0A8F4", "#33244A", "#5D4183", "#A374D5"),
)


def contrast(first: str, second: str) -> float:
    """The WCAG 2.2 contrast ratio of two ``#RRGGBB`` colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
