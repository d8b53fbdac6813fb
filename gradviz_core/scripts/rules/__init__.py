"""Rules: what may be wrong in a script. Each rule is one function.

`checking.findings_of` is the entry point: it lists the rules. A rule takes a `Script`
and yields its findings. When in doubt, it reports nothing: a right script must not be
called wrong. The severity is honest: an `error` if the result is wrong, or right only
by luck for this f; a `warning` if it is right until an array is used again; otherwise
a `note`.
"""
