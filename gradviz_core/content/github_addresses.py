"""GitHub addresses: what the parts of an address on GitHub look like."""

import re

# A pull request has an address among the issues, too. Its number follows.
ISSUE = "(?:pull|issues)"
ISSUE_IN_LINK = re.compile(rf"/{ISSUE}/(\d+)")

# A commit, its history, or a file or folder as it was then. Its name follows.
AT_COMMIT = "(?:commits?|blob|blame|tree|raw)"
COMMIT_IN_LINK = re.compile(rf"(?i)/{AT_COMMIT}/([0-9a-f]{{7,40}})\b")
WHOLE_COMMIT = re.compile("[0-9a-f]{40}")

# The repository of a file, "owner/name", and its place in it.
REPOSITORY_NAME = re.compile(r"[\w.-]+/[\w.-]+(?<!\.git)")
PATH_IN_REPOSITORY = re.compile(r"[^/:?#\\]+(?:/[^/:?#\\]+)*")

# A file or folder in a repository: what follows names a commit, or a branch that moves.
REPOSITORY_PLACE = re.compile(
    r"https://(?:www\.)?"
    r"(?:github\.com(?:/[^/]+){2}/(?:blob|tree|commits|blame|raw|edit|archive)"
    r"|raw\.githubusercontent\.com/[^/]+/[^/]+)"
    r"/([^/?#]+)",
    re.IGNORECASE,
)

# What names a commit there; an archive has an ending.
COMMIT_OF_PLACE = re.compile(r"[0-9a-f]{40}(\.\D+)?")
