"""The reader of scripts in the playground: when it is loaded, and what is said until then."""

from urllib.parse import urljoin

from browser_fixtures import DESK
from playwright.sync_api import expect
from reading.words import word

from tests.browser.playground import PLAYGROUND, answer
from tests.browser.reader_scripts import OLDER
from tests.browser.script_view import READING, findings


def test_a_script_is_read_from_disk_and_leads_to_a_file(visit, disk):
    page = visit(f"{disk}playground/index.html", DESK, forgotten=True)
    page.locator("#spelling").fill(OLDER)
    link = findings(page).first.locator("a")
    href = urljoin(page.url, link.get_attribute("href"))
    assert href == f"{disk}errata/layout/index.html"


def test_the_reader_of_scripts_comes_after_the_first_plot(visit):
    asked = []

    def listen(page):
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script("""
          new MutationObserver(() => {
            const arrows = document.querySelector('.pictures .arrows')?.getAttribute('d');
            const reader = document.querySelector('script[src$="reader.js"]');
            window.order ??= [];
            if (arrows && !order.includes('plot')) order.push('plot');
            if (reader && !order.includes('reader')) order.push('reader');
          }).observe(document, {subtree: true, childList: true, attributes: true});
        """)

    page = visit(PLAYGROUND, prepare=listen)
    page.wait_for_function("() => gradviz.read")
    assert page.evaluate("order") == ["plot", "reader"]
    names = [url.rpartition("/")[2] for url in asked]
    assert names.index("reader.js") > names.index("playground.js")


def test_a_script_waits_for_its_reader(browser, host):
    waiting = []
    context = browser.new_context(DESK)
    page = context.new_page()
    page.route("**/reader.js", lambda route: waiting.append(route))
    # A page counts as loaded only with the script that is held back here.
    page.goto(host + PLAYGROUND, wait_until="domcontentloaded")
    page.locator("#spelling").fill(OLDER)
    expect(answer(page)).to_have_text(word(f"{READING}.waiting"))
    while not waiting:
        page.wait_for_timeout(20)
    waiting.pop().continue_()
    expect(findings(page)).to_have_count(1)
    context.close()


def test_a_reader_that_does_not_come_is_told(browser, host):
    context = browser.new_context(DESK)
    page = context.new_page()
    page.route("**/reader.js", lambda route: route.abort())
    page.goto(host + PLAYGROUND)
    page.locator("#spelling").fill(OLDER)
    expect(answer(page)).to_contain_text(word(f"{READING}.missing"))
    page.locator("#spelling").fill("np.prod(x)")
    expect(page.locator("#verdict")).to_have_attribute("data-verdict", "blank")
    context.close()
