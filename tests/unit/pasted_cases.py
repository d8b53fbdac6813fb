"""Texts as people paste them: tests/cases/pasted.txt, and forms that it cannot show.

What each form changes is the same in all lines of a script.
"""

from unit.tables import table

PARTS, CASES = table("pasted.txt")
SCRIPT = PARTS["script"]


def _numbered(form, first=1):
    """The script with a number before each of its lines."""
    lines = SCRIPT.splitlines()
    return "".join(
        form.format(number, line).rstrip() + "\n"
        for number, line in enumerate(lines, first)
    )


def _with_prompts(first, more):
    """The script with prompts before its lines."""
    return "".join(
        (more if line.startswith(" ") else first) + line + "\n"
        for line in SCRIPT.splitlines()
    )


FORMS = {
    "no-break spaces": SCRIPT.replace("    ", "\u00a0\u00a0 \u00a0"),
    "spaces without a width": SCRIPT.replace("    saved", "  \u200b  saved\ufeff"),
    "marks of the byte order": "\ufeff\ufeff" + SCRIPT,
    "a quotation": "".join(f"> {line}\n" for line in SCRIPT.splitlines()),
    "an indentation": "".join(f"    {line}\n" for line in SCRIPT.splitlines()),
    "numbers": _numbered("{} {}"),
    "numbers in a column": _numbered("{:>4}  {}", 95),
    "numbers with a stop": _numbered("{}. {}"),
    "numbers with a colon": _numbered("{}: {}"),
    "numbers with a bar": _numbered("{:>3} | {}"),
    "numbers and tabs": _numbered("{:>6}\t{}"),
    "numbers with zeros": _numbered("{:03} {}"),
    "numbers without a blank": _numbered("{}{}"),
    "prompts of Python": _with_prompts(">>> ", "... "),
    "prompts of IPython": _with_prompts("In [7]: ", "   ...: "),
}

# In these stands something that Python refuses; its reason is named.
NAMED_FORMS = {
    "wide blanks": (SCRIPT.replace("    ", "\u3000\u3000"), "sign"),
    "tabs for eight blanks": (SCRIPT.replace("        ", "\t"), "tabs"),
    "a tab for four blanks": (SCRIPT.replace("    h = ", "\th = "), "tabs"),
    "a tab up to the eighth column": (
        SCRIPT.replace(" " * 12 + "ahead", "  \t    ahead"),
        "tabs",
    ),
}

TITLES = [title for case in CASES.values() for title, _ in case.expected]
PASTED_REASONS = {reason for _, reason in NAMED_FORMS.values()} | {
    title.partition(": ")[0].removeprefix("unread ")
    for title in TITLES
    if title.startswith("unread ")
}
