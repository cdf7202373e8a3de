"""What only looks like PostgreSQL is refused by its name, before it is asked for anything."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import DatabaseUnavailable, servers

# As each answers to `SELECT version()`, by its own manual.
VERSIONS = {
    "PostgreSQL 15.14 (Debian 15.14-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit": None,
    "PostgreSQL 18.1 on aarch64-unknown-linux-gnu, compiled by gcc 12.2.0, 64-bit": None,
    "(openGauss 5.0.0 build a07d57c3) compiled at 2023-03-29 03:07:56 on aarch64-unknown-linux-gnu": "openGauss",
    "PostgreSQL 9.2.4 (GaussDB Kernel V500R001C20) compiled at 2021-01-01 on x86_64, 64-bit": "GaussDB",
    "KingbaseES V008R006C008B0014 on x86_64-pc-linux-gnu, compiled by gcc": "KingbaseES",
    "CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu, built 2023/09/27 01:53:43)": "CockroachDB",
    "PostgreSQL 11.2-YB-2.20.1.3-b0 on x86_64-pc-linux-gnu, compiled by clang, 64-bit": "YugabyteDB",
    "PostgreSQL 9.4.26 (Greenplum Database 6.25.3) on x86_64-unknown-linux-gnu": "Greenplum",
    "Something 1.0 on x86_64": "Something 1.0",
}


@pytest.mark.parametrize(("version", "name"), VERSIONS.items(), ids=lambda each: str(each)[:20])
def test_a_server_is_known_by_what_it_answers(version: str, name: str | None) -> None:
    assert servers.name(version) == name


def test_a_look_alike_is_refused_and_told_from_one_that_does_not_answer(postgres: Engine) -> None:
    with postgres.begin() as connection:
        connection.execute(sa.text("CREATE SCHEMA disguised"))
        connection.execute(
            sa.text(
                "CREATE FUNCTION disguised.version() RETURNS text LANGUAGE sql AS "
                "$$ SELECT '(openGauss 5.0.0 build a07d57c3) compiled at 2023-03-29' $$"
            )
        )
    path = postgres.url.update_query_dict({"options": "-csearch_path=disguised,pg_catalog,public"})
    with pytest.raises(DatabaseUnavailable) as refused:
        database.connect(path.render_as_string(hide_password=False))
    assert (refused.value.reason, refused.value.detail) == ("look-alike", "openGauss")
