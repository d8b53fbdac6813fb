"""GitHub addresses: the parts of their paths that say what they lead to.

Patterns of regular expressions; the number of the issue, or the name of the commit,
stands behind the next slash.
"""

# A pull request has an address among the issues, too.
ISSUE = "(?:pull|issues)"

# A commit, its history, or a file or folder as it was then.
AT_COMMIT = "(?:commits?|blob|blame|tree|raw)"
