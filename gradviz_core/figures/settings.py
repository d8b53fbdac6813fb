"""Settings: figures take none from the machine that draws them."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager

from gradviz_core.toml_source import PACKAGE


@contextmanager
def without_settings_of_machine() -> Iterator[None]:
    """Let matplotlib, if it is imported within, find no settings but ours.

    It reads the first matplotlibrc there is: that of the current folder, even before
    the one that the environment names. So the current folder is one of ours meanwhile.
    """
    os.environ.update(MPLBACKEND="agg", MATPLOTLIBRC=os.devnull)
    with contextlib.chdir(PACKAGE):
        yield
