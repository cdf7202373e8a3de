"""Which figures are far above those of every other space of a track, worked by hand: ten times is far here."""

import pandas as pd
import pytest

from tracking.filing.interpreting import among_others


def far(filed: list[tuple[str, int]], stored: list[tuple[str, int]] = [], tracks: dict[str, str] | None = None) -> dict:  # noqa: B006
    """By space the highest of others that its figure is far above, of figures of one metric and year."""
    observations = pd.DataFrame(
        {
            "space_id": pd.Categorical([space for space, _ in filed]),
            "year": 2024,
            "metric": pd.Categorical(["mentors"] * len(filed)),
            "value": pd.array([value for _, value in filed], dtype="Int64"),
        }
    )
    on = tracks or {space: "north" for space, _ in filed}
    enrolled = pd.DataFrame([(space, track) for space, all_of in on.items() for track in all_of.split()])
    beside = pd.DataFrame(
        [(track, 2024, "mentors", value) for track, value in stored], columns=["track", "year", "metric", "value"]
    )
    peers = (enrolled.set_axis(["space_id", "track"], axis=1), beside)
    found = among_others.far_above(observations, observations.index.to_numpy(), lambda _: peers, 10)
    return {filed[number][0]: highest for number, highest in found}


@pytest.mark.parametrize(
    ("filed", "stored", "expected"),
    [
        pytest.param([("A", 100), ("B", 10)], [], {"A": 10}, id="exactly ten times"),
        pytest.param([("A", 99), ("B", 10)], [], {}, id="less than ten times"),
        pytest.param([("A", 500), ("B", 500), ("C", 5)], [], {}, id="two alike are far above nobody"),
        pytest.param([("A", 500)], [], {}, id="nobody beside it"),
        pytest.param([("A", 500), ("B", 0)], [], {}, id="nothing is no measure"),
        pytest.param([("A", 500), ("B", 5)], [("north", 60)], {}, id="somebody stored more"),
        pytest.param([("A", 500), ("B", 5)], [("north", 50)], {"A": 50}, id="the stored one is the highest"),
        pytest.param([("A", 500), ("B", 5)], [("south", 60)], {"A": 5}, id="stored on another track"),
    ],
)
def test_a_figure_is_held_against_the_highest_of_any_other_space(
    filed: list[tuple[str, int]], stored: list[tuple[str, int]], expected: dict[str, int]
) -> None:
    assert far(filed, stored) == expected


def test_a_space_on_two_tracks_is_held_against_each() -> None:
    filed = [("A", 100), ("B", 10), ("C", 90)]
    assert far(filed, tracks={"A": "north south", "B": "north", "C": "south"}) == {"A": 10}
    assert far(filed, tracks={"A": "south", "B": "north", "C": "south"}) == {}
