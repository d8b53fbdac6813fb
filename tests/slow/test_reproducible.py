"""Equal sources give equal bytes, whatever else differs: one test for each thing that may."""

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


def test_another_path(otherwise):
    otherwise(name="für uns/a b'c/{{ x }}/" + "deep/" * 20)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", ":nonsense"])
def test_another_time_zone(otherwise, zone):
    otherwise(TZ=zone)


def test_another_locale(otherwise):
    otherwise(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")


@pytest.mark.parametrize("language", ["tr_TR.UTF-8", "ko_KR.UTF-8"])
def test_another_language(otherwise, language):
    otherwise(LC_ALL=language, LANG=language, LANGUAGE="ko")


@pytest.mark.parametrize("seed", ["0", "4294967295"])
def test_another_hash_seed(otherwise, seed):
    otherwise(PYTHONHASHSEED=seed)


@pytest.mark.parametrize("umask", [0o000, 0o077], ids=oct)
def test_another_umask(otherwise, umask):
    with masked(umask):
        otherwise()


@pytest.mark.parametrize("home", ["", "/nonexistent"])
def test_another_home(otherwise, home):
    otherwise(HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home)


def test_a_home_with_settings_of_its_own(otherwise, tmp_path):
    settings = (
        "axes.facecolor: red\nsvg.hashsalt: other\nfont.size: 30\nbackend: nonsense\n"
    )
    (tmp_path / "matplotlibrc").write_text(settings)
    otherwise(
        HOME=str(tmp_path), MPLCONFIGDIR=str(tmp_path), MATPLOTLIBRC=str(tmp_path)
    )


def test_a_folder_with_settings_of_its_own(otherwise, tmp_path):
    (tmp_path / "gradviz").mkdir()
    (tmp_path / "gradviz/matplotlibrc").write_bytes(b"\xff\xfe")
    otherwise("--no-cache")


def test_another_user_name(otherwise):
    project = otherwise(
        USER="nobody-else", LOGNAME="nobody-else", USERNAME="nobody-else"
    )
    assert told_of(project, {"nobody-else"}) == set()


def test_another_machine(otherwise):
    otherwise(first=MACHINE)


def test_another_clock(otherwise):
    otherwise(first=CLOCK)


@pytest.mark.parametrize("count", [1, 64])
def test_another_number_of_processors(otherwise, count):
    otherwise("--jobs", str(count), first=PROCESSORS.format(count))


def test_another_order_of_directories(otherwise):
    otherwise(first=ORDER)


@pytest.mark.parametrize("seconds", ["0", "99999999999"])
def test_any_date_for_the_sources(otherwise, seconds):
    """Nothing that is published depends on a clock, so none of these is seen."""
    otherwise(SOURCE_DATE_EPOCH=seconds)


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
