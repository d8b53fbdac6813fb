"""Every page on paper: where it comes from, and where its links lead."""

from browser_fixtures import PHONE, Chromium
from project import BASE_URL

from tests.browser.test_paper import ADDED, SPELLED_OUT


def test_every_page_spells_out_where_its_links_lead(chromium, host, distinct):
    context = Chromium(chromium).new_context(PHONE)
    page = context.new_page()
    page.emulate_media(media="print")
    for path in distinct:
        folder = path.removesuffix("index.html")
        page.goto(host + folder)
        if path != "404.html":
            assert page.evaluate(ADDED) == f'"{BASE_URL}{folder}"'
        for link, content in page.evaluate(SPELLED_OUT):
            address = link.replace(host, BASE_URL).partition("#f=")[0]
            typed = {address, address.removesuffix("/")}  # a browser adds the slash
            assert content in {f'" ({each})"' for each in typed}, path
    context.close()
