"""Where the data are and in which language a command speaks."""

import click
from sqlalchemy import Engine

from tracking import database
from tracking.words.language import LANGUAGES, Lang, text

REFUSED, UNUSABLE = 1, 3


class Settings:
    """What is chosen for every command: by option before or after it, else by the environment."""

    def __init__(self) -> None:
        self.database = database.DEFAULT_URL
        self.lang: Lang = LANGUAGES[0]
        self._opened: list[Engine] = []

    def say(self, key: str, **values: object) -> str:
        """A sentence in the chosen language."""
        return text(f"command.{key}", self.lang, **values)

    def engine(self, *, create: bool = False) -> Engine:
        """The database, and what had to be mended of it told. Raises DatabaseUnavailable."""
        engine = self.keep(database.connect(self.database, create=create))
        for each in database.found(engine):
            click.echo(text(f"mended.{each.kind}", self.lang, load=each.load_id, rows=each.rows), err=True)
        return engine

    def keep(self, engine: Engine) -> Engine:
        """The engine, closed when the command is done."""
        self._opened.append(engine)
        return engine

    def close(self) -> None:
        """Let go of the database: a DuckDB file has one owner."""
        for engine in self._opened:
            engine.dispose()
