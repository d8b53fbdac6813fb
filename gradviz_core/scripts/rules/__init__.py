"""Rules: what may be wrong in a script. Each of them is one function.

`checking.findings_of` is the way in: it lists the rules. A rule is given a `Script` and
yields its findings. It reports nothing where it does not know: a right script must not
be called wrong. How bad a finding is, it says honestly: an `error` if the result is
wrong, or right by luck of this f; a `warning` if it is right until an array is used
again; else a `note`.
"""
