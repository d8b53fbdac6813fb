"""Every page has a card, which is shown where its address is shared."""

import pytest
from project import BASE_URL
from reading.pages import page, page_files
from reading.records import page_records
from reading.svg import pixels


@pytest.fixture(scope="module")
def urls(built):
    """Every page that has an address of its own."""
    return [url for url in page_files(built.site) if url != "404.html"]


def test_every_page_names_its_own_card_and_no_card_is_left_over(built, urls):
    for url in urls:
        (image,) = page(built.site / url).cssselect("meta[property='og:image']")
        assert image.get("content") == BASE_URL + page_records()[url].card, url
    drawn = {
        path.relative_to(built.site).as_posix()
        for path in built.site.glob("cards/**/*.png")
    }
    assert drawn == {page_records()[url].card for url in urls}


def test_a_card_has_the_size_that_sites_show(built, urls):
    for url in urls:
        assert pixels(built.site / page_records()[url].card).shape == (630, 1200, 3), (
            url
        )
