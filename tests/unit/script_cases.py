"""Scripts as readers have them, tests/cases/scripts.txt, and the parts they are made of."""

from dataclasses import dataclass

from unit.tables import table


@dataclass(frozen=True)
class Expected:
    """A finding: its code and severity, the text of its line, and the mended lines."""

    code: str
    form: str | None  # of its message, where the table names it
    severity: str
    at: str  # what stands in its line
    fix: str | None


@dataclass(frozen=True)
class Unread:
    """What is not followed: the code of the reason, and the text of its line."""

    code: str
    at: str
    by: str  # unread, by both readers, or page, by the browser alone


def _unread(title):
    by_and_code, _, at = title.partition(": ")
    by, code = by_and_code.split()
    return Unread(code, at, by)


def _is_unread(title):
    return title.startswith(("unread ", "page "))


def _is_finding(title):
    return title.startswith(("error ", "warning ", "note "))


def _expected(title, lines):
    said, _, at = title.partition(": ")
    severity, code, *forms = said.split()
    form = forms[0] if forms else None
    return Expected(code, form, severity, at, lines or None)


PARTS, _TABLE = table("scripts.txt")

# Texts with their findings, and texts in which nothing is wrong.
CASES = {
    name: (
        case.text,
        [_expected(*each) for each in case.expected if _is_finding(each[0])],
    )
    for name, case in _TABLE.items()
    if ("nothing", "") not in case.expected
}
RIGHT = {name: case.text for name, case in _TABLE.items() if name not in CASES}

# What is unread in each.
UNREAD = {
    name: [_unread(title) for title, _ in case.expected if _is_unread(title)]
    for name, case in _TABLE.items()
}

# Those in which no routine is called.
WITHOUT_CALL = {
    name for name, case in _TABLE.items() if ("no call", "") in case.expected
}

IMPORTS = PARTS["imports"]
ONE_POINT = PARTS["one point"]
MANY_POINTS = PARTS["many points"]
ROUTINE = PARTS["routine"]
PRODUCT = PARTS["product"]
SQUARES = PARTS["squares"]
GRID = PARTS["the book's grid"]
COARSE_GRID = PARTS["grid"]
WHOLE_GRID = GRID.replace("np.arange(-2, 2.5, 0.25)", "np.arange(-2, 3)")
SHORT_GRID = GRID + "X, Y = X.astype(np.float32), Y.astype(np.float32)\n"
PLOT = PARTS["plot"]
BY_COLUMNS = PARTS["plot by columns"]
BY_COORDINATE = PARTS["routine for coordinates"]
BY_NDITER = PARTS["routine for one array"]
DESCENT = PARTS["descent"]
TANGENT = PARTS["tangent"]
HILL = PARTS["hill"]


def call(text):
    return f"grad = numerical_gradient({text}\n"


WITHOUT = call("f, np.array([X, Y]))")
WITH_BOTH = call("f, np.array([X, Y]).T).T")
