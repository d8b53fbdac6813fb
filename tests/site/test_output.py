"""The built site has the files of the contract, and nothing that it should not have."""

import json
import re
from pathlib import Path

import oracle
import pytest
from project import POLICY, ROOT

PICTURES = ("correct", "buggy", "correct-autoscale", "buggy-autoscale")


def test_the_files_of_the_contract_are_there(built):
    files = built.files()
    expected = {
        "index.html", "404.html", "errata/index.html", "errata/layout/index.html",
        "tutorial/index.html", "functions/index.html", "playground/index.html",
        "data/functions.json", "errata.json", ".nojekyll", ".gitignore",
        "static/gradviz.js", "sitemap.xml", "robots.txt", "feed.xml",
    }  # fmt: skip
    for name in oracle.functions():
        expected.add(f"functions/{name}/index.html")
        expected.add(f"downloads/{name}.py")
        for picture in PICTURES:
            expected.add(f"figures/{name}-{picture}.svg")
            expected.add(f"figures/{name}-{picture}.png")
    assert expected <= set(files)
    assert {
        "sum_of_squares", "sum_of_squares_indexed", "product", "sine_of_product",
    } <= {*oracle.functions()}  # fmt: skip


def test_the_data_of_functions_has_the_fields_of_the_contract(built):
    record = json.loads(built.page("data/functions.json"))
    assert {*record} == {"grid", "step", "functions"}
    by_name = {entry["name"]: entry for entry in record["functions"]}
    assert {*by_name["product"]} == {"name", "title", "spelling", "gradient", "layouts"}
    assert {*by_name["bowl"]} == {
        *by_name["product"],
        "grid",
    }  # which has one of its own
    for layout in oracle.LAYOUTS:
        assert {*by_name["product"]["layouts"][layout]} == {*oracle.STATISTICS}


def test_every_page_begins_with_the_content_policy(built):
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    for name, content in built.files().items():
        if name.endswith(".html"):
            before, found, _ = content.decode().partition(policy)
            assert found, name
            assert "<script" not in before, name
            assert "<link" not in before, name


def test_the_page_for_what_is_not_found_begins_its_links_at_the_root(built):
    links = re.findall(r'\s(?:href|src)="([^"#]+)"', built.page("404.html"))
    own = [link for link in links if "://" not in link]
    assert "/repo/static/site.css" in own
    assert all(link.startswith("/repo/") for link in own)


def test_no_path_of_the_machine_is_published(built):
    for name, content in built.files().items():
        assert str(built.root).encode() not in content, name
        assert str(Path.home()).encode() + b"/" not in content, name


@pytest.mark.parametrize("role", ["correct", "buggy"])
def test_the_pictures_of_the_readme_are_those_of_the_site(built, role):
    name = f"product-{role}-autoscale.svg"
    picture = (ROOT / "docs" / name).read_bytes()
    assert picture == built.files()[f"figures/{name}"], f"cp site/figures/{name} docs/"


def test_two_pictures_that_are_said_to_be_equal_are(built):
    files = built.files()
    one, two = (
        files[f"figures/errata/autoscale/mean-{number}.svg"] for number in (1, 2)
    )
    assert one == two


def test_scripts_are_published_without_comments_and_margins(built):
    scripts = [
        name
        for name in built.files()
        if name.startswith("static/") and name.endswith(".js")
    ]
    assert len(scripts) > 3
    for name in scripts:
        for line in built.page(name).splitlines():
            assert line == line.strip(), name
            assert line, name
            assert not line.startswith(("//", "/*")), name
