"""Every problem that a file of filings can have, by what its hint tells a person to do.

A hint that is not here fails a test: whoever writes one says what a machine is to do that takes it at its word.
"""

from collections.abc import Mapping

from tests.files import deeds
from tests.files.deeds import Deed

DEEDS: Mapping[str, tuple[Deed, ...]] = {
    "file-quotation": (deeds.quote, deeds.save_as_workbook),
    "file-cell-too-long": (deeds.quote, deeds.save_as_workbook),
    "sheet-without-header": (deeds.delete_sheet,),
    "missing-column": (deeds.add_column,),
    "column-twice": (deeds.delete_column,),
    "unknown-column": (deeds.right_header,),
    "unnamed-column": (deeds.name_column, deeds.clear_column),
    "two-columns-of-metric": (deeds.delete_column,),
    "qualified-column": (deeds.actual_figures,),
    "qualified-row": (deeds.actual_figures,),
    "remark-qualifies": (deeds.no_figures,),
    "second-table": (deeds.another_sheet,),
    "space-in-first-row": (deeds.fill_down,),
    "units-disagree": (deeds.one_unit,),
    "unit-unsure": (deeds.own_unit,),
    "unit-fits-nothing": (deeds.units_behind_names,),
    "unit-against-column": (deeds.in_the_column_s_unit,),
    "rounding-decides": (deeds.right_figure,),
    "mixed-forms": (deeds.delete_column,),
    "column-of-long-form": (deeds.delete_column,),
    "share-column": (deeds.delete_column,),
    "header-again": (deeds.delete_row,),
    "missing-space": (deeds.begin_as_remark, deeds.clear_row),
    "unknown-space": (deeds.begin_as_remark,),
    "missing-year": (deeds.right_key,),
    "not-a-year": (deeds.right_key,),
    "year-in-future": (deeds.right_key,),
    "year-not-covered": (deeds.right_key,),
    "name-mismatch": (deeds.right_name,),
    "filing-twice": (deeds.delete_row,),
    "figure-twice": (deeds.right_figure,),
    "merged-figure": (deeds.unmerge,),
    "unknown-metric": (deeds.nearest_name,),
    "missing-metric": (deeds.clear_row,),
    "header-unit-unknown": (deeds.own_unit,),
    "formula-without-result": (deeds.right_figure,),
    "error-value": (deeds.right_figure, deeds.clear_cell),
    "negative": (deeds.right_figure,),
    "date-for-number": (deeds.general_format,),
    "not-exact": (deeds.right_figure,),
    "not-a-number": (deeds.right_figure, deeds.clear_cell),
    "shown-otherwise": (deeds.general_format,),
    "not-yes-or-no": (deeds.right_figure,),
    "percentage-for-count": (deeds.right_figure,),
    "percentages-for-counts": (deeds.right_figures,),
    "unit-unknown": (deeds.right_figure,),
    "too-large": (deeds.right_figure,),
    "too-precise": (deeds.right_figure,),
    "not-whole": (deeds.right_figure,),
    "personal-data": (deeds.clear_cell,),
}
# Of the file as a whole: it is to be saved anew, split or begun from a template, which leaves its figures as they are.
OF_THE_FILE = frozenset(
    {
        *("file-empty", "file-too-large", "file-too-demanding", "file-too-many-sheets", "file-too-many-cells"),
        *("file-too-long", "file-unpacks-too-large", "file-too-wide", "file-encoding", "file-binary"),
        *("file-not-a-spreadsheet", "file-protected", "file-broken", "no-header", "no-edition", "file-embeds"),
    }
)
# Warnings, whose figures are stored as they are told; and what only a person can find out.
TO_BE_CHECKED = frozenset(
    {
        *("hidden-sheet", "hidden-rows", "hidden-columns", "totals-row", "none-is-unreported", "unit-converted"),
        *("rounded", "figures-rounded", "passed-over", "rows-joined", "fivefold", "far-above-others"),
        *("struck-through", "superscript", "only-table-hidden", "macros-ignored", "linked-workbooks"),
        *(
            "figures-kept",
            "kept-part-exceeds-whole",
            "units-converted",
            "tenfold",
            "figures-dropped",
            "part-exceeds-whole",
            "more-of-a-kind",
        ),
    }
)
# Of what a person chose for the file beside it: the choice is mended, not the file.
OF_A_CHOICE = frozenset(
    {
        *("unit-left-out", "chosen-space", "chosen-year", "chosen-year-not-covered", "chosen-unit"),
        *("chosen-unit-otherwise", "chosen-otherwise", "chosen-metric"),
    }
)
# Of a register, which holds no figures.
OF_A_REGISTER = frozenset(
    {
        *("no-register-header", "missing-value", "unknown-track", "unknown-edition", "edition-needed"),
        *("period-wrong", "exit-outside-period"),
    }
)
