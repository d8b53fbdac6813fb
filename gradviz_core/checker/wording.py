"""Wording: the language that the command speaks, and what it says of a finding."""

import os
from collections.abc import Mapping

from gradviz_core.registry.words import ENGLISH, Words, interface, other_languages
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.unread_reasons import Unread

# Where a system says which language its messages are to have, first things first.
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def languages() -> list[str]:
    """Return the languages that the command speaks."""
    return [ENGLISH, *other_languages()]


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that the environment asks for, else English.

    Examples
    --------
    >>> language_of({"LANG": "ja_JP.UTF-8"})
    'ja'
    >>> language_of({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"})
    'en'
    """
    asked = [environment[name] for name in LOCALE_VARIABLES if environment.get(name)]
    if not asked:
        return ENGLISH
    language = asked[0].replace(".", "_").partition("_")[0].lower()
    return language if language in languages() else ENGLISH


class Wording:
    """What is said of findings, in one language.

    Parameters
    ----------
    language : str
        One of `languages`; None for that of the environment.
    """

    def __init__(self, language: str | None = None) -> None:
        self.words: Words = interface(language or language_of(os.environ))

    def message(self, finding: Finding) -> str:
        """Return what is wrong."""
        forms: dict[str, str] = self.words["finding"][finding.code]
        return forms[finding.values["form"]].format(**finding.values)

    def advice(self, finding: Finding) -> str | None:
        """Return how it is mended, in words; None for a note that has no mend."""
        if finding.advice is None:
            return None
        advice: str = self.words["finding"][finding.code]["fix"]
        return advice

    def sentences(self, finding: Finding) -> str:
        """Return what is wrong, and how it is mended if it can be."""
        message = self.message(finding)
        advice = self.advice(finding)
        if advice is None:
            return message
        both: str = self.words["check"]["mend"]
        return both.format(message=message, fix=advice)

    def reason(self, unread: Unread) -> str:
        """Return why something could not be read."""
        reasons: dict[str, str] = self.words["unread"]
        return reasons[unread.code].format(detail=unread.detail, name=unread.detail)
