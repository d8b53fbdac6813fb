"""Command lines: what `argparse` gives a script that is run without any arguments."""

from collections.abc import Mapping, Sequence
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.array_functions import ListedFunction
from gradviz_core.scripts.script_classes import Instance, ScriptClass
from gradviz_core.scripts.small_arrays import NotFollowed
from gradviz_core.scripts.values import Library


class Parser:
    """The result of `argparse.ArgumentParser`: the defaults of its arguments."""

    def __init__(self) -> None:
        self.defaults: dict[str, Any] = {}


def parser_of(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Parser:
    """`argparse.ArgumentParser`, with nothing but texts about the script."""
    if arguments or not keywords.keys() <= {*vocabulary("whole_run")["about_a_parser"]}:
        raise NotFollowed
    return Parser()


def add_argument(given: Sequence[Any], keywords: Mapping[str, Any]) -> None:
    """`add_argument`, of an argument that may be left out."""
    parser, *names = given
    if not names or not all(isinstance(name, str) for name in names):
        raise NotFollowed
    is_option = names[0].startswith("-")
    is_needed = keywords.get("required", False) is not False
    if is_needed or not (is_option or keywords.get("nargs") == "?"):
        raise NotFollowed
    name = keywords.get("dest", _attribute_named(names))
    parser.defaults.setdefault(name, _default_of(keywords))


def _attribute_named(names: Sequence[str]) -> str:
    """Return the attribute for an option: that of its first long name, if any."""
    long = [name for name in names if name.startswith("--")]
    return (long or names)[0].lstrip("-").replace("-", "_")


def _default_of(keywords: Mapping[str, Any]) -> Any:
    default = keywords.get("default")
    action = keywords.get("action", "store")
    if action in ("store_true", "store_false"):
        return keywords.get("default", action == "store_false")
    if action not in ("store", Library("argparse.BooleanOptionalAction")):
        raise NotFollowed
    is_converted = keywords.get("type", Library("str")) != Library("str")
    if isinstance(default, str) and is_converted:
        raise NotFollowed
    return default


def arguments_of(parser: Parser, texts: Any) -> Instance:
    """`parse_args`, of no texts."""
    if texts not in (None, []):
        raise NotFollowed
    return Instance(ScriptClass({}), dict(parser.defaults))


METHODS_OF_PARSERS: dict[str, ListedFunction] = {
    "add_argument": ("**", add_argument),
    "add_argument_group": ("parser title description", lambda parser, *_: parser),
    "parse_args": ("parser texts", arguments_of),
    "parse_known_args": (
        "parser texts",
        lambda parser, texts: (arguments_of(parser, texts), []),
    ),
}
