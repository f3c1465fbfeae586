"""A table to take elsewhere: as text for a spreadsheet or a letter, and as CSV for programs."""

from collections.abc import Collection
from dataclasses import dataclass

from plumbline import made_up
from plumbline.export.tables import Column, Value
from plumbline.i18n import _


@dataclass(frozen=True)
class Sheet:
    """`rows` are as the user's country writes them, under `heads`, one of the table's each; `more`
    belongs to the table as a whole. `values`: the same for programs, under `names`.

    `title` says what it is, `whose` about whom (may be empty), `is_made_up` that it is a demo's.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    more: tuple[tuple[str, ...], ...] = ()
    whose: str = ""
    is_made_up: bool = False

    def text(self, only: Collection[int] = ()) -> str:
        """Tabs between cells; `only` the rows with these numbers, all where there are none."""
        rows = [row for n, row in enumerate(self.rows) if n in only] if only else self.rows
        mark = made_up.sentence() if self.is_made_up else ""
        above = [(text,) for text in (mark, self.whose) if text]
        lines = [*above, self.heads, *rows, *(() if only else self.more)]
        return "".join("\t".join(map(_one_cell, line)) + "\n" for line in lines)

    def table(self) -> tuple[list[Column], list[list[Value]]]:
        """Columns and rows for a file; whose it is and that it is made up stand in each row."""
        names = [*self.names, *(["wearer"] if self.whose else []), "made_up"]
        beside: list[Value] = [*([self.whose] if self.whose else []), int(self.is_made_up)]
        columns = [Column(name, "", "", lambda row: None) for name in names]
        return columns, [[*row, *beside] for row in self.values]

    def file_name(self) -> str:
        """A name for the file, as the title and, in a demo, the mark say."""
        mark = _("demo data") if self.is_made_up else ""
        return " ".join(filter(None, ("Plumbline", mark, self.title))) + ".csv"


def _one_cell(text: str) -> str:
    """Without what would begin another cell, or a formula where the table is put in."""
    flat = " ".join(text.split())
    begins_one = flat[:1] in ("=", "@", "+", "-") and not flat[1:2].isdigit()
    return f"'{flat}" if begins_one else flat
