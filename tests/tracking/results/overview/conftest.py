"""The overview's filters."""

import pytest

from tests.tracking.results.overview.about import APPROVED, Scope

SCOPES = [{}, {"track": "branding", "district": "北区（示例）"}, {"phase": "construction"}, APPROVED]


@pytest.fixture(params=SCOPES, ids=lambda scope: "-".join(map(str, scope.values())) or "everything")
def scope(request: pytest.FixtureRequest) -> Scope:
    """Each filter once."""
    return request.param
