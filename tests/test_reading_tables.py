"""Tables of data/ are read once, and a broken line is told with its file, its number and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.tables import DATA, read_table, rows


def test_rows_are_dicts_by_column_and_read_once() -> None:
    assert rows("letters.csv")[0].keys() == {"letter", "folded"}
    assert rows("letters.csv") is rows("letters.csv")


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.csv")))
def test_every_table_that_ships_is_whole(name: str) -> None:
    assert rows(name)


@pytest.mark.parametrize("line", ["IQ", "IQ,Iraq,more", ""])
def test_a_line_with_too_few_or_too_many_cells_is_named(tmp_path: Path, line: str) -> None:
    table = tmp_path / "places.csv"
    table.write_text(f"id,name\nSY,Syria\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"places\.csv, line 3: . cells, not 2; mend the line"):
        read_table(table)
