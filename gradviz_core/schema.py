"""Schema: which fields a table may have, and what is wrong with one that is not so.

A schema is a `TypedDict`. Its fields are text, numbers, dates, choices (`Literal`),
lists, pairs and triples (`tuple`), further tables, or tables whose keys are names
(`dict`).
"""

import datetime
import difflib
import re
import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from gradviz_core.errors import ContentError
from gradviz_core.toml_source import TomlSource, keys_of_item

# How a value of each type may be written.
EXAMPLES = {str: '"…"', int: "1", float: "0.5", datetime.date: "2026-01-31"}

# What a field is `Annotated` with whose line stays where there is nothing to say.
MAY_BE_BLANK = "may be blank"

# What to do about a field that a table has not, by its name.
Advice = Mapping[str, str]

NO_ADVICE: Advice = {}
ABOVE_TABLES = "write it above the first table"
IN_ORIGINAL = "delete it: a translation has that of its original"

CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def field_errors(
    source: TomlSource,
    table: dict[str, Any],
    schema: Any,
    *keys: str,
    advice: Advice = NO_ADVICE,
) -> Iterator[ContentError]:
    """Report every field of a table, or below it, that is missing, unknown or mistyped.

    Parameters
    ----------
    source : TomlSource
        Where the table was read, for the lines.
    table : dict
        The table.
    schema : a TypedDict
        Its fields; `Required` ones may neither be missing nor blank.
    *keys : str
        The names that lead to the table in the source.
    advice : mapping of str to str, optional
        What to do about some fields that are none of its own.
    """
    whole = "the file" if source.path.endswith(".toml") else "the page"
    types_of = get_type_hints(schema)
    for key in schema.__required_keys__:
        if not str(table.get(key, "")).strip():
            what = f"{keys[-1] if keys else whole} has no {key}"
            fix = f"add [{key}]" if _is_table(types_of[key]) else f"add {key} = …"
            yield source.error_at((*keys, key), what, fix)
    for key, value in table.items():
        yield from value_errors(source, key, value, schema, *keys, advice=advice)


def names_of_fields(schema: Any) -> set[str]:
    """Return the names of the fields of a table, and of those in tables below it."""
    types_of = get_type_hints(schema)
    names = {*types_of}
    for expected in types_of.values():
        table = get_args(expected)[0] if _is_list_of_tables(expected) else expected
        if _is_table(table):
            names |= names_of_fields(table)
    return names


def may_have(schema: Any, keys: tuple[str, ...], field: str) -> bool:
    """Whether a table may have a field.

    Parameters
    ----------
    schema : a TypedDict
        The fields of the whole file.
    keys : tuple of str
        The names that lead to the table: none, or that of a table or a list of tables.
    field : str
        The name of the field.
    """
    table = schema
    for key in keys[:1]:
        expected = get_type_hints(schema)[key]
        table = get_args(expected)[0] if _is_list_of_tables(expected) else expected
    return field in get_type_hints(table)


def value_errors(
    source: TomlSource,
    key: str,
    value: Any,
    schema: Any,
    *keys: str,
    advice: Advice = NO_ADVICE,
) -> Iterator[ContentError]:
    """Report what is wrong with one field of a table, or below it."""
    types_of = get_type_hints(schema)
    place = (*keys, key)
    if key not in types_of:
        fix = advice.get(key) or _nearest(key, types_of)
        yield source.error_at(place, f"unknown field {key}", fix)
        return
    is_blank = isinstance(value, str) and not value.strip()
    if is_blank and key in schema.__optional_keys__ and not _may_be_blank(key, schema):
        yield source.error_at(place, f"{key} is empty", "say it, or delete the line")
        return
    if not keys:  # a field of the whole file may have been written below a table
        advice = {**advice, **dict.fromkeys(types_of, ABOVE_TABLES)}
    yield from _type_errors(source, value, types_of[key], advice, *place)


def _may_be_blank(key: str, schema: Any) -> bool:
    annotated = get_type_hints(schema, include_extras=True)[key]
    return MAY_BE_BLANK in getattr(annotated, "__metadata__", ())


def _type_errors(
    source: TomlSource, value: Any, expected: Any, advice: Advice, *place: str
) -> Iterator[ContentError]:
    """Report what is wrong with the value at a place, or below it."""
    if fault := _fault(place, value, expected):
        yield source.error_at(place, *fault)
    elif _is_table(expected):
        yield from field_errors(source, value, expected, *place, advice=advice)
    elif _has_names_for_keys(expected):
        _, each = get_args(expected)
        for name, item in value.items():
            yield from _type_errors(source, item, each, advice, *place, name)
    elif _is_list_of_tables(expected):
        [each] = get_args(expected)
        for count, item in enumerate(value, 1):
            item_keys = keys_of_item(place, count)
            yield from field_errors(source, item, each, *item_keys, advice=advice)


def _nearest(key: str, fields: dict[str, Any]) -> str:
    near = difflib.get_close_matches(key, fields, n=1)
    return f"did you mean {near[0]}?" if near else f"use one of {', '.join(fields)}"


def _fault(place: tuple[str, ...], value: Any, expected: Any) -> tuple[str, str] | None:
    """What is wrong with the value of a field, and the fix."""
    key = place[-1]
    if get_origin(expected) is Literal:
        choices = get_args(expected)
        if value in choices:
            return None
        fix = f"choose one of {', '.join(map(repr, choices))}"
        return f"{key} is {value!r}", fix
    if isinstance(value, str) and CONTROL_CHARACTERS.search(value):
        return f"{key} spells a hidden character", "delete its backslash"
    if _fits(value, expected):
        return None
    what = f"{key} is {_name_of_value(value)}, not {_name_of_type(expected)}"
    if expected is int and isinstance(value, str) and value.strip().isdecimal():
        return what, f"write {key} = {int(value)}, without quotation marks"
    return what, f"write {_example(place, expected)}"


def _fits(value: Any, expected: Any) -> bool:
    if _is_table(expected) or _has_names_for_keys(expected):
        return isinstance(value, dict)
    if get_origin(expected) is list:
        [each] = get_args(expected)
        return isinstance(value, list) and all(_fits(item, each) for item in value)
    if get_origin(expected) is tuple:
        wanted = get_args(expected)
        if not isinstance(value, list) or len(value) != len(wanted):
            return False
        return all(_fits(*pair) for pair in zip(value, wanted, strict=True))
    if expected is float:  # a whole number will do
        return type(value) in (int, float)
    # An exact match: a datetime is no date here, and true is no number.
    return type(value) is expected


def _is_table(expected: Any) -> bool:
    return isinstance(expected, type) and hasattr(expected, "__required_keys__")


def _has_names_for_keys(expected: Any) -> bool:
    return get_origin(expected) is dict


def _is_list_of_tables(expected: Any) -> bool:
    return get_origin(expected) is list and _is_table(get_args(expected)[0])


def _name_of_type(expected: Any) -> str:
    if _is_table(expected) or _has_names_for_keys(expected):
        return "table"
    if _is_list_of_tables(expected):
        return "list of tables"
    if isinstance(expected, types.GenericAlias):
        return f"[{', '.join(_name_of_type(each) for each in get_args(expected))}]"
    return str(expected.__name__)


def _name_of_value(value: Any) -> str:
    if isinstance(value, dict):
        return "table"
    if isinstance(value, list):
        names = [_name_of_value(item) for item in value]
        if set(names) <= {"table"}:
            return "list of tables"
        # In a list a whole number is as good as any.
        return f"[{', '.join(names).replace('int', 'float')}]"
    return type(value).__name__


def _example(place: tuple[str, ...], expected: Any) -> str:
    """A field of this type as it may be written."""
    key = place[-1]
    if _is_table(expected) or _has_names_for_keys(expected):
        return f"[{'.'.join(place)}]"
    if _is_list_of_tables(expected):
        return f"[[{'.'.join(place)}]]"
    if isinstance(expected, types.GenericAlias):
        items = ", ".join(EXAMPLES[each] for each in get_args(expected))
        return f"{key} = [{items}]"
    return f"{key} = {EXAMPLES[expected]}"
