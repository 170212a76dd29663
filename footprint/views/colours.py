"""
Colours: each stands here once, by what it means, for Python, the map's script and every style sheet.

Kinds of things are told apart by the hues of Okabe and Ito, amounts by one hue from pale to deep, and nothing
by red against green alone.
"""

from __future__ import annotations

INK, PAPER = "#1B2733", "#FFFFFF"
BLUE, ORANGE, VERMILION, GREEN = "#0072B2", "#E69F00", "#D55E00", "#009E73"
YELLOW, PINK = "#F0C94A", "#CC79A7"
"""Hues for kinds of things."""
ACCENT = VERMILION
"""What is chosen, and what must not be overlooked."""
PRIMARY = "#1F5A82"
"""Buttons, sliders and links of the pages."""

# Words and lines
WORDS, MUTED, FAINT, GRID = "#38444E", "#55626D", "#A9B6C0", "#E3E8EC"
"""Running text beside pictures; what is secondary; bars not chosen; rules of tables."""
SMALL_PRINT = "#4B5862"
LOSS_WORDS = "#9A4F12"
EDGE, KEY_EDGE = "#C3CED6", "#8A97A1"
"""Around panels and empty squares; around the squares of a key."""
NOTICE_WORDS, NOTICE, NOTICE_EDGE = "#6B4A00", "#FFF6DD", "#E3C477"
"""What is invented in the data, on pages, maps and exports alike."""

# Cells
LAND = "#FAF8F2"
NO_DATA = "#B9BCC0"
AMOUNTS = ("#00204D", "#414D6B", "#7C7B78", "#BCAF6F", "#FFEA46")
"""Five classes of cividis, dark to light; even in lightness for any colour vision."""
DIFFERENCES = ("#8C3D04", "#D9792B", "#F5C896", "#E9E7E2", "#A9CBE8", "#4A8FCB", "#12498C")
"""Seven classes from loss (orange) through no change to gain (blue)."""
FAINT_CHANGES, NO_CHANGE = {-1: "#FBEBDD", 1: "#E1EDF7"}, "#F3F5F6"
"""Changes too small for a number, and none."""
SQUARE_INK = "#0F1720"
"""Numbers on squares of a change: at least 4.5 to 1 on every class but the darkest two, which take white."""
SEQUENCE = ("#EFF2E2", "#B9D6C4", "#77B0B1", "#3A7E96", "#154A6B")
"""Five classes of a quantity with a true zero, pale to deep, for pictures over many names."""
HEAT = ("#FBE3B4", "#F7BC72", "#EC8A45", "#C9502A", "#86230F")
"""Five classes of incidents, pale to deep; none the blue of water."""
FORCE, FORCE_WORDS = "#C8741A", "#8A4B0B"
MISSION = "#0B5B55"
"""The two footprints, on the desk: apart in lightness too; words on white at 6.8 and 7.9 to 1."""
OUT_OF_REACH = "#7F8B96"
PLAN_A, PLAN_B = LOSS_WORDS, "#1D5FA0"
PROPOSED, PROPOSED_WORDS = "#A8327D", "#7E2560"
NO_INCIDENTS = "#F1EFE9"
BY_PEOPLE = "#8C93AE"
"""Hotspots that are as hot as their people would explain; beside `HEAT`, and not of it."""

REACHED, NOT_REACHED = "#12665F", "#E4E0D8"
COVERAGE = (REACHED, "#F2AE3D", "#8F7FD1", NOT_REACHED, "#87691E", NO_DATA)
"""Both, Force only, civilian and police only, neither, troops with the rest not known, not known: the first
four apart in lightness too, and none the blue of water."""
SIDES = ("#8FA3B3", VERMILION, BLUE, NOT_REACHED)
"""Both, only the first, only the second, neither."""
REASONS = (REACHED, "#D9D3C7", VERMILION, "#3B4252", PINK, YELLOW)
"""Reached, out of range, cut off this month, no route, site too far from a road, too far for one day."""
CIRCLE_BAR, TIER_BAR = "#C9CED3", "#7FA8A2"

PRINTED_ROADS = ("#8F8A82", "#A39E96", "#B5B0A8")
"""Main, secondary and other roads on paper, which prints pale lines paler."""

# Violence
BUSY, CALM = "#175676", "#D3DCE2"
"""Months busier than their own year, and months that are not."""
RETURNS = ("#A8200D", "#E8731A", BUSY, "#A9C7D6", "#EDEBE4", "#D9D7D1")
"""Cut off, never reached, reached, other months, no pattern, not tested; the first two stand out."""
PATTERNS = (BLUE, YELLOW, ORANGE, "#8C2D04", "#C2571A", "#E3A587", PINK, "#9B7FB8", "#8F8A80", "#B5651D")
"""Classes over the years, in the order of their labels."""
COLD, NO_PATTERN = "#C9DCE8", "#EFEDE6"


def faded(colour: str, opacity: int) -> str:
    """
    Return a colour with an opacity (0-255), as style sheets write it.

    Examples
    --------
    >>> faded("#1B2733", 51)
    '#1B273333'
    """
    return f"{colour}{opacity:02X}"


HATCH = faded(INK, 170)
"""Lines through what is not significant, in keys."""
SWATCH_EDGE = faded(INK, 51)


CLIENT = {
    "ink": INK,
    "paper": PAPER,
    "accent": ACCENT,
    "focus": BLUE,
    "words": WORDS,
    "muted": MUTED,
    "small-print": SMALL_PRINT,
    "edge": EDGE,
    "rule": "#DFE5E9",
    "notice-words": NOTICE_WORDS,
    "notice": NOTICE,
    "notice-edge": NOTICE_EDGE,
    "hatch": HATCH,
    "swatch-edge": SWATCH_EDGE,
    # Shadows and veils
    "shadow-control": faded(INK, 34),
    "shadow-tip": faded(INK, 51),
    "shadow-site": faded(INK, 112),
    "veil-scale": faded(PAPER, 184),
    "veil-notice": faded(PAPER, 217),
    "veil-panel": faded(PAPER, 242),
    # The ground
    "outside": "#E6EBEE",
    "land": LAND,
    "lake": "#B5D0E4",
    "lake-edge": "#7BA6C8",
    "river": "#4F8FC0",
    "stream": "#86AECD",
    "country-edge": "#5D6A75",
    "region-edge": "#75818B",
    "district-edge": "#8B969F",
    "road-1": "#A9A49D",
    "road-2": "#B9B4AD",
    "road-3": "#C4BFB8",
    "road-4": "#CBC7C0",
    "road-6": "#D2CEC8",
    "flood": "#7FABCB",
    "flood-between": faded("#DCEBF5", 102),
    "flood-key": "#F4F9FC",
    # Names on it
    "name": "#26323C",
    "name-dot": "#37434D",
    "site-name": "#10202D",
    "name-2": "#33404A",
    "name-3": "#3B4852",
    "region-name": "#66737D",
    # What stands on it
    "site": INK,
    "site-proposed": PROPOSED,
    "site-closing": "#A23B72",
    "site-moved": GREEN,
    "site-closed": "#6B7782",
    "plan-a": PLAN_A,
    "plan-b": PLAN_B,
    "force": FORCE,
    "force-words": FORCE_WORDS,
    "mission": MISSION,
    "out-of-reach": OUT_OF_REACH,
    "proposed-words": PROPOSED_WORDS,
    "force-veil": "#FBF1E3",
    "blocks": "#A3142B",
    "blocks-veil": "#FBECEE",
    "gain": DIFFERENCES[5],
    "gain-words": DIFFERENCES[6],
    "loss-words": LOSS_WORDS,
    "chosen": "#E6EDF2",
    "hover": "#EEF2F5",
    "primary": PRIMARY,
    "incident": "#A3142B",
    "sketch": ORANGE,
}
"""Colours of the map's script and of every style sheet, by the names they have there."""


def custom_properties() -> str:
    """Return the rule that makes the colours known to style sheets: `ink` is `var(--fp-ink)` there."""
    return ":root{" + "".join(f"--fp-{name}:{colour};" for name, colour in CLIENT.items()) + "}"
