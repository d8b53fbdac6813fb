"""Captions: what captions, alt texts and verdict sentences say about pictures.

The words themselves are in the strings of a language. This package decides which of
them apply, and what fills their placeholders: for the pictures of a registered
function; for fields and lines that a page draws itself; for a plot whose cause its
reader is still looking for; and for the timeline of copies.
"""

from gradviz_core.publish.captions.appearance import appearance_alt
from gradviz_core.publish.captions.forms import FORMS, missing_sentences
from gradviz_core.publish.captions.functions import (
    card_number,
    picture_text,
    points_without_gradient,
    scale_note,
    with_arrow_count,
)
from gradviz_core.publish.captions.page_pictures import (
    common_caption,
    page_picture_text,
    signs_in,
)
from gradviz_core.publish.captions.timeline import timeline_alt

__all__ = [
    "FORMS",
    "appearance_alt",
    "card_number",
    "common_caption",
    "missing_sentences",
    "page_picture_text",
    "picture_text",
    "points_without_gradient",
    "scale_note",
    "signs_in",
    "timeline_alt",
    "with_arrow_count",
]
