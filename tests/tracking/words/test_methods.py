"""What the methods page says is what comes out: the product judges the very examples that it shows."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.entering import clear, enter
from tests.judgement.cases import OTHER, annual, requirement
from tests.oracle.programme import Edition, Enrolment, File, Register, Requirement, Step
from tracking.results import outlook
from tracking.results.tables import attainment
from tracking.words import looks, methods
from tracking.words.language import LANGUAGES, translations
from tracking.words.worked_examples import ALL_DUE, FIRST_YEAR, LAST_YEAR, LAST_YEAR_OPEN, Basis, Filed, Owed, Period

FILED_ON = datetime(2023, 1, 2)
SHARE = {"numerator": "firms", "denominator": "tenants"}
METRIC = {"share": "firm_share", "attested": "platform"}
FIGURES = ("required", "actual", "gap", "short_by", "needed_per_year")


def figures(filed: Filed, metric: str) -> Mapping[str, Fraction] | None:
    """A filing's figures; None where there is no filing."""
    if filed == "none":
        return None
    if filed == "blank":
        return {name: Fraction(figure) for name, figure in OTHER.items()}
    if isinstance(filed, tuple):
        return {"firms": Fraction(filed[0]), "tenants": Fraction(filed[1])}
    return {metric: Fraction(filed)}


def judged(engine: Engine, owed: Requirement, years: list[Filed], metric: str, at: datetime = FILED_ON) -> None:
    """Enrol one space for as many years as were filed, and file them."""
    told = {("A1", FIRST_YEAR + number): figures(filed, metric) for number, filed in enumerate(years)}
    last = FIRST_YEAR + len(years) - 1
    steps: list[Step] = [
        Edition("first", (owed,)),
        Register((Enrolment("A1", "north", "first", FIRST_YEAR, last),)),
        File({key: each for key, each in told.items() if each is not None}, at),
    ]
    enter(engine, steps)


@pytest.mark.parametrize("example", methods.BASES, ids=lambda each: each.code)
def test_a_basis_comes_to_what_its_example_says(engine: Engine, example: Basis) -> None:
    basis = "annual" if example.code == "preferred" else example.code
    metric = METRIC.get(basis, "cases")
    more = SHARE if basis == "share" else {"counted": "period"} if basis == "cumulative" else {}
    owed = requirement(metric, basis, example.threshold, example.comparison, mandatory=example.mandatory, **more)
    judged(engine, owed, [year.filed for year in example.years], metric)
    rows = attainment.attainment(engine, example.as_of).to_dict("records")
    assert [row["status"] for row in rows] == [year.status for year in example.years]
    for row, year in zip(rows, example.years, strict=True):
        told = {name: None if pd.isna(row[name]) else row[name] for name in FIGURES}
        assert told == pytest.approx({name: getattr(year, name) for name in FIGURES}), row["year"]


@pytest.mark.parametrize("example", methods.YEARS, ids=lambda each: each.code)
def test_years_come_to_what_their_example_says(engine: Engine, example: Period) -> None:
    judged(engine, annual(str(methods.THRESHOLD)), list(example.filed), "cases")
    years = pd.DataFrame({"year": [FIRST_YEAR + number for number in range(len(example.filed))]})
    rows = years
    for table in ("evaluations", "attainment", "shortfalls"):
        told = getattr(attainment, table)(engine, example.as_of)
        rows = rows.merge(told[["year", *told.columns.difference(rows.columns)]], on="year", how="left")
    for column, expected in example.tells.items():
        assert [None if pd.isna(told) else told for told in rows[column]] == list(expected), column


@pytest.mark.parametrize("verdict", methods.VERDICTS)
def test_an_enrolment_comes_to_its_verdict(engine: Engine, verdict: str) -> None:
    filed, as_of = methods.VERDICTS[verdict]
    judged(engine, annual(str(methods.THRESHOLD)), list(filed), "cases")
    assert attainment.verdicts(engine, as_of)["verdict"].tolist() == [verdict]


def enrolled(engine: Engine, several: Sequence[Owed], **other: object) -> None:
    """Enrol one space that owes these requirements, and file what it filed for them."""
    metrics = {owed.letter: metric for owed, metric in zip(several, ("cases", "capital"), strict=False)}
    told: dict[tuple[str, int], dict[str, Fraction]] = {}
    for owed in several:
        for number, filed in enumerate(owed.filed):
            if filed != "none":
                figures = told.setdefault(("A1", FIRST_YEAR + number), {})
                figures |= {metrics[owed.letter]: Fraction(filed)} if isinstance(filed, int) else {}
    owed_all = tuple(
        requirement(
            metrics[owed.letter],
            owed.basis,
            str(owed.threshold),
            **({"counted": "period"} if owed.basis == "cumulative" else {}),
            **other,
        )
        for owed in several
    )
    last = FIRST_YEAR + len(several[0].filed) - 1
    register = Register((Enrolment("A1", "north", "first", FIRST_YEAR, last),))
    enter(engine, [Edition("first", owed_all), register, File(told, FILED_ON)])


@pytest.mark.parametrize(
    ("several", "as_of", "other"),
    [(methods.ALTERNATIVES, ALL_DUE, {"alternative": "a"}), (methods.TOGETHER, LAST_YEAR_OPEN, {})],
    ids=["alternatives", "together"],
)
def test_two_requirements_come_to_what_their_example_says(
    engine: Engine, several: Sequence[Owed], as_of: date, other: dict[str, object]
) -> None:
    enrolled(engine, several, **other)
    rows = attainment.attainment(engine, as_of)
    by_metric = {metric: tuple(part["status"]) for metric, part in rows.groupby("metric")}
    assert by_metric == {"cases": several[0].statuses, "capital": several[1].statuses}
    verdict = attainment.verdicts(engine, as_of).iloc[0]
    counted = Counter(owed.outcome for owed in several)
    assert {name: verdict[name] for name in looks.VERDICTS} == {name: counted[name] for name in looks.VERDICTS}


def test_the_verdict_on_two_requirements_is_what_the_example_says(engine: Engine) -> None:
    enrolled(engine, methods.TOGETHER)
    assert attainment.verdicts(engine, LAST_YEAR_OPEN)["verdict"].tolist() == [methods.TOGETHER_VERDICT]
    alone = methods.TOGETHER[0]
    clear(engine)
    enrolled(engine, [alone])
    assert attainment.verdicts(engine, LAST_YEAR_OPEN)["verdict"].tolist() == [alone.outcome]


@pytest.mark.parametrize("state", methods.STATES)
def test_a_filing_is_in_time_through_the_due_day(engine: Engine, state: str) -> None:
    day = methods.STATES[state]
    judged(engine, annual("5"), [5], "cases", datetime(day.year, day.month, day.day, 23, 59))
    assert attainment.filings(engine, ALL_DUE)["state"].tolist() == [state]


def test_the_line_leads_where_the_example_says() -> None:
    years, told = methods.HINT_YEARS, methods.HINT
    hint = outlook.hint(list(years), list(years.values()), told[0])
    assert hint is not None
    assert (hint.year, hint.value, hint.spread) == pytest.approx(told)


def test_every_code_that_the_tables_know_is_explained_and_shown() -> None:
    shown = {year.status for example in methods.BASES for year in example.years}
    assert set(looks.STATUSES) == shown
    assert set(looks.VERDICTS) == set(methods.VERDICTS)
    codes = [f"status.{code}" for code in looks.STATUSES] + [f"basis.{example.code}" for example in methods.BASES]
    codes += [f"verdict.{code}" for code in looks.VERDICTS] + [f"years.{example.code}" for example in methods.YEARS]
    missing = [code for code in codes for lang in LANGUAGES if not translations()[f"methods.{code}"][lang]]
    assert missing == []


def test_no_formula_shows_a_code_for_a_word() -> None:
    formulas = [example.formula for example in (*methods.BASES, *methods.YEARS)] + [methods.WORSE, methods.ALTERNATIVE]
    for lang in LANGUAGES:
        told = " ".join(methods.in_language(formula, lang) for formula in formulas)
        words = [said[lang] for key, said in translations().items() if key.startswith("methods.symbol.")]
        assert set(re.findall(r"\\text\{(.*?)\}", told)) == set(words)


def test_the_days_of_the_examples_are_what_their_names_say() -> None:
    assert date(LAST_YEAR + 1, 3, 31) < ALL_DUE
    assert date(LAST_YEAR, 3, 31) < LAST_YEAR_OPEN <= date(LAST_YEAR + 1, 3, 31)
