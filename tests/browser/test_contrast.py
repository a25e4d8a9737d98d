"""The tokens keep WCAG 2.2 AA: 4.5:1 for text, 3:1 for the edge of a field and the focus ring."""

import re

import pytest

from finpulse.local.state import CHECKOUT

TOKENS = (CHECKOUT / "static" / "finpulse" / "tokens.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: {"light": light, "dark": dark} for name, light, dark in PAIR.findall(TOKENS)}
GROUNDS = ("bg", "surface", "sunken", "raised", "hover")
TEXT = [(ink, ground) for ink in ("ink", "muted", "faint", "accent", "bad") for ground in GROUNDS]
TEXT += [(kind, f"{kind}-weak") for kind in ("good", "warn", "bad", "accent")]
TEXT += [("ink", f"{kind}-weak") for kind in ("good", "warn", "bad", "accent")]
TEXT += [
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("bad-ink", "bad"),
    ("muted", "press"),
    ("ink", "mark"),
]
EDGES = [(edge, ground) for edge in ("line-field", "focus") for ground in ("bg", "surface", "raised")]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_every_ground_it_is_put_on(theme):
    low = {
        pair: round(ratio, 2)
        for pair in TEXT
        if (ratio := contrast(COLOURS[pair[0]][theme], COLOURS[pair[1]][theme])) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_fields_and_the_focus_ring_can_be_told_from_the_page(theme):
    low = {
        pair: round(ratio, 2)
        for pair in EDGES
        if (ratio := contrast(COLOURS[pair[0]][theme], COLOURS[pair[1]][theme])) < 3
    }
    assert low == {}
