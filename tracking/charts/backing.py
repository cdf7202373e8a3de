"""What is attached to a figure, in words: what it is, and whether a list has as many rows as was filed."""

import pandas as pd

from tracking.words import language, numbers
from tracking.words.language import Lang

# So many rows that repeat are told one by one.
_MOST = 5


def sentence(row: pd.Series, lang: Lang) -> str:
    """One file, from a row of `backed`; nothing of a file that is no list."""
    if pd.isna(row["listed"]):
        return ""
    values = {"listed": numbers.figure(row["listed"])}
    key = "listed"
    if not pd.isna(row["differs"]):
        key, values["value"] = "differs" if row["differs"] else "agrees", numbers.figure(row["value"])
    again = [] if pd.isna(row["again"]) else [pair.split("=") for pair in str(row["again"]).split()]
    sentences = [language.text(f"evidence.{key}", lang, **values)]
    sentences += [language.text("evidence.again", lang, cell=cell, earlier=earlier) for cell, earlier in again[:_MOST]]
    if len(again) > _MOST:
        sentences.append(language.text("evidence.again_more", lang, count=len(again) - _MOST))
    return language.text("agreed.and", lang).join(sentences)
