"""Every code with its words in both languages: ours, and those of the policy in force."""

from sqlalchemy import Engine

from tracking import database
from tracking.results.tables import code_lists
from tracking.words import looks


def test_statuses_are_ours_and_tracks_the_policys(shanghai: Engine) -> None:
    with database.reading(shanghai) as connection:
        rows = code_lists.code_lists(connection)
    assert list(rows.columns) == list(code_lists.COLUMNS)
    by_column = rows.set_index(rows.columns[0])
    assert set(by_column.loc["status"].iloc[:, 0]) >= set(looks.STATUSES)
    tracks = by_column.loc["track"].to_numpy().tolist()
    assert ["branding", "品牌化", "Branding"] in tracks
    # Each code of a column once, and none without its words.
    assert not rows.duplicated(list(rows.columns[:2])).any()
    assert (rows.iloc[:, 2:] != "").all(axis=None)
