"""Charts as the places of an SVG: templates/components draws them, each with the table that says the same.

A value is a Decimal, or None where it is not known: that is a gap, never a zero.
"""

from finpulse.kernel.charts.bars import BarChart
from finpulse.kernel.charts.line import LineChart
from finpulse.kernel.charts.series import Series
from finpulse.kernel.charts.sparkline import Sparkline

__all__ = ["BarChart", "LineChart", "Series", "Sparkline"]
