"""The command: a reader's own function, or `check` for scripts.

gradviz "x[0] * x[1]"
gradviz check gradient_2d.py

`python -m gradviz_core` is the same command.
"""

import sys
from collections.abc import Sequence

from gradviz_core import __version__
from gradviz_core.checker.printing import leave_closed_pipe

NOT_INSTALLED = (
    '{} is not installed. Fix: type pip install "gradviz[draw]", '
    "or make site in a copy of the repository"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked for; return the exit code.

    It is 0 if done, 1 if the input is wrong, 2 for wrong usage, 3 for the environment.
    """
    if sys.stdout:  # what a terminal cannot show is no reason to stop
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    command_line = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if command_line[:1] == ["check"]:
            from gradviz_core.checker.command import main as check

            return check(command_line[1:])
        if command_line == ["--version"]:
            print(f"gradviz {__version__}")
            return 0
        from gradviz_core.function_command import main as measure  # needs NumPy

        return measure(command_line)
    except BrokenPipeError:
        leave_closed_pipe()
    except OSError as error:
        print(f"{error}. Fix: name a file that can be written", file=sys.stderr)
        return 3
    except ModuleNotFoundError as missing:
        print(NOT_INSTALLED.format(missing.name), file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
