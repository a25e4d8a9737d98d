"""What axe leaves to a person, and what a person said. Whatever is not here fails."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Judgement:
    """A rule, axe's word for why it cannot tell, the selector within which that was looked at, and what was seen."""

    rule: str
    cause: str
    within: str
    reason: str


JUDGED = (
    Judgement(
        "color-contrast",
        "pseudoContent",
        ".worklist__item",
        "the pseudo-element is a bar of 4 px at the row's edge; no word stands on it",
    ),
    Judgement(
        "color-contrast",
        "imgNode",
        "svg.chart",
        "the words of a chart stand on the panel beside its lines, in the ink --faint, which test_contrast measures",
    ),
    Judgement(
        "color-contrast",
        "shortTextContent",
        "svg.chart",
        "a lone 0 is the middle of an axis and has the ink of the other figures of its axis",
    ),
    Judgement(
        "color-contrast",
        "elmPartiallyObscured",
        ".results, .scroll, .tabs",
        "a table or a row of tabs wider than its frame scrolls within it: its edge cuts the words, nothing covers them",
    ),
    Judgement(
        "color-contrast",
        "bgOverlap",
        "body:has(details:is(.menu, .filter)[open]) main",
        "an open sheet covers the words; with the sheet closed the same words are measured",
    ),
    Judgement(
        "color-contrast",
        "bgOverlap",
        "body:has(#found:not([hidden])) main",
        "the open list of the search covers the words; with it closed the same words are measured",
    ),
    Judgement(
        "color-contrast",
        "shortTextContent",
        "body:has(#found:not([hidden])) main",
        "a figure of one digit beside the open list of the search; with it closed the same figure is measured",
    ),
    Judgement(
        "color-contrast",
        "elmPartiallyObscuring",
        "#found",
        "the list of the search stands over the page and has a ground of its own",
    ),
    Judgement(
        "th-has-data-cells",
        "",
        "table:has(th[scope=rowgroup])",
        "a row group's heading spans its whole row, so no cell stands beside it; the rows under it are its cells",
    ),
    Judgement(
        "color-contrast",
        "shortTextContent",
        "#result_list td",
        "a lone digit is a number in a cell, in the ink of the longer ones of its column, which are measured",
    ),
)
