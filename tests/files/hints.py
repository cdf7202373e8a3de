"""Every problem that a file of filings can have, by what its hint tells a person to do.

A hint that is not here fails a test: whoever writes one says what a machine is to do that takes it at its word.
"""

from collections.abc import Mapping

from tests.files.deeds import taking, writing
from tests.files.deeds.taking import Deed

DEEDS: Mapping[str, tuple[Deed, ...]] = {
    "file-quotation": (taking.quote, taking.save_as_workbook),
    "file-cell-too-long": (taking.quote, taking.save_as_workbook),
    "sheet-without-header": (taking.delete_sheet,),
    "missing-column": (writing.add_column,),
    "column-twice": (taking.delete_column,),
    "unknown-column": (writing.right_header,),
    "column-divides": (writing.right_header,),
    "unnamed-column": (writing.name_column, taking.clear_column),
    "two-columns-of-metric": (taking.delete_column,),
    "qualified-column": (writing.actual_figures,),
    "qualified-row": (writing.actual_figures,),
    "remark-qualifies": (writing.no_figures,),
    "second-table": (taking.another_sheet,),
    "space-in-first-row": (writing.fill_down,),
    "units-disagree": (writing.one_unit,),
    "unit-unsure": (writing.own_unit,),
    "unit-fits-nothing": (writing.units_behind_names,),
    "unit-against-column": (writing.in_the_column_s_unit,),
    "rounding-decides": (writing.right_figure,),
    "key-missing": (writing.key_above,),
    "keys-disagree": (writing.right_key,),
    "row-shifted": (writing.commas_out,),
    "figure-in-remarks": (writing.commas_out,),
    "figure-cut": (writing.commas_out,),
    "cell-out-of-place": (writing.own_columns,),
    "rows-in-cell": (taking.quotation_marks_out,),
    "figures-unclear": (writing.one_figure,),
    "evidence-of-which": (taking.clear_cell,),
    "mixed-forms": (taking.delete_column,),
    "column-of-long-form": (taking.delete_column,),
    "share-column": (taking.delete_column,),
    "header-again": (taking.delete_row,),
    "missing-space": (writing.begin_as_remark, taking.clear_row),
    "unknown-space": (writing.begin_as_remark,),
    "missing-year": (writing.right_key,),
    "not-a-year": (writing.right_key,),
    "year-in-future": (writing.right_key,),
    "year-not-covered": (writing.right_key,),
    "name-mismatch": (writing.right_name,),
    "figure-twice": (writing.right_figure,),
    "merged-figure": (writing.unmerge,),
    "unknown-metric": (writing.nearest_name,),
    "missing-metric": (taking.clear_row,),
    "header-unit-unknown": (writing.own_unit,),
    "formula-without-result": (writing.right_figure,),
    "error-value": (writing.right_figure, taking.clear_cell),
    "negative": (writing.right_figure,),
    "date-for-number": (writing.general_format,),
    "not-exact": (writing.right_figure,),
    "not-a-number": (writing.right_figure, taking.clear_cell),
    "shown-otherwise": (writing.general_format,),
    "not-yes-or-no": (writing.right_figure,),
    "percentage-for-count": (writing.right_figure,),
    "percentages-for-counts": (writing.right_figures,),
    "unit-unknown": (writing.right_figure,),
    "too-large": (writing.right_figure,),
    "too-precise": (writing.right_figure,),
    "not-whole": (writing.right_figure,),
    "personal-data": (taking.clear_cell,),
}
# Of the file as a whole: it is to be saved anew, split or begun from a template, which leaves its figures as they are.
OF_THE_FILE = frozenset(
    {
        *("file-empty", "file-too-large", "file-too-demanding", "file-too-many-sheets", "file-too-many-cells"),
        *("file-too-long", "file-unpacks-too-large", "file-too-wide", "file-encoding", "file-binary"),
        *("file-not-a-spreadsheet", "file-protected", "file-broken", "no-header", "no-edition", "file-embeds"),
        # When a year may be filed, no mend of the file changes.
        *("filing-locked-before", "filing-locked-after", "filing-locked-approved", "filing-withheld"),
        *("layout-unclear", "file-other-encoding", "no-figures", "form-without-figures", "file-name-misleading"),
        "web-page-nested",
        "unit-left-blank",
    }
)
# Warnings, whose figures are stored as they are told; and what only a person can find out.
TO_BE_CHECKED = frozenset(
    {
        *(
            "hidden-sheet",
            "sheet-not-filed",
            "hidden-rows",
            "hidden-columns",
            "totals-row",
            "none-is-unreported",
            "unit-converted",
        ),
        *("rounded", "figures-rounded", "passed-over", "rows-joined", "fivefold", "far-above-others"),
        *("struck-through", "superscript", "unseen-text", "only-table-hidden", "macros-ignored", "linked-workbooks"),
        *("row-shorter", "column-no-figures", "column-of-another-year", "sheet-named-otherwise"),
        *("plan-feared", "years-feared"),
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
        *("chosen-unit-otherwise", "chosen-otherwise", "chosen-metric", "unit-column-chosen", "typed-twice"),
    }
)
# Of a register, which holds no figures.
OF_A_REGISTER = frozenset(
    {
        *("no-register-header", "missing-value", "unknown-track", "unknown-edition", "edition-needed"),
        *("period-wrong", "exit-outside-period", "misleading-name", "same-name", "contact-private"),
    }
)
