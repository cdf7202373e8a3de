"""Where the data are and in which language a command speaks."""

import click
from sqlalchemy import Engine

from tracking import database
from tracking.access import accounts, acts, people
from tracking.words.language import LANGUAGES, Lang, text

REFUSED, UNUSABLE = 1, 3


class Settings:
    """What is chosen for every command: by option before or after it, else by the environment."""

    def __init__(
        self, database: str = database.DEFAULT_URL, lang: Lang = LANGUAGES[0], acting: str | None = None
    ) -> None:
        self.database = database
        self.lang = lang
        # The account that a command acts for; None: the machine's keeper, who is whoever can open the database.
        self.acting = acting
        self._opened: list[Engine] = []

    def say(self, key: str, **values: object) -> str:
        """A sentence in the chosen language."""
        return text(f"command.{key}", self.lang, **values)

    def engine(self, *, create: bool = False) -> Engine:
        """The database, and what had to be mended of it told; as the account sees it that the command acts for.

        Raises DatabaseUnavailable, UnknownAccount.
        """
        engine = self.keep(database.connect(self.database, create=create))
        for each in database.found(engine):
            click.echo(text(f"mended.{each.kind}", self.lang, load=each.load_id, rows=each.rows), err=True)
        if self.acting is None:
            return engine
        with database.reading(engine) as connection:
            person = people.as_of_now(connection, accounts.number_of(connection, self.acting))
        return people.seen_by(engine, person or people.NOBODY)

    def keepers(self, *, create: bool = False) -> Engine:
        """The database for what is the keeper's alone. Raises DatabaseUnavailable, Forbidden for an account."""
        if self.acting is not None:
            raise acts.Forbidden("keep")
        return self.engine(create=create)

    def keep(self, engine: Engine) -> Engine:
        """The engine, closed when the command is done."""
        self._opened.append(engine)
        return engine

    def close(self) -> None:
        """Let go of the database: a DuckDB file has one owner."""
        for engine in self._opened:
            engine.dispose()
