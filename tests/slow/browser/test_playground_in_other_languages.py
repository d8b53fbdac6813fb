"""What the playground says in Japanese, `make test` holds; here it is asked in the others."""

import pytest
from browser_fixtures import DESK

from tests.browser.playground import settled
from tests.browser.test_playground_languages import said_in_answer
from tests.unit.script_cases import CASES


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
@pytest.mark.parametrize("language", ["ko", "zh"])
def test_nothing_is_said_in_english(visit, language):
    page = visit(f"{language}/playground/", DESK)
    settled(page)
    heard, left = said_in_answer(page, [text for text, _ in CASES.values()])
    assert left == {}
    assert len(heard) > 250
