"""What is kept of a password, and which are refused."""

import pytest

from tracking.access import passwords


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevenchars", "short"),
        ("twelve chars", None),
        ("x y z w v u t " * 15, "long"),
        ("my-name-is-Wang-12", "name"),
        ("password12345!", "common"),
        ("abcabcabcabcabc", "common"),
        ("four lively herons dance", None),
    ],
)
def test_a_password_is_refused_for_its_length_its_name_and_what_everybody_takes(
    password: str, reason: str | None
) -> None:
    assert passwords.weakness(password, "wang") == reason


def test_a_first_password_is_no_weak_one_and_another_each_time() -> None:
    first, second = passwords.first(), passwords.first()
    assert first != second
    assert [len(part) for part in first.split("-")] == [5, 5, 5, 5]
    assert passwords.weakness(first, "wang") is None


def test_what_is_kept_fits_its_password_alone() -> None:
    kept = passwords.hashed("four lively herons dance")
    assert passwords.fits(kept, "four lively herons dance")
    assert not passwords.fits(kept, "four lively herons Dance")
    assert kept.startswith("$argon2id$")
    assert not passwords.fits("no hash", "")
