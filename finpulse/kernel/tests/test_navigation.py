"""The lines of the navigation."""

from collections import Counter

from finpulse.kernel.registries import navigation


def test_each_line_of_the_navigation_has_a_key_and_no_two_have_the_same():
    keys = Counter(entry.key for entry in navigation)
    assert "" not in keys
    assert [key for key, lines in keys.items() if lines > 1] == []
