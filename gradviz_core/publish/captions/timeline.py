"""Timeline: the alt text of the chart of copies."""

from gradviz_core.publish.timeline import Timeline
from gradviz_core.registry import formats
from gradviz_core.registry.words import Words


def timeline_alt(timeline: Timeline, words: Words) -> str:
    """Return the alt text of the timeline."""
    travel = words["travel"]
    fixed = formats.day(timeline.fixed, words["date"])
    alt = travel["alt"].format(
        first=formats.day(timeline.first, words["date"]),
        last=formats.day(timeline.last, words["date"]),
        fixed=fixed,
    )
    group_sentences = [
        formats.fill(
            sentence,
            words,
            fixed=fixed,
            newer=timeline.count(name, "newer"),
            older=timeline.count(name, "older"),
        )
        for name, sentence in travel["alt_of_group"].items()
    ]
    return formats.joined([alt, *group_sentences], words)
