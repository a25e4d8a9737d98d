"""Charts: what is not known is a gap, zero is zero, and every picture has its table."""

from decimal import Decimal

import pytest

from finpulse.kernel.charts import BarChart, LineChart, Series, Sparkline, bars, line, sparkline
from finpulse.kernel.charts.scale import Scale, short

MOMENTS = ["Jan", "Feb", "Mar", "Apr", "May"]
MINUS = "\N{MINUS SIGN}"


def series(*values, label="Net", partial=()):
    return Series(label, "net", [None if value is None else Decimal(value) for value in values], partial)


def lines(*values, partial=()):
    return LineChart(MOMENTS[: len(values)], [series(*values, partial=partial)])


def columns(*many):
    return BarChart(MOMENTS[: len(many[0].values)], many)


def spark(*values):
    return Sparkline(MOMENTS[: len(values)], series(*values).values)


def every_chart(*values):
    return [lines(*values), columns(series(*values)), spark(*values)]


@pytest.mark.parametrize("values", [(), (None, None), (5,), (7, 7, 7), (0, 0), (-3, -9), (None, 4, None)])
def test_every_chart_is_drawn_of_whatever_there_is(values):
    for chart in every_chart(*values):
        assert chart.is_empty == (not any(value is not None for value in values))
        assert [row.values for row in chart.rows] == [[value] for value in values]
        for place in places(chart):
            assert 0 <= place <= max(chart.width, chart.height)


def places(chart):
    """Give every number that is drawn; one that is no number is no Decimal."""
    drawn = {BarChart: places_of_bars, LineChart: places_of_lines, Sparkline: places_of_spark}[type(chart)](chart)
    return [Decimal(number) for text in drawn for number in text.replace(",", " ").split()]


def places_of_bars(chart):
    parts = [f"{part.y} {part.height}" for bar in chart.bars for part in bar.segments]
    return [*parts, *(f"{bar.x} {bar.left}" for bar in chart.bars)]


def places_of_lines(chart):
    return [stretch for one in chart.lines for stretch in one.stretches + one.areas]


def places_of_spark(chart):
    return [*chart.stretches, *chart.areas, *(f"{x} {y}" for x, y in chart.dots)]


def test_a_gap_stays_a_gap():
    (drawn,) = lines(100, 200, None, 300, 400).lines
    assert [len(stretch.split()) for stretch in drawn.stretches] == [2, 2]
    assert len(drawn.dots) == 4
    assert [len(stretch.split()) for stretch in spark(1, 2, None, 3, 4).stretches] == [2, 2]
    assert [len(bar.segments) for bar in columns(series(1, None, 2)).bars] == [1, 0, 1]


def test_a_gap_between_two_gaps_is_a_dot_of_a_sparkline():
    assert len(spark(None, 4, None).dots) == 1
    assert spark(None, 4, None).stretches == []


def test_the_first_moment_stands_left_and_the_last_right():
    (drawn,) = lines(1, 2, 3, 4, 5).lines
    assert [drawn.dots[0].x, drawn.dots[-1].x] == [f"{line.LEFT:.1f}", f"{line.WIDTH - line.RIGHT:.1f}"]
    assert [anchor for _, anchor, _ in lines(1, 2, 3).labels] == ["start", "middle", "end"]
    assert [anchor for _, anchor, _ in lines(1, 2).labels] == ["start", "end"]


def test_one_moment_stands_in_the_middle():
    ((x, anchor, words),) = lines(5).labels
    assert (anchor, words) == ("middle", "Jan")
    assert lines(5).lines[0].dots[0].x == x


def test_more_stands_higher_and_zero_is_on_the_axis():
    drawn = lines(-500, 0, 1500)
    low, zero, high = (float(dot.y) for dot in drawn.lines[0].dots)
    assert 0 < high < zero < low < line.HEIGHT
    assert "0" in [tick.text for tick in drawn.ticks]


def test_an_area_goes_from_zero_to_zero():
    (drawn,) = lines(100, 200).lines
    first, *_, last = (place.split(",") for place in drawn.areas[0].split())
    assert first[1] == last[1]


@pytest.mark.parametrize(
    ("highest", "text"),
    [(1_034_300, "1 m"), (-1_240_000, f"{MINUS}1 m"), (950, "500"), (12_000, "10 k"), (7 * 10**9, "6 bn")],
)
def test_the_axis_is_marked_in_round_short_values(highest, text):
    ticks = [tick.text for tick in lines(0, highest).ticks]
    assert text in ticks
    assert 2 <= len(ticks) <= 6


@pytest.mark.parametrize(
    ("value", "text"), [("0", "0"), ("2412600", "2.41 m"), ("-940", f"{MINUS}940"), ("0.25", "0.25"), ("1500", "1.5 k")]
)
def test_an_amount_is_said_in_few_letters(value, text):
    assert short(Decimal(value)) == text


def test_all_that_is_owed_hangs_from_zero_at_the_top():
    scale = Scale.with_zero([Decimal(-3), Decimal(-9)], top=0, bottom=100)
    assert (scale.high, scale.y(Decimal(0))) == (0, 0)


def test_a_value_that_is_not_the_whole_is_hollow():
    (drawn,) = lines(1, 2, partial=[False, True]).lines
    assert [dot.hollow for dot in drawn.dots] == [False, True]


def test_the_first_line_is_drawn_last_and_so_on_top():
    chart = LineChart(["Jan"], [series(1), series(2, label="Has")])
    assert [drawn.label for drawn in chart.lines] == ["Has", "Net"]


def test_all_zero_is_a_line_on_zero_and_no_bar():
    (drawn,) = lines(0, 0).lines
    assert {dot.y for dot in drawn.dots} == {lines(0).lines[0].dots[0].y}
    assert [(bar.segments, bar.text) for bar in columns(series(0)).bars] == [([], "0")]


def test_the_parts_of_a_bar_stand_on_each_other_and_debts_hang_below():
    (bar,) = columns(series(30), series(10), series(-20)).bars
    first, second, third = (
        (Decimal(part.y), Decimal(part.y) + Decimal(part.height), part.number) for part in bar.segments
    )
    assert second[1] == first[0]
    assert third[0] == first[1] == Decimal(columns(series(30), series(10), series(-20)).zero)
    assert [first[2], second[2], third[2]] == [1, 2, 3]
    assert bar.text == "20"


def test_a_bar_says_that_a_part_of_it_is_not_known():
    texts = [bar.text for bar in columns(series(5, None, None), series(None, None, 7)).bars]
    assert texts == ["5+?", "?", "7+?"]
    assert [bar.text for bar in columns(series(5, 6, partial=[False, True])).bars] == ["5", "6+?"]


def test_bars_fit_however_many_there_are():
    many = BarChart([str(n) for n in range(40)], [Series("n", "n", [Decimal(n) for n in range(40)])])
    assert max(Decimal(bar.x) for bar in many.bars) < bars.WIDTH
    assert 1 < len([bar for bar in many.bars if bar.label]) <= bars.MOST_LABELLED


def test_a_sparkline_takes_its_whole_height():
    heights = {place.split(",")[1] for place in spark(10, 11, 12).stretches[0].split()}
    assert {f"{sparkline.MARGIN:.1f}", f"{sparkline.HEIGHT - sparkline.MARGIN:.1f}"} <= heights
    assert {place.split(",")[1] for place in spark(7, 7).stretches[0].split()} == {f"{sparkline.HEIGHT / 2:.1f}"}
