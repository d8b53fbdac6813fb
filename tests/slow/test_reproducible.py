"""Equal sources give equal bytes: a larger project, the whole site, and odd surroundings.

site/test_reproducible.py changes all at once that differs between machines: path, user, clock,
time zone, language, hash seed, umask, processors. Here most of these have yet other values. That
no two of these undo each other is not tried: each changes something else.
"""

import pytest
from project import BASE_URL, REGISTRY, cold, copied
from surroundings import (
    CLOCK,
    MACHINE,
    NAMES,
    ORDER,
    PROCESSORS,
    assert_equal_bytes,
    built_otherwise,
    elsewhere,
    masked,
    told_of,
)


@pytest.fixture(scope="module")
def source(model, tmp_path_factory):
    """A project that has every page to render and some figures of each kind to draw."""
    project = copied(tmp_path_factory.mktemp("source") / "gradviz", model.root)
    project.replace(REGISTRY, "[plane]\n", "[plane]\ngrid = [-1, 3, 1]\n")
    project.replace("templates/base.html", "<main", "<!-- edited --><main")
    project.replace("templates/function.html", "{%", "{# edited #}{%")
    return project


@pytest.fixture(scope="module")
def reference(source, tmp_path_factory):
    return built_otherwise(source, tmp_path_factory.mktemp("reference")).files()


@pytest.fixture
def otherwise(source, reference, tmp_path):
    """Build the same in other surroundings: equal bytes are expected. Gives the project."""

    def build(*arguments, **surroundings):
        project = built_otherwise(source, tmp_path, *arguments, **surroundings)
        assert_equal_bytes(project, reference)
        return project

    return build


@pytest.mark.parametrize("home", ["", "/nonexistent"])
def test_another_home(otherwise, home):
    otherwise(HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home)


def test_a_folder_with_settings_of_its_own(otherwise, tmp_path):
    (tmp_path / "gradviz").mkdir()
    (tmp_path / "gradviz/matplotlibrc").write_bytes(b"\xff\xfe")
    otherwise("--no-cache")


def test_settings_and_many_processors(otherwise, tmp_path):
    settings = (
        "axes.facecolor: red\nsvg.hashsalt: other\nfont.size: 30\nbackend: nonsense\n"
    )
    (tmp_path / "matplotlibrc").write_text(settings)
    with masked(0o000):
        otherwise(
            "--jobs", "4", "--no-cache", first=PROCESSORS.format(64),
            HOME=str(tmp_path), MPLCONFIGDIR=str(tmp_path), MATPLOTLIBRC=str(tmp_path),
            TZ=":nonsense", LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8", LANGUAGE="ko",
            PYTHONHASHSEED="4294967295", SOURCE_DATE_EPOCH="99999999999",
        )  # fmt: skip


def test_another_clock_and_machine_and_order_of_directories(otherwise):
    otherwise(first=CLOCK + MACHINE + ORDER)


TELLING = """
```pycon
>>> import getpass, os, platform, socket, tempfile
>>> told = [platform.node(), platform.release(), getpass.getuser(), os.path.abspath("..")]
>>> told += [os.path.expanduser("~"), tempfile.gettempdir()]
```

{% for word in (page | session).told %}
<code>{{ word }}</code>
{% endfor %}
"""


def test_what_tells_of_the_machine_would_be_found(source, tmp_path):
    project = copied(tmp_path / "source", source.root)
    project.append("content/about.md", TELLING)
    surroundings = elsewhere(tmp_path)
    telling = built_otherwise(
        project, tmp_path, first=MACHINE, name="other-root", **surroundings
    )
    assert told_of(telling, {*NAMES}) == {("about/index.html", word) for word in NAMES}


def test_the_whole_site_elsewhere_has_the_same_bytes(built, tmp_path):
    project = cold(tmp_path / "elsewhere" / "deep")
    with masked(0o077):
        project.rebuild(
            "--base-url", BASE_URL, "--time-limit", "0",
            TZ="Asia/Tokyo", PYTHONHASHSEED="7", LC_ALL="C", HOME="/nonexistent", USER="nobody",
        )  # fmt: skip
    assert_equal_bytes(project, built.files())
