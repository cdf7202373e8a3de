"""What rests on filings that are not approved (provisional), beside a figure, a result or a sentence: a small ring."""

import html

from tracking.results.tables.left_out import LeftOut
from tracking.words import numbers
from tracking.words.language import Lang, text

SIGN = "°"


def signed(shown: str, provisional: object) -> str:
    """A text with the sign behind it where it is provisional."""
    return f"{shown}{SIGN}" if provisional else shown


def mark(lang: Lang) -> str:
    """The sign as HTML, with its word for whoever has it read out."""
    word = html.escape(text("column.provisional", lang))
    return f'<sup aria-hidden="true">{SIGN}</sup><span class="unseen"> {word}</span>'


def of(sentence: str, count: int, lang: Lang, among: int | None = None) -> str:
    """A sentence or a count, then how many of what it is about are provisional; nothing more where none is.

    `among` how many: where the sentence names a part of them too, and "of them" would be taken for of that.
    """
    if not count:
        return sentence
    key = "told.provisional.of" if among is None else "told.provisional.among"
    return text(key, lang, sentence=sentence, count=numbers.figure(count), among=numbers.figure(among))


def filings(sentence: str, count: int, lang: Lang) -> str:
    """A sentence on filings, then how many of them are not approved; nothing more where all are."""
    return text("told.provisional.filings", lang, sentence=sentence, count=numbers.figure(count)) if count else sentence


def left_out(out: LeftOut, lang: Lang) -> str:
    """What is left out, by the switch or by the grants of whoever looks."""
    filings = numbers.figure(out.filings)
    if out.rows is None:
        return text("told.provisional.withheld", lang, filings=filings)
    return text("told.provisional.left_out", lang, rows=numbers.figure(out.rows), filings=filings)


def legend(lang: Lang) -> str:
    """What the sign means."""
    return text("told.provisional.legend", lang, sign=SIGN)
