"""The two readers of scripts: what Python says of a text, and the browser's, run by node."""

import ast
from collections import Counter
from functools import cache

from unit import interpreter

from gradviz_core.checker.outputs import Json
from gradviz_core.checker.readings import FileReading
from gradviz_core.checker.wording import Wording
from gradviz_core.scripts.reading import read
from gradviz_core.scripts.unread_reasons import Unreadable


def published_script():
    """The text of static/gradviz.js, as the site has it."""
    return interpreter.published_scripts()["static/gradviz.js"]


# Several tests ask of each script what Python's reader says: it is read once for all.
reading_of = cache(read)


@cache
def said_by_python(text):
    """What Python finds in a script, as `check --json` says it; None if it is unreadable."""
    try:
        reading = reading_of(text)
    except Unreadable:
        return None
    output = Json(Wording("en"))
    output.write(FileReading("", findings=reading.findings))
    findings = output.record["findings"]
    for finding in findings:
        del finding["path"]
    return findings


def said_by_the_browser(script, texts):
    """What the published script says of texts, and how long it took."""
    return interpreter.ask("read.js", texts, str(script))


def check_agreement(script, texts):
    """Both readers find the same in each text; count what came of them."""
    outcomes = Counter()
    for text, answer in zip(texts, said_by_the_browser(script, texts), strict=True):
        assert "crash" not in answer, (text, answer)
        result = answer["result"]
        findings = said_by_python(text)
        if findings is None:  # the browser may take what Python refuses
            outcomes["unreadable"] += 1
            continue
        assert result["findings"] == findings, text
        outcomes["read"] += 1
        outcomes.update(finding["code"] for finding in findings)
        outcomes["spelled"] += sum(
            f["spelling"] is not None for f in result["functions"]
        )
    return outcomes


# Syntax trees

NO_NODES = ast.expr_context | ast.operator | ast.unaryop | ast.boolop | ast.cmpop

# Of these, Python does not say where they are, or the browser does not.
WITHOUT_PLACE = {"Module", "arguments", "comprehension", "withitem", "match_case"}
WITHOUT_PLACE |= {"alias", "keyword"}
# These say whether they are read or set.
WITH_CONTEXT = ast.Name | ast.Attribute | ast.Subscript


def rows_of_python(text):
    """A row for each node of Python's own tree, as tree.js gives them."""
    tree = ast.parse(text)
    lines = text.split("\n")
    patterns = _patterns_in(tree)
    nodes = [
        node
        for node in ast.walk(tree)
        if not isinstance(node, NO_NODES) and node not in patterns
    ]
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            for inner in ast.walk(node):
                ast.copy_location(inner, node)
    return [_row(node, lines) for node in nodes]


def _patterns_in(tree):
    """What stands behind `case`: the browser passes over it."""
    return {
        node
        for case in ast.walk(tree)
        if isinstance(case, ast.match_case)
        for node in ast.walk(case.pattern)
    }


def _row(node, lines):
    kind = type(node).__name__
    place = None
    if kind not in WITHOUT_PLACE:
        start = _units_before(lines, node.lineno, node.col_offset)
        end = _units_before(lines, node.end_lineno, node.end_col_offset)
        place = [node.lineno, start, node.end_lineno, end]
    names = [getattr(node, field, None) for field in ("id", "attr", "arg", "name")]
    name = next((name for name in names if isinstance(name, str)), None)
    operators = [getattr(node, "op", None), *getattr(node, "ops", [])]
    operators = [type(operator).__name__ for operator in operators if operator]
    value = _constant(node.value) if isinstance(node, ast.Constant) else None
    ctx = type(node.ctx).__name__ if isinstance(node, WITH_CONTEXT) else None
    return [kind, place, name, operators, value, ctx]


def _units_before(lines, line, offset):
    """How many code units of UTF-16 stand before an offset in bytes."""
    before = lines[line - 1].encode()[:offset].decode()
    return len(before.encode("utf-16-le")) // 2


def _constant(value):
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if value is ...:
        return "..."
    kinds = {str: "str", bytes: "bytes", complex: "complex"}
    return kinds.get(type(value), str(value))


def check_trees(texts):
    """Both parsers give the same tree of each text that is Python."""
    answers = interpreter.ask("tree.js", texts)
    for text, answer in zip(texts, answers, strict=True):
        try:
            expected = rows_of_python(text)
        except SyntaxError:
            continue
        assert "rows" in answer, (text, answer)
        found = [_like_python(row) for row in answer["rows"]]
        for one, other in zip(found, expected, strict=True):
            assert one == other, text


def _like_python(row):
    """A row of tree.js, without what Python does not say in the same way."""
    kind, place, name, operators, value, ctx = row
    if kind in WITHOUT_PLACE:
        place = None
    if value is not None and kind == "Constant" and value[:1].isdigit():
        value = float(value)
    if value == "Infinity":
        value = float("inf")
    return [kind, place, name, operators, value, ctx]
