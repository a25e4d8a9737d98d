"""CSV as it comes: what csv can read is read, what it cannot costs a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm.feed.lines import BLOCK, LONGEST
from crm.feed.records import Record, Records


def records_of(tmp_path: Path, content: bytes) -> list[Record]:
    """Read a file."""
    path = tmp_path / "some.csv"
    path.write_bytes(content)
    return list(Records(path))


def cells(records: list[Record]) -> list[tuple[int, list[str] | str]]:
    """Give each record's line and its cells, or why it has none."""
    return [(record.line, record.fault or record.cells) for record in records]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a,b\n1,2\n", [(2, ["1", "2"])]),
        (b"a,b\r\n1,2", [(2, ["1", "2"])]),
        (b"\xef\xbb\xbfa,b\n1,2\n", [(2, ["1", "2"])]),
        (b"a,b\n\n1,2\n   \n", [(3, ["1", "2"])]),
        (b'a,b\n"1,5","say ""hi"""\n', [(2, ["1,5", 'say "hi"'])]),
        (b'a,b\n"1\n5",2\n3,4\n', [(2, ["1\n5", "2"]), (4, ["3", "4"])]),
        (b'a,b\n"1\n\n,5",2\n3,4\n', [(2, ["1\n\n,5", "2"]), (5, ["3", "4"])]),
        (b'a,b\nx"y,2\n', [(2, ['x"y', "2"])]),
        (b"a,b\n", []),
    ],
)
def test_good_records_are_read_whole(
    tmp_path: Path, content: bytes, expected: list[tuple[int, list[str] | str]]
) -> None:
    assert cells(records_of(tmp_path, content)) == expected


OPEN = "A quote is opened and not closed."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'a,b\n"1,2\n3,4\n5,6\n', [(2, OPEN), (3, ["3", "4"]), (4, ["5", "6"])]),
        (b'a,b\n"1,2\n"3",4\n', [(2, OPEN), (3, ["3", "4"])]),
        (b'a,b\n1,"2\n3,"4\n5,6\n', [(2, OPEN), (3, OPEN), (4, ["5", "6"])]),
        (b'a,b\n"1,2\n' + b"x\n" * 30 + b"3,4\n", [(2, OPEN), (33, ["3", "4"])]),
        (b'a,b\n1,"2', [(2, OPEN)]),
    ],
)
def test_an_open_quote_costs_the_line_that_opens_it(
    tmp_path: Path, content: bytes, expected: list[tuple[int, list[str] | str]]
) -> None:
    found = cells(records_of(tmp_path, content))
    assert [entry for entry in found if "has 1 columns" not in entry[1]] == expected


def test_a_line_of_ten_megabytes_costs_itself_and_is_never_held(tmp_path: Path) -> None:
    found = cells(records_of(tmp_path, b"a,b\n1," + b"x" * 10_000_000 + b"\n3,4\n"))
    assert found == [(2, f"The line is longer than {LONGEST // 1024} KiB."), (3, ["3", "4"])]


def test_a_clean_record_is_told_from_one_to_be_looked_at(tmp_path: Path) -> None:
    found = records_of(tmp_path, b'a,b\n1,2\n1,\x00\n1,\xff\n"1\n",2\n')
    assert [record.clean for record in found] == [True, False, False, False]


@pytest.mark.parametrize("before", range(-4, 5))
@pytest.mark.parametrize(
    "row",
    [
        ("é,1", ["é", "1"]),
        ('"1\n5",2', ["1\n5", "2"]),
        ("1,2\r", ["1", "2"]),
        ('"say ""hi""",2', ['say "hi"', "2"]),
    ],
    ids=["letter of two bytes", "record on two lines", "line ended by two characters", "quote in a quote"],
)
def test_a_record_over_the_end_of_a_block_is_read_whole(
    tmp_path: Path, before: int, row: tuple[str, list[str]]
) -> None:
    written, read = row
    rows = "a,b\n" + f"{'x' * 97},1\n" * (BLOCK // 100 - 3)
    content = f"{rows}{'x' * (BLOCK - before - len(rows) - 3)},1\n"
    found = records_of(tmp_path, f"{content}{written}\n3,4\n".encode())
    assert len(content.encode()) == BLOCK - before
    assert [record.cells for record in found[-2:]] == [read, ["3", "4"]]


def test_a_line_too_long_for_its_block_costs_itself(tmp_path: Path) -> None:
    lengths = (LONGEST - 3, LONGEST - 2, BLOCK - 2, BLOCK + 7, 2 * BLOCK)
    content = b"a,b\n" + b"".join(b"1," + b"x" * (length - 2) + b"\n" for length in lengths) + b"3,4\n"
    found = cells(records_of(tmp_path, content))
    assert [number for number, read in found if not isinstance(read, str)] == [2, 3, 7]
    assert {read for _, read in found if isinstance(read, str)} == {f"The line is longer than {LONGEST // 1024} KiB."}


def test_a_row_is_clean_whatever_stands_in_the_rows_beside_it(tmp_path: Path) -> None:
    found = records_of(tmp_path, b"a,b\n1,2\n1,\xc2\x85\n1,\xff\n1,2\r3\n1,\xc3\x85\r\n")
    assert [record.clean for record in found] == [True, False, False, False, True]
