"""Fields: whether the arrows that a script draws are slopes of one of its functions.

The whole script is carried out. The arrows of each `field` are compared with the slopes
of `candidates`, the functions of the script, at the same points. If a function has the
same slopes, `reruns` carry the script out once more with the `known_function` in its
place: `compared_plots` show which arrows are slopes by luck. `quotients` of differences
are compared with the slopes of the known function, too.

Where no function is behind the arrows, they are compared with the slopes of `heights`.
What they show instead of slopes is in `misses`. The result is `judging.JudgedFields`.
"""

from gradviz_core.scripts.fields.judging import JudgedFields, judged_fields
from gradviz_core.scripts.fields.misses import FoundMiss
from gradviz_core.scripts.fields.reruns import Reruns

__all__ = ["FoundMiss", "JudgedFields", "Reruns", "judged_fields"]
