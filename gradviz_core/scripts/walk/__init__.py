"""Walk: a script followed from line to line, as far as its arrays go.

`following.follow` is the entry point. It makes a `Walk`, which holds what is known so
far, and gives it the two tables that say what a node means: those in `statements` and
`expressions`. A module imports those it uses and none that uses it: to learn what part
of a node means, it asks the walk. What a rule may report is noted in `observations`.
"""
