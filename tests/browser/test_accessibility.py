"""No page keeps anybody out: axe-core finds no serious fault in what the project puts on it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open
from tests.browser.test_pages import SAYS

pytestmark = pytest.mark.browser

# What Streamlit itself draws: its header, its tables on a canvas, the inside of its controls.
STREAMLIT_S_OWN = [["[data-testid=stHeader]"], ["[data-testid=stDataFrame]"], ["[data-testid=stElementToolbar]"]]


@pytest.mark.parametrize(("lang", "width", "scheme"), [("zh", 1440, "light"), ("en", 390, "dark")])
@pytest.mark.parametrize("path", SAYS, ids=lambda path: path.split("?")[0] or "overview")
def test_nothing_serious_is_wrong_with_a_page(visit: Open, path: str, lang: str, width: int, scheme: str) -> None:
    page = visit(path, width=width, lang=lang, scheme=scheme)
    found = Axe().run(page, context={"exclude": STREAMLIT_S_OWN}).response["violations"]
    serious = [
        (each["id"], each["impact"], node["target"], node["html"][:160], node.get("failureSummary", "")[:300])
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
    assert serious == []
