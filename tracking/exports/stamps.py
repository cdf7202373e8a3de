"""The line below a printed page: what it rests on, so that it can be held against the database later."""

from datetime import date

from sqlalchemy import Engine

import tracking
from tracking import database
from tracking.access import trail
from tracking.words import language
from tracking.words.language import Lang

# Of the rules' SHA-256 so many letters are enough to tell two apart.
RULES = 12


def stamp(engine: Engine, as_of: date, lang: Lang, key: str = "scorecard.stamp") -> str:
    """Data version, day, rules, release and the trail's head, in the words of a key. Raises DatabaseUnavailable."""
    with database.reading(engine) as connection:
        version, head = database.data_version(connection), trail.head(connection).short
    named = {"rules": database.rules()[:RULES], "release": tracking.RELEASE, "trail": head}
    return language.text(key, lang, version=version, day=as_of.isoformat(), **named)
