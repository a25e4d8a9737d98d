"""Lines over time."""

from decimal import Decimal

import pytest

from finpulse.kernel.charts import HEIGHT, LEFT, RIGHT, WIDTH, Line, LineChart

MOMENTS = ["Jan", "Feb", "Mar", "Apr", "May"]


def chart(*values, partial=()):
    known = [None if value is None else Decimal(value) for value in values]
    return LineChart(MOMENTS[: len(values)], [Line("Net", "net", known, partial)])


def test_a_gap_stays_a_gap():
    (line,) = chart(100, 200, None, 300, 400).lines
    assert [len(stretch.split()) for stretch in line.stretches] == [2, 2]
    assert len(line.dots) == 4


def test_the_first_moment_stands_left_and_the_last_right():
    (line,) = chart(1, 2, 3, 4, 5).lines
    assert [line.dots[0].x, line.dots[-1].x] == [f"{LEFT:.1f}", f"{WIDTH - RIGHT:.1f}"]


def test_more_stands_higher_and_zero_is_on_the_axis():
    drawn = chart(-500, 0, 1500)
    low, zero, high = (float(dot.y) for dot in drawn.lines[0].dots)
    assert 0 < high < zero < low < HEIGHT
    assert "0" in [tick.text for tick in drawn.ticks]


def test_an_area_goes_from_zero_to_zero():
    (line,) = chart(100, 200).lines
    first, *_, last = (place.split(",") for place in line.areas[0].split())
    assert first[1] == last[1]


@pytest.mark.parametrize(
    ("highest", "text"),
    [(1_034_300, "1 m"), (-1_240_000, "\N{MINUS SIGN}1 m"), (950, "500"), (12_000, "10 k"), (7 * 10**9, "6 bn")],
)
def test_the_axis_is_marked_in_round_short_values(highest, text):
    assert text in [tick.text for tick in chart(0, highest).ticks]
    assert 2 <= len(chart(0, highest).ticks) <= 6


def test_a_value_that_is_not_the_whole_is_hollow():
    (line,) = chart(1, 2, partial=[False, True]).lines
    assert [dot.hollow for dot in line.dots] == [False, True]


def test_the_first_line_is_drawn_last_and_so_on_top():
    lines = [Line("Net", "net", [Decimal(1)]), Line("Has", "has", [Decimal(2)])]
    assert [line.label for line in LineChart(["Jan"], lines).lines] == ["Has", "Net"]


def test_nothing_known_is_an_empty_chart_and_no_fault():
    drawn = chart(None, None)
    assert drawn.is_empty
    assert not drawn.lines[0].stretches
    assert drawn.ticks


def test_all_zero_is_a_line_on_zero():
    (line,) = chart(0, 0).lines
    assert {dot.y for dot in line.dots} == {LineChart(["a"], [Line("n", "n", [Decimal(0)])]).lines[0].dots[0].y}
