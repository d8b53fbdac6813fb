"""Walk: a script followed from line to line, as far as its arrays go.

`following.follow` is the way in. It makes a `Walk`, which holds what is known so far,
and gives it the two tables that say what a node means: those of `statements` and of
`expressions`. A module imports those that it uses, and none that uses it: what a part
of a node means it asks the walk. What a rule may speak of is noted in `observations`.
"""
