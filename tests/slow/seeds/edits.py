"""Changes to a finished page, as a slip in its template would make them.

A seed puts the whole of this file into the copy of the project that it seeds, and
calls one of these functions on every page that has just been rendered. So nothing
here is imported from elsewhere but the standard library.

All patterns are regular expressions in which a dot matches the end of a line, too.
`within` is a pattern of the parts of the page that are looked at: without it, all.
"""

import json
import re

YEAR = """January February March April May June July August September October
November December"""
MONTHS = re.findall(r"\w+", YEAR)


def inside(text, within, change):
    """Change the parts of a text that a pattern finds, and leave the rest."""
    if within is None:
        return change(text)
    return re.sub(within, lambda part: change(part[0]), text, flags=re.S)


def replace(text, pattern, new, within=None):
    """Put something else for all that a pattern finds."""
    return inside(text, within, lambda part: re.sub(pattern, new, part, flags=re.S))


def swap(text, one, other, within=None):
    """Let two things change places wherever they stand: each is a literal text."""
    both = "|".join(re.escape(each) for each in sorted((one, other), key=len)[::-1])

    def change(part):
        return re.sub(both, lambda m: other if m[0] == one else one, part)

    return inside(text, within, change)


def exchange(text, pattern, within=None):
    """Exchange what group 1 of a pattern finds: first and second, third and fourth."""

    def change(part):
        found = list(re.finditer(pattern, part, flags=re.S))
        for first, second in reversed(list(zip(found[::2], found[1::2], strict=False))):
            (a, b), (c, d) = first.span(1), second.span(1)
            part = part[:a] + part[c:d] + part[b:c] + part[a:b] + part[d:]
        return part

    return inside(text, within, change)


def rotate(text, pattern, within=None):
    """Give what group 1 finds to the next place of its kind, the last to the first."""

    def change(part):
        found = list(re.finditer(pattern, part, flags=re.S))
        texts = [match[1] for match in found]
        for match, new in reversed(
            list(zip(found, texts[-1:] + texts[:-1], strict=True))
        ):
            start, end = match.span(1)
            part = part[:start] + new + part[end:]
        return part

    return inside(text, within, change)


def add(text, pattern, number, within=None):
    """Add to the whole number in group 1 of a pattern."""

    def changed(match):
        start, end = (place - match.start() for place in match.span(1))
        sum_ = int(match[1].replace(",", "")) + number
        return f"{match[0][:start]}{sum_:,}{match[0][end:]}"

    return inside(text, within, lambda part: re.sub(pattern, changed, part, flags=re.S))


def complement(text, pattern, within=None):
    """Where group 1 counts some of the number in group 2, count the others."""

    def changed(match):
        some, of_all = (int(number.replace(",", "")) for number in match.groups())
        start, end = (place - match.start() for place in match.span(1))
        return f"{match[0][:start]}{of_all - some:,}{match[0][end:]}"

    return inside(text, within, lambda part: re.sub(pattern, changed, part, flags=re.S))


def next_month(text, within=None):
    """Name the month after that of each date."""

    def changed(match):
        return MONTHS[(MONTHS.index(match[0]) + 1) % 12]

    pattern = r"<time[^>]*>[^<]*</time>" if within is None else within
    return inside(text, pattern, lambda part: re.sub("|".join(MONTHS), changed, part))


def in_data(text, change_string, change_table):
    """Change the strings and tables of the data that a page holds for its script."""

    def walk(value):
        if isinstance(value, str):
            return change_string(value)
        if isinstance(value, list):
            return [walk(each) for each in value]
        if isinstance(value, dict):
            return change_table({key: walk(each) for key, each in value.items()})
        return value

    def changed(match):
        written = json.dumps(walk(json.loads(match[2])))
        for sign in "<>&'":
            written = written.replace(sign, f"\\u{ord(sign):04x}")
        return match[1] + written + match[3]

    data = r'(<script type="application/json"[^>]*>)(.*?)(</script>)'
    return re.sub(data, changed, text, flags=re.S)


def data_swap(text, one, other, having):
    """Let two texts change places in each string of the data that a pattern finds."""

    def change(string):
        return swap(string, one, other) if re.search(having, string, re.S) else string

    return in_data(text, change, lambda table: table)


def data_replace(text, pattern, new, having=""):
    """Put something else for what a pattern finds in the strings of the data."""

    def change(string):
        if not re.search(having, string, re.S):
            return string
        return re.sub(pattern, new, string, flags=re.S)

    return in_data(text, change, lambda table: table)


def data_exchange(text, one, other, having):
    """Exchange the values of two keys, in tables where a pattern finds one of them."""

    def change(table):
        texts = [table.get(one), table.get(other)]
        if not all(isinstance(each, str) for each in texts):
            return table
        if not any(re.search(having, each) for each in texts):
            return table
        return table | {one: texts[1], other: texts[0]}

    return in_data(text, lambda string: string, change)


def swap_cells(text, first, second, head):
    """Exchange two columns of a table of comma-separated values, below its head."""
    lines = text.split("\n")
    if not re.match(head, lines[0]):
        return text
    for k, line in enumerate(lines[1:], 1):
        cells = line.split(",")
        if len(cells) > max(first, second):
            cells[first], cells[second] = cells[second], cells[first]
            lines[k] = ",".join(cells)
    return "\n".join(lines)
