"""Every page under attack in both browsers, and tags as a browser and the build see them."""

from collections import Counter
from random import Random

import pytest

from gradviz_core.publish.links import Document
from tests.browser.attack import assert_all_refused, attacker


@pytest.fixture(scope="module")
def attacked(browser, built, serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacked")
    with attacker(browser, built.site, serve, folder) as attacked:
        yield attacked


def test_every_attack_on_every_page_is_refused(attacked, paths):
    for path in paths:
        assert_all_refused(*attacked.attack(path))


# Of these texts are put together, for a browser to read otherwise than the checker does.
PIECES = [
    "<", ">", "/", "!", "-", "--", '"', "'", "=", " ", "&", "a", "<td>", "</td>", "<span>", "<!--", "-->",
    "--!>", "<![CDATA[", "]]>", "<!", "<?", "</", "<iframe>", "</iframe>", "<IFRAME/", "<title>", "</title>",
    '<b title="', "<b title='", "<noscript>", "</noscript>", '<script type="application/json">',
    "</script>", "</script ", "<svg>", "</svg>", "<math>", "<mtext>", "<desc>", "<p>", "</p>", "<table>",
    "<select>", "<option>", "</b>", " onclick=", "<b/onclick=", '/>', "&lt;", "<br>", "<a ", "<b a=b", "=>",
    '"<', "'<", "<annotation-xml>", "<template>", "</template>", "<textarea>", "<style>", "</style>",
]  # fmt: skip
READ = """(texts) => texts.map((text) => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.contentDocument.write(text);
  frame.contentDocument.close();
  const parsed = new DOMParser().parseFromString(text, "text/html");  // as if there were no script
  const found = ["iframe", "[onclick]"].filter((what) =>
    [frame.contentDocument, parsed].some((page) => page.querySelector(what)));
  frame.remove();
  return found;
})"""


def test_what_a_browser_takes_for_a_tag_the_checker_has_seen(chromium):
    random, seen = Random(7), Counter()
    texts = [
        "".join(random.choices(PIECES, k=random.randint(2, 14))) for _ in range(1000)
    ]
    page = chromium.new_page()
    read = page.evaluate(READ, [f"<!doctype html>{text}" for text in texts])
    page.close()
    for text, found in zip(texts, read, strict=True):
        document = Document(text)
        known = {tag for tag, *_ in document.tags} | {*document.hidden}
        known |= {
            f"[{name}]" for _, attributes, _ in document.tags for name in attributes
        }
        assert {*found} <= known or (document.hidden and found == ["[onclick]"]), text
        seen.update(found)
    assert min(seen["iframe"], seen["[onclick]"]) > 30
