"""Faults of what is kept, refused, replaced and checked: they show after an edit.

What is kept goes by a hash of all that decides it. A seed leaves a part of that out, so
something old is published after an edit, which a site built anew does not show.
"""

from slow.seeds.seeding import (
    CONTENT,
    PYTHON,
    Fault,
    around_call,
    around_function,
    key_without,
    text,
)

AFTER = "only a build after an edit"
REFUSED = "only in what the build refuses"
PAGE = '{"url", "text", "body"} <= set(parent)'

CACHE = [
    Fault(
        "key-scale",
        "cache",
        "left the scale out of what a kept figure goes by",
        key_without('key == "scale"'),
        unseen=AFTER,
    ),
    Fault(
        "key-ink",
        "cache",
        "left the colour out of what a kept figure goes by",
        key_without('key == "ink"'),
        unseen=AFTER,
    ),
    Fault(
        "key-limits",
        "cache",
        "left the ends of the axes out of what a kept figure goes by",
        key_without('key == "limits"'),
        unseen=AFTER,
    ),
    Fault(
        "key-arrows",
        "cache",
        "left the arrows out of what a kept figure goes by",
        key_without('key in ("arrows", "lines")'),
        unseen=AFTER,
    ),
    Fault(
        "key-titles",
        "cache",
        "left titles and headings out of what a kept figure goes by",
        key_without('key in ("titles", "heading")'),
        unseen=AFTER,
    ),
    Fault(
        "key-labels",
        "cache",
        "left the names of axes and lines out of what a kept figure goes by",
        key_without('key == "labels"'),
        unseen=AFTER,
    ),
    Fault(
        "key-kind",
        "cache",
        "left the kind of file out of what a kept figure goes by",
        key_without('value in ("svg", "png")'),
    ),
    Fault(
        "key-text",
        "cache",
        "left its text out of what a kept page goes by",
        key_without(f'key in ("text", "body") and {PAGE}'),
        unseen=AFTER,
    ),
    Fault(
        "key-front-matter",
        "cache",
        "left what pages say of themselves out of what kept pages go by",
        key_without(f'key == "record" and {PAGE} and not parent["text"]'),
        unseen=AFTER,
    ),
    Fault(
        "key-address",
        "cache",
        "left the address of the site out of what a kept page goes by",
        key_without('isinstance(value, str) and value.startswith("https://")'),
        unseen="only a build for another address",
    ),
    Fault(
        "key-templates",
        "cache",
        "left the templates out of what a kept page goes by",
        key_without(
            "isinstance(value, list) and value and isinstance(value[0], str)"
            ' and value[0].startswith("templates/")'
        ),
        unseen=AFTER,
    ),
    Fault(
        "key-functions",
        "cache",
        "left the registry of functions out of what kept numbers go by",
        key_without(
            "isinstance(value, list) and value and isinstance(value[0], str)"
            ' and value[0].endswith("functions.toml")'
        ),
        unseen=AFTER,
    ),
    Fault(
        "key-content",
        "cache",
        "took a site for current whatever its pages say",
        key_without(
            "isinstance(value, list) and value and isinstance(value[0], str)"
            ' and value[0].startswith("content/")'
        ),
        unseen=AFTER,
    ),
    Fault(
        "torn-entry",
        "cache",
        "took what is kept without comparing its checksum",
        around_call(
            "decompress",
            "import zlib\nreturn zlib.decompressobj().decompress(args[0][:-4])",
        ),
        unseen="only with a damaged store",
    ),
    Fault(
        "figures-of-older-style",
        "cache",
        "left the style of figures out of what a kept figure goes by",
        key_without(
            "isinstance(value, str) and 'axes.facecolor' in value"
            " or isinstance(value, str) and '617865732e66616365636f6c6f72' in value"
        ),
        unseen=AFTER,
    ),
]

SESSIONS = [
    Fault(
        "drift-accepted",
        "sessions",
        "accepted a session that prints something else than the page shows",
        around_call(
            "DebugRunner",
            """
            import doctest
            runner = call(*args, **named)
            run = runner.run

            def lenient(*args, **named):
                try:
                    return run(*args, **named)
                except doctest.DocTestFailure:
                    return None

            runner.run = lenient
            return runner
            """,
        ),
        unseen=REFUSED,
    ),
    Fault(
        "raising-accepted",
        "sessions",
        "accepted a session that raises an error",
        around_call(
            "DebugRunner",
            """
            import doctest
            runner = call(*args, **named)
            run = runner.run

            def lenient(*args, **named):
                try:
                    return run(*args, **named)
                except doctest.UnexpectedException:
                    return None

            runner.run = lenient
            return runner
            """,
        ),
        unseen=REFUSED,
    ),
    Fault(
        "blanks-accepted",
        "sessions",
        "compared sessions without their blanks",
        around_call(
            "DebugRunner",
            """
            import doctest
            flags = named.get("optionflags", 0) | doctest.NORMALIZE_WHITESPACE
            return call(*args, **(named | {"optionflags": flags}))
            """,
        ),
        unseen=REFUSED,
    ),
    Fault(
        "typed-output",
        "sessions",
        "typed what a session should print instead of what it does",
        text(r"(?m)^\(12, \{\(2,\)\}\)$", "(24, {(2,)})", CONTENT),
    ),
    Fault(
        "typed-number",
        "sessions",
        "typed a measured number into the text",
        text(
            r"\{\{ \(fixed - book\[0\]\.date\)\.days \| count \}\}",
            "2.5 times 365",
            CONTENT,
        ),
    ),
    Fault(
        "verdict-stated",
        "sessions",
        "stated another verdict for a function than it has",
        text(
            r'(\[mean_of_squares\][^\[]*(?:\[[^\]]*\][^\[]*)*?verdict = )"scaled"',
            r'\1"hidden"',
            ("gradviz_core/**/functions.toml",),
        ),
    ),
]

PUBLISHING = [
    Fault(
        "old-files-stay",
        "swap",
        "left files of the old site where the new one has none",
        around_function(
            "publish",
            """
            import shutil, tempfile
            from pathlib import Path
            out = Path(args[1] if len(args) > 1 else named["out"])
            with tempfile.TemporaryDirectory() as folder:
                old = Path(folder, "old")
                if out.exists():
                    shutil.copytree(out, old)
                result = call(*args, **named)
                for path in old.rglob("*") if old.exists() else ():
                    new = out / path.relative_to(old)
                    if path.is_file() and not new.exists():
                        new.parent.mkdir(parents=True, exist_ok=True)
                        shutil.copy(path, new)
                return result
            """,
        ),
        unseen="only a build over an older one",
    ),
    Fault(
        "old-contents-stay",
        "swap",
        "took a file of the old site for the new one where both are as long",
        around_call(
            "publish",
            """
            from pathlib import Path
            files, out = args

            def kept():
                for name, content in files:
                    old = Path(out, name)
                    if old.is_file() and old.stat().st_size == len(content):
                        content = old.read_bytes()
                    yield name, content

            return call(kept(), out, **named)
            """,
        ),
        unseen="only a build over an older one",
    ),
    Fault(
        "check-is-content",
        "swap",
        "let --check call every site current",
        around_function("is_same", "return True"),
        unseen="only with --check",
    ),
    Fault(
        "no-nojekyll",
        "swap",
        "forgot the file that keeps GitHub from dropping some files",
        text(r"([\"'])\.nojekyll\1", r"\1nojekyll\1", PYTHON),
    ),
    Fault(
        "dead-links-accepted",
        "links",
        "let links pass that lead nowhere",
        around_function("link_errors", "return iter(())"),
        unseen=REFUSED,
    ),
    Fault(
        "gradient-mistyped",
        "registry",
        "mistyped a number of a stated gradient",
        text(
            r'(\[monkey_saddle\](?:.|\n)*?gradient = \[")3( \* x\[0\])',
            r"\g<1>2\2",
            ("gradviz_core/**/functions.toml",),
        ),
    ),
]

COMMAND_LINE = [
    Fault(
        "command-layouts",
        "command",
        "exchanged the columns of the table that the command prints",
        around_call(
            "measure",
            """
            f, grid, layout = args
            other = [each for each in type(layout) if each is not layout][0]
            return call(f, grid, other, **named)
            """,
            times=2,  # one for each layout
            having="argparse",
        ),
        unseen="only on the command line",
    ),
    Fault(
        "command-step",
        "command",
        "forgot the step that is asked for on the command line",
        around_call(
            "measure",
            "named.pop('step', None)\nreturn call(*args, **named)",
            times=2,  # one for each layout
            having="argparse",
        ),
        unseen="only on the command line",
    ),
    Fault(
        "command-grid",
        "command",
        "took the last two numbers of a grid on the command line the wrong way round",
        around_call(
            "Grid",
            "start, stop, step = args\nreturn call(start, step, stop)",
            having="argparse",
        ),
        unseen="only on the command line",
    ),
    Fault(
        "command-code",
        "command",
        "took a wrong spelling on the command line for an interruption",
        around_call(
            "parse_spelling",
            """
            try:
                return call(*args)
            except ValueError as error:
                import sys
                print(error, file=sys.stderr)
                raise KeyboardInterrupt from None
            """,
            having="argparse",
        ),
        unseen="only on the command line",
    ),
]

UPKEEP = [*CACHE, *SESSIONS, *PUBLISHING, *COMMAND_LINE]
