"""The checklist with as many signs as a guide may have."""

from pathlib import Path

from builds import build, with_signs
from guide.model.guide_file import MOST_SIGNS
from playwright.sync_api import Browser

from browser.conftest import serve


def test_each_sign_of_the_longest_list_ticked_alone_gives_its_own_level(chromium: Browser, guide: Path, tmp_path: Path) -> None:
    """The last one is the last bit of the script's numbers; one more would be the first sign's."""
    with_signs(guide, MOST_SIGNS)
    assert build(guide, tmp_path / "site").returncode == 0
    server = serve(tmp_path / "site")
    tab = chromium.new_page(base_url=f"http://127.0.0.1:{server.server_port}/")
    tab.goto("get-help/")
    given = tab.locator("input[name=sign]").evaluate_all("""(signs) => signs.map((sign) => {
        sign.click();
        const forward = [...document.querySelectorAll(".checklist__cards .is-forward")].map((card) => card.className);
        sign.click();
        return [sign.closest("fieldset").dataset.care, forward];
    })""")
    tab.close()
    server.shutdown()

    assert len(given) == MOST_SIGNS and given[-1][0] == "pharmacist"
    assert [care for care, shown in given if len(shown) != 1 or f"care-card--{care}" not in shown[0].split()] == []
