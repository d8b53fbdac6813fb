"""Interpreter: carries out a function of a script node by node, on small arrays.

Python itself runs none of it. Anything not listed here, or that takes too many steps,
is not followed, and then nothing may be concluded.

`interpreter` holds what is known so far, and calls functions; `statements` and
`expressions` say what each kind of node means.
"""

from gradviz_core.scripts.interpreter.interpreter import GlobalNames, Interpreter
from gradviz_core.scripts.interpreter.parameters import unshared

__all__ = ["GlobalNames", "Interpreter", "unshared"]
