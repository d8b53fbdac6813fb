"""Pasted: the code in a text that was copied from a chat, a shell, a page or a file.

Anything that is not code is blanked, and a character that Python does not accept is
replaced by the one it stands for, so that the code keeps its lines and its positions
in them. A text that is valid Python is left unchanged.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.unread_reasons import Unread

# Characters that may precede code in a line.
BLANKS = " \t\f\v"

# Blanks that pages put into code, and characters without a width.
PAGE_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
INDENT = re.compile("[ \t\u00a0\u00ad\u2000-\u200d\u202f\u205f\u2060\ufeff]*")

# Prefixes of lines that are quoted or numbered. A number with more digits is data.
QUOTE_MARK = re.compile(r">(?!>>) ?")
LINE_NUMBER = re.compile(r"[ \t]*(\d{1,6})(?!\d)(?:[ \t]*[|│:.)])?", re.ASCII)

# A line before or after code in Markdown, with the language of the code.
FENCE = re.compile(r"[ \t]*(?:```|~~~)[ \t]*([^\s`]*)[^`]*\Z")
LANGUAGE_OF_CODE = re.compile(r"[{.]*(?:i?py|jupyter|code-cell|\Z)", re.I)

# Prompts of Python and IPython that were copied along with the code. The second one
# alone may be an ellipsis.
PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)|In \[\d*\]: ?|\s*\.\.\.: ?", re.ASCII)
FIRST_PROMPT = re.compile(r">>>(?: |$)|In \[\d*\]:", re.ASCII)

# Lines for a notebook or a shell: %magic, !command, ?help, $ command, and a command
# after the name of a machine: me@home:~$ command.
COMMAND = re.compile(
    r"\s*(?:%%?\w|[!?](?!=)|\$ |[\w.-]+@[\w.-]+:\S*[$#](?: |$))", re.ASCII
)

# How a line of code begins, and prose rarely does.
LIKE_CODE = re.compile(
    r"import \w|from [\w.]+ import |(?:async )?def \w|class \w+[(:]|"
    r"for \w+(?:, ?\w+)* in .*:|with .* as \w+:|\w[\w.\[\], ]*=(?!=)",
    re.ASCII,
)

# `print` as in Python 2, and its replacement, which has as many letters so that nothing
# moves. Printed values are kept only if they may hold a call or if more code follows.
OLD_PRINT = re.compile(
    r"""([ \t]*(?:[^#'" \t][^#'"]*:[ \t]*)?)print"""
    r"""(?=[ \t]+(?!(?:if|in|is|and|or|for|not)\b)["'\w])""",
    re.ASCII,
)
INSTEAD_OF_PRINT = "pass;"
MORE_THAN_A_VALUE = re.compile(r"[(;]")

# Comments and strings, which may contain any character, and strings in curly quotes.
COMMENT = "#.*"
LONG_STRING = r"'''(?:\\[\s\S]|[^\\])*?'''|\"\"\"(?:\\[\s\S]|[^\\])*?\"\"\""
STRING = r"""'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*\""""
CURLY_STRING = r"""[“”„‟][^“”"\\\n]*[“”]|[‘’‚‛][^‘’'\\\n]*[‘’]"""
SIGN = re.compile(
    f"(?:{COMMENT}|{LONG_STRING}|{STRING})|({CURLY_STRING}|[^\\x00-\\x7f])"
)

# Brackets and quotes in a line, apart from those in comments and complete strings.
BRACKET = re.compile(f"{COMMENT}|{LONG_STRING}|'''|\"\"\"|{STRING}|[()\\[\\]{{}}]")

# The first line of a block, unless it continues the one above. Comments do not count:
# they may stand to the left of their function.
BLOCK_START = re.compile(r"(?!(?:else|elif|except|finally)\b)[^#)\]}\s]", re.ASCII)

# The names that a block defines, and those that one of its lines assigns or imports.
DEFINED = re.compile(r"(?:async[ ]+)?(?:def|class)[ ]+(\w+)", re.ASCII)
TARGET = r"\w[\w.]*(?:\[[^\]=]*\])?"
ASSIGNED = re.compile(
    rf"[ \t]*(?:for\s+)?\(?({TARGET}(?:\s*,\s*{TARGET})*)\)?\s*"
    r"(?:\bin\b|(?:\*\*|//|<<|>>|[-+*/@%&|^])?=(?!=))",
    re.ASCII,
)

# Full-width characters, in the same order as Python's own. Letters may be full-width in
# Python, too.
WIDE_SIGN = re.compile("[！-＠［-＾｀｛-～]")
WIDE_BLANK = "\u3000"
LONGEST_QUOTATION = 60  # characters of an omitted line


@dataclass(frozen=True)
class Code:
    """The code of a text, line by line.

    Attributes
    ----------
    lines : list of str
        One for each line of the text, empty where that holds no code.
    cuts : list of int
        How many characters are cut off each line, negative where it has grown.
    unread : tuple of Unread
        What was left out, or read as something else.
    """

    lines: list[str]
    cuts: list[int]
    unread: tuple[Unread, ...] = ()

    @classmethod
    def of(cls, lines: list[str]) -> "Code":
        """Return the lines of a text unchanged."""
        return cls(lines, [0] * len(lines))

    def without(self, widths: list[int]) -> "Code":
        """Return the code with this many characters cut off each line."""
        return self.beginning(widths, [""] * len(widths))

    def beginning(self, widths: list[int], starts: list[str]) -> "Code":
        """Return the code with the first characters of each line replaced."""
        lines = []
        cuts = []
        for line, cut, width, start in zip(
            self.lines, self.cuts, widths, starts, strict=True
        ):
            lines.append(start + line[width:])
            cuts.append(cut + width - len(start))
        return replace(self, lines=lines, cuts=cuts)

    def only(self, is_code: list[bool]) -> "Code":
        """Return the code with all other lines blanked."""
        lines = [
            line if stays else ""
            for line, stays in zip(self.lines, is_code, strict=True)
        ]
        return replace(self, lines=lines)


def code_in(lines: list[str], is_python: Callable[[list[str]], bool]) -> Code | None:
    """Return the code in a text that is not Python as it is, None if there is none."""
    plain = without_surroundings(Code.of(lines))
    if is_python(plain.lines):
        return plain
    code = with_signs_of_python(plain)
    for form in (code, without_tabs(code, 8), without_tabs(code, 4)):
        if form is not None and is_python(form.lines):
            return replace(form, unread=_first_of_each(form.unread))
    return by_blocks(code, plain, is_python)


def _first_of_each(unread: Iterable[Unread]) -> tuple[Unread, ...]:
    """Return what is unread in the order of its lines, each character only once."""
    first: dict[tuple[str, str], Unread] = {}
    for each in sorted(unread, key=lambda each: each.line):
        first.setdefault((each.code, each.detail), each)
    return tuple(first.values())


# What surrounds code


def without_surroundings(code: Code) -> Code:
    """Return the code without what a page, a shell or a notebook puts around it."""
    code = with_plain_blanks(code)
    code = without_quote_marks(code)
    code = without_prose(code)
    code = without_numbers(code)
    code = without_prompts(code)
    return without_margin(code)


def with_plain_blanks(code: Code) -> Code:
    """Replace the blanks that pages put into code with plain ones."""
    indents = [INDENT.findall(line)[0] for line in code.lines]
    visible = [INVISIBLE.sub("", indent) for indent in indents]
    code = code.beginning([len(indent) for indent in indents], visible)
    lines = [INVISIBLE.sub(" ", PAGE_BLANK.sub(" ", line)) for line in code.lines]
    return replace(code, lines=lines)


def without_quote_marks(code: Code) -> Code:
    """Cut off the `>` before each line of a quoted text."""
    marks = [QUOTE_MARK.match(line) for line in code.lines]
    held = [bool(line.strip(BLANKS)) for line in code.lines]
    if any(holds and not mark for holds, mark in zip(held, marks, strict=True)):
        return code
    return code.without([mark.end() if mark else 0 for mark in marks])


def without_prose(code: Code) -> Code:
    """Blank fences, and everything outside them if they hold all of the code."""
    fence = ""  # empty outside of fences, else code or other
    is_code = []
    for line in code.lines:
        mark = FENCE.match(line)
        if mark is None:
            is_code.append(fence == "code")
            continue
        is_code.append(False)
        is_of_code = LANGUAGE_OF_CODE.match(mark[1])
        fence = "" if fence else "code" if is_of_code else "other"
    code = _only_if_that_is_all(code, is_code)
    return code.only([FENCE.match(line) is None for line in code.lines])


def _only_if_that_is_all(code: Code, is_code: list[bool]) -> Code:
    """Blank the other lines, unless one of them looks like code."""
    pairs = list(zip(code.lines, is_code, strict=True))
    if any(LIKE_CODE.match(line) for line, stays in pairs if not stays):
        return code
    return code.only(is_code) if any(is_code) else code


def without_numbers(code: Code) -> Code:
    """Cut off line numbers if every line has one and they count up."""
    held = [k for k, line in enumerate(code.lines) if line.strip(BLANKS)]
    numbers = [LINE_NUMBER.match(code.lines[k]) for k in held]
    widths = [0] * len(code.lines)
    expected = None
    for k, number in zip(held, numbers, strict=True):
        if number is None or expected not in (None, int(number[1])):
            return code
        expected = int(number[1]) + 1
        widths[k] = number.end()
    return code.without(widths) if len(held) > 1 else code


def without_prompts(code: Code) -> Code:
    """Cut off the prompts of shells, and blank commands and printed output."""
    if any(FIRST_PROMPT.match(line) for line in code.lines):
        prompts = [PROMPT.match(line) for line in code.lines]
        code = _only_if_that_is_all(code, [prompt is not None for prompt in prompts])
        code = code.without([prompt.end() if prompt else 0 for prompt in prompts])
    return code.only([not COMMAND.match(line) for line in code.lines])


def without_margin(code: Code) -> Code:
    """Cut off the blanks that begin every nonempty line."""
    held = [line for line in code.lines if line.strip(BLANKS)]
    common = os.path.commonprefix(held)  # noqa: RUF071  of texts, and not of paths
    margin = len(common) - len(common.lstrip(" \t"))
    return code.without([margin] * len(code.lines))


# What Python would reject


def with_signs_of_python(code: Code) -> Code:
    """Replace characters that stand for those of Python, and `print` of Python 2."""
    text = "\n".join(code.lines)
    unread: list[Unread] = []
    parts: list[str] = []
    line = 1
    end = 0
    for match in SIGN.finditer(text):
        line += text.count("\n", end, match.start())
        parts.append(text[end : match.start()])
        parts.append(_signs_of_python(match, line, unread))
        line += match[0].count("\n")
        end = match.end()
    changed = "".join(parts) + text[end:]
    return _without_old_print(
        replace(code, lines=changed.split("\n"), unread=tuple(unread))
    )


def _without_old_print(code: Code) -> Code:
    lines = list(code.lines)
    unread = list(code.unread)
    for number, line in enumerate(code.lines, 1):
        if OLD_PRINT.match(line):
            lines[number - 1] = _without_print(line)
            unread.append(Unread("print-statement", number))
    return replace(code, lines=lines, unread=tuple(unread))


def _signs_of_python(match: re.Match[str], line: int, unread: list[Unread]) -> str:
    """Return what a character, or a text in curly quotes, stands for in Python."""
    quoted = match[1]
    if quoted is None:  # a comment or a string of Python
        return match[0]
    first = _sign_of_python(quoted[0], line, unread)
    if len(quoted) == 1:
        return first
    last = _sign_of_python(quoted[-1], line, unread)
    return first + quoted[1:-1] + last


def _without_print(line: str) -> str:
    start, rest = OLD_PRINT.split(line, maxsplit=1)[1:]
    if MORE_THAN_A_VALUE.search(rest):
        return start + INSTEAD_OF_PRINT + rest
    return start + INSTEAD_OF_PRINT


def _sign_of_python(sign: str, line: int, unread: list[Unread]) -> str:
    """Return the character that a sign stands for, and report it if they differ."""
    own: str = vocabulary("pasted")["signs"].get(sign, sign)
    if WIDE_SIGN.match(sign):
        own = chr(ord(sign) - ord("！") + ord("!"))
    elif sign == WIDE_BLANK:
        own = " "
    if own != sign:
        shown = "␣" if own == " " else own
        detail = f"{sign} (U+{ord(sign):04X}) → {shown}"
        unread.append(Unread("sign", line, detail))
    return own


def without_tabs(code: Code, size: int) -> Code | None:
    """Replace the tabs before code with blanks if lines mix tabs and blanks."""
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in code.lines]
    tabbed = [k for k, indent in enumerate(indents) if "\t" in indent]
    if not tabbed or not any(" " in indent for indent in indents):
        return None
    widths = [len(indent) for indent in indents]
    code = code.beginning(widths, [indent.expandtabs(size) for indent in indents])
    tabs = Unread("tabs", tabbed[0] + 1, str(size))
    return replace(code, unread=(*code.unread, tabs))


# What cannot be read at all


def by_blocks(
    code: Code, plain: Code, is_python: Callable[[list[str]], bool]
) -> Code | None:
    """Return the code without the blocks that are not Python, None if no code is left.

    A block begins in the first column. Names assigned in an omitted block have no value
    from there on. The block is reported by its first line in the plain code.
    """
    lines = list(code.lines)
    left_out: list[Unread] = []
    in_blocks: set[int] = set()  # the numbers of the omitted lines
    is_next = False  # after another omitted block
    has_code = False
    for start, end in blocks(lines):
        block = code.lines[start:end]
        holds = any(line.strip(BLANKS) and line[0] != "#" for line in block)
        if not holds:
            continue
        if is_python(block):
            has_code = True
            is_next = False
            continue
        if not is_next:
            first = plain.lines[start].strip(BLANKS)
            left_out.append(Unread("block", start + 1, first[:LONGEST_QUOTATION]))
        is_next = True
        in_blocks.update(range(start + 1, end + 1))
        lines[start:end] = [""] * (end - start)
        values = _without_values(block)
        if is_python([values]):  # and no name is a keyword
            lines[start] = values
    if not has_code:
        return None
    read = [each for each in code.unread if each.line not in in_blocks]
    unread = sorted([*_first_of_each(read), *left_out], key=lambda each: each.line)
    return replace(code, lines=lines, unread=tuple(unread))


def blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where each block begins and ends."""
    start = 0
    while start < len(lines):
        end = _end_of_block(lines, start)
        yield start, end
        start = end


def _end_of_block(lines: list[str], start: int) -> int:
    """Return where the next block begins.

    Brackets and strings keep a block together if they are closed soon.
    """
    farthest = vocabulary("pasted")["longest_bracket"]
    quotes, depth = _open_after(lines[start], "", 0)
    first_end = None
    for k in range(start + 1, len(lines)):
        if _begins_block(lines, k):
            if not quotes and depth == 0:
                return k
            first_end = first_end or k
        if first_end is not None and k - first_end > farthest:
            return first_end
        quotes, depth = _open_after(lines[k], quotes, depth)
    return first_end if first_end and (quotes or depth) else len(lines)


def _begins_block(lines: list[str], k: int) -> bool:
    return bool(BLOCK_START.match(lines[k])) and not lines[k - 1].startswith("@")


def _open_after(line: str, quotes: str, depth: int) -> tuple[str, int]:
    """Return the quotes still open after a line, and the number of open brackets."""
    if quotes:
        _, end, line = line.partition(quotes)
        if not end:
            return quotes, depth
    for match in BRACKET.finditer(line):  # one by one: the rest may be long
        bracket = match[0]
        if bracket in ("'''", '"""'):
            return bracket, depth
        if bracket in "([{":
            depth += 1
        elif bracket in ")]}":
            depth = max(depth - 1, 0)
    return "", depth


def _without_values(block: list[str]) -> str:
    """Return a line of code that gives the names assigned in a block no value."""
    defined = DEFINED.match(block[0])
    if defined:
        names = [defined[1]]
    else:
        targets = [match[1] for line in block if (match := ASSIGNED.match(line))]
        words = re.split(r"\s*,\s*", ",".join(targets))
        names = [re.split(r"[.\[]", word)[0] for word in words]
    return "".join(f"{name} = " for name in names) + "..."
