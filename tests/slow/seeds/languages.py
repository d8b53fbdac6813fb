"""Faults of the languages: of links between them, of words, and of what is compared."""

from slow.seeds.pages import HEAD
from slow.seeds.seeding import TEMPLATES, Fault, around_function, rendered, text
from slow.seeds.upkeep import REFUSED

LANGUAGES = [
    Fault(
        "english-unmarked",
        "languages",
        "let links of a translation lead to English pages without saying so",
        around_function(
            "lead_on",
            """
            import re
            html = call(*args, **named)
            return re.sub(r'<span class="in-english">.*?</span>', "", html)
            """,
        ),
    ),
    Fault(
        "version-unnamed",
        "languages",
        "left Japanese out of the versions that the head of a page names",
        rendered(
            "replace",
            pattern=r'<link rel="alternate" hreflang="ja"[^>]*>\s*',
            new="",
            within=HEAD,
        ),
    ),
    Fault(
        "missing-hole",
        "languages",
        "accepted a sentence of a language that leaves out a number",
        around_function("_misplaced_holes", "return iter(())"),
        unseen=REFUSED,
    ),
    Fault(
        "listing-uncompared",
        "languages",
        "accepted code in a translation that its original does not have",
        around_function("translated_listing_errors", "return iter(())"),
        unseen=REFUSED,
    ),
    Fault(
        "english-in-data",
        "languages",
        "typed a verdict into the data of the playground, in English for all",
        text(r"nowhere=words\.verdict\.name\.blank", 'nowhere="blank"', TEMPLATES),
    ),
]
