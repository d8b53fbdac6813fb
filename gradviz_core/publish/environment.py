"""Environment: Jinja as this site uses it, and what it takes for an error."""

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from numbers import Real
from pathlib import Path
from typing import Any, NamedTuple

import jinja2.meta
import jinja2.sandbox
from jinja2.debug import rewrite_traceback_stack

from gradviz_core.content.listings import COMMENT
from gradviz_core.errors import ContentError
from gradviz_core.publish.cache import Cache, key_of
from gradviz_core.texts import blank, line_at

# What pages call is marked so if it needs to know which page that is.
in_context = jinja2.pass_context
Context = jinja2.runtime.Context
Environment = jinja2.Environment

# Raised where something cannot be computed, and where a name is unknown.
ComputingError = jinja2.TemplateRuntimeError
UnknownName = jinja2.UndefinedError
TemplateError = jinja2.TemplateError  # both of these, and whatever else Jinja raises

# A block that needs an end, in Jinja's words.
UNCLOSED = re.compile("innermost block that needs to be closed is '(.*)'")

# What is set to a value needs no end.
SET_TO_A_VALUE = r"set\b[^%]*="

JINJA_WORDS = ("not", "none", "true", "false", "loop")

# The types that an expression of a page may have: those that people can read.
READABLE_TYPES = (
    str,
    Real,
    tuple,
    jinja2.Undefined,
    jinja2.environment.TemplateModule,
)
UNREADABLE_TEXTS = {"None", "True", "False", "nan", "inf", "-inf", "−inf"}
UNREADABLE = jinja2.StrictUndefined("an expression gives nothing that people can read")


class UnknownField(jinja2.UndefinedError):
    """A field that a table lacks, where an expression needs it."""

    def __init__(self, table: Mapping[str, Any], field: str) -> None:
        self.table = table
        self.field = field
        super().__init__(f"there is no {field} here")


class Unknown(jinja2.StrictUndefined):
    """A name that has no value, or a field that a table lacks."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = jinja2.utils.missing,
        name: str | None = None,
        exc: Callable[[str], Exception] = UnknownName,
    ) -> None:
        super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]
        if hint is None and isinstance(obj, dict) and isinstance(name, str):
            # Called with a message, as the class of an error is.
            self._undefined_exception = lambda _: UnknownField(obj, name)  # type: ignore[assignment]


class CompiledTemplates(jinja2.BytecodeCache):
    """A cache of compiled templates.

    Parameters
    ----------
    cache : Cache
        Where they are kept.
    code : str
        A key of the code, since another version of Jinja compiles in another way.
    """

    def __init__(self, cache: Cache, code: str) -> None:
        self.cache = cache
        self.code = code

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of a template as its key.

        Jinja would add its path, which need not be Unicode.
        """
        return name

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Load the bytecode of a template, if the cache has it."""
        bytecode = self.cache.find(self._key(bucket))
        if bytecode is not None:
            bucket.bytecode_from_string(bytecode)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Store the bytecode of a template."""
        self.cache.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: jinja2.bccache.Bucket) -> str:
        return key_of("template", self.code, bucket.key, bucket.checksum)


def new_environment(
    templates: Path,
    names: Mapping[str, Any],
    filters: Mapping[str, Callable[..., Any]],
    compiled: CompiledTemplates | None = None,
) -> jinja2.sandbox.SandboxedEnvironment:
    """Return the environment in which the pages of a site are rendered.

    Parameters
    ----------
    templates : Path
        The folder of the templates.
    names : mapping of str to object
        What every page may name.
    filters : mapping of str to callable
        What a value may be sent through.
    compiled : CompiledTemplates, optional
        Where compiled templates are kept.
    """
    # Pages are rendered in several processes: what one could change of the functions,
    # words and pages that all are given would show in some and not in others.
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(templates, encoding="utf-8-sig"),
        autoescape=lambda name: not str(name).endswith(".txt"),
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # a constant is then judged as any expression, at its line
        bytecode_cache=compiled,
        finalize=jinja2.pass_context(lambda context, value: _readable(value)),
    )
    environment.filters.update(filters)
    # Data for scripts keeps its order: of several messages, the first that fits counts.
    environment.policies["json.dumps_kwargs"] = {}
    # No page may depend on chance.
    del environment.filters["random"]
    del environment.globals["lipsum"]
    environment.globals.update(names)
    return environment


def _readable(value: Any) -> Any:
    """Return the value of an expression if people can read it."""
    if isinstance(value, READABLE_TYPES) and str(value) not in UNREADABLE_TEXTS:
        return value
    return UNREADABLE


def compute_expressions(
    environment: Environment, body: str, source: str, terms: Mapping[str, Any]
) -> str:
    """Compute the expressions in the text of a page.

    Parameters
    ----------
    environment : Environment
        The environment of the site.
    body : str
        The text.
    source : str
        The path of its file: in a traceback, lines of the text are lines of this file.
    terms : mapping of str to object
        What the page may name beside what all may.
    """
    code = environment.compile(body, source, source)
    template = jinja2.Template.from_code(environment, code, environment.globals)
    return template.render(terms)


class NamedValue(NamedTuple):
    """A value that an expression of a page names, as `s.zero`, and its line."""

    name: str
    line: int
    is_set_by_page: bool  # with `{% set %}`; the page was given any other one


def named_values(environment: Environment, body: str) -> tuple[NamedValue, ...]:
    """Return the values that the expressions of a page name, in their order.

    Variables of loops are left out, and so are the words of the interface, of which
    each language has its own.
    """
    tree = environment.parse(body)
    set_by_page = _names_set_by(tree)
    given = jinja2.meta.find_undeclared_variables(tree) - {"words"}
    return tuple(
        NamedValue(name, line, root in set_by_page)
        for name, line in _dotted_names(tree)
        if (root := name.partition(".")[0]) in given | set_by_page
    )


def _names_set_by(tree: jinja2.nodes.Template) -> set[str]:
    """Return the names to which a page assigns."""
    assigned = [each.target for each in tree.find_all(jinja2.nodes.Assign)]
    filled = [each.target for each in tree.find_all(jinja2.nodes.AssignBlock)]
    targets = [*assigned, *filled]
    return {each.name for each in targets if isinstance(each, jinja2.nodes.Name)}


def _dotted_names(node: jinja2.nodes.Node) -> Iterator[tuple[str, int]]:
    """Yield each name that is read below a node, with its attributes, and its line."""
    attributes = ""
    named = node
    while isinstance(named, jinja2.nodes.Getattr):
        attributes = f".{named.attr}{attributes}"
        named = named.node
    if not isinstance(named, jinja2.nodes.Name):
        for child in node.iter_child_nodes():
            yield from _dotted_names(child)
    elif named.ctx == "load":
        yield f"{named.name}{attributes}", node.lineno


def error_in(error: Exception, source: str, root: Path) -> ContentError:
    """Turn what was raised into an error at a line of a page or a template.

    Parameters
    ----------
    error : Exception
        What was raised while a page was computed, or its template filled.
    source : str
        The path of the page.
    root : Path
        The folder in which templates/ stands.
    """
    path, line = place_of_error(error, source, root)
    path = path.removeprefix(f"{root}/")
    if unclosed := _unclosed_block(error):
        name, line = unclosed
        what = f"{{% {name} %}} is not closed"
        return ContentError(path, line, what, f"add {{% end{name} %}}")
    if isinstance(error.__cause__, UnknownName):
        error = error.__cause__  # NumPy hides it behind an error of its own
    what = str(error)
    if isinstance(error, UnknownField):
        near = get_close_matches(error.field, error.table, n=1)
        others = f"did you mean {near[0]}?" if near else "correct the name"
        return ContentError(path, line, what, others)
    if not isinstance(error, jinja2.TemplateError):
        what = f"{type(error).__name__}: {error}"
    is_name = isinstance(error, jinja2.UndefinedError | LookupError)
    fix = f"correct the {'name' if is_name else 'expression'}"
    return ContentError(path, line, what, fix)


def _unclosed_block(error: Exception) -> tuple[str, int] | None:
    """Return the innermost block that is open where Jinja stopped, and its line.

    Jinja itself gives the line where it stopped, often the last one of the page.
    """
    if not isinstance(error, jinja2.TemplateSyntaxError):
        return None
    unclosed = UNCLOSED.search(error.message or "")
    if not unclosed or not error.source:
        return None
    name = unclosed[1]
    read = "\n".join(blank(COMMENT, error.source).split("\n")[: error.lineno])
    open_lines = []
    for tag in re.finditer(rf"\{{%[-+]?\s*(?!{SET_TO_A_VALUE})(end)?{name}\b", read):
        if not tag[1]:
            open_lines.append(line_at(read, tag.start()))
        elif open_lines:
            open_lines.pop()
    return (name, open_lines[-1]) if open_lines else None


def place_of_error(
    error: BaseException, source: str, root: Path
) -> tuple[str, int | None]:
    """Return the line of the author's own that raised, if there is one.

    To be called while the error is handled.
    """
    if not isinstance(error, Exception):
        # For any Exception, Jinja itself has replaced the lines of its code by those of
        # the template.
        error = rewrite_traceback_stack()
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.filename or source, error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    in_page = [frame for frame in frames if frame.filename == source]
    if in_page:
        return source, in_page[-1].lineno
    templates = f"{root}/templates/"
    in_templates = [frame for frame in frames if frame.filename.startswith(templates)]
    if in_templates:
        return in_templates[-1].filename, in_templates[-1].lineno
    return source, None


def jinja_names() -> dict[str, str]:
    """Return the names that Jinja itself gives a meaning, each with what it is."""
    names = dict.fromkeys(jinja2.defaults.DEFAULT_NAMESPACE, "a function of Jinja")
    return names | dict.fromkeys(JINJA_WORDS, "a word of Jinja")
