"""Objects: the classes met in a script, with their objects and methods."""

import ast

from gradviz_core.scripts.arrays import (
    UNKNOWN,
    Array,
    Class,
    Instance,
    OwnFunction,
    Value,
    moved,
    unknown_part,
)
from gradviz_core.scripts.instances import Classes, receiver_of
from gradviz_core.scripts.walk.changes import Changes, lose
from gradviz_core.scripts.walk.observations import Observations


class Objects:
    """The methods of the classes met so far, and the objects made of them.

    Parameters
    ----------
    classes : Classes
        Which attributes of the script's classes can be followed.
    changes : Changes
        Whose numbers were changed in place.
    observations : Observations
        Where it is noted which arrays are read after such a change.
    """

    def __init__(
        self, classes: Classes, changes: Changes, observations: Observations
    ) -> None:
        self._classes = classes
        self._changes = changes
        self._observations = observations
        self._class_of: dict[ast.FunctionDef, Class] = {}  # by methods
        self._unbound: dict[ast.FunctionDef, ast.FunctionDef] = {}  # by methods
        self._instances: dict[Class, list[Instance]] = {}

    def add_method(self, method: ast.FunctionDef, owner: Class) -> None:
        """Note to which class a method belongs."""
        self._class_of[method] = owner

    def add_instance(self, owner: Class) -> Instance:
        """Return a new object of a class, before its constructor has run."""
        instance = Instance(owner)
        self._instances.setdefault(owner, []).append(instance)
        return instance

    def only_instance(self, owner: Class) -> Instance | None:
        """Return the only object that a script has made of a class."""
        instances = self._instances.get(owner, [])
        return instances[0] if len(instances) == 1 else None

    def class_of(self, function: ast.FunctionDef) -> Class | None:
        """Return the class whose objects have a function as a method."""
        owner = self._class_of.get(function)
        return owner if owner is not None and receiver_of(function) else None

    def bound(self, method: ast.FunctionDef, instance: Instance) -> OwnFunction:
        """Return a method of an object as a function of its other parameters."""
        if method not in self._unbound:
            self._unbound[method] = _without_receiver(method)
        return OwnFunction(self._unbound[method], method, instance)

    def attribute_of(self, instance: Instance, name: str) -> Value:
        """Return what is known of an attribute, or of a method."""
        owner = instance.of
        if self._classes.has(owner.node, name):
            return self._stored_in(instance, name)
        value = owner.names.get(name) or UNKNOWN
        if isinstance(value, OwnFunction) and isinstance(value.node, ast.FunctionDef):
            is_method = self.class_of(value.node) is not None
            return self.bound(value.node, instance) if is_method else value
        return self._changes.as_it_is_now(value)

    def store(self, instance: Instance, name: str, value: Value) -> None:
        """Store a value in an attribute, if it can be followed."""
        if self._classes.is_followed(instance.of.node, name):
            instance.attributes[name] = value
        else:
            lose(value)

    def _stored_in(self, instance: Instance, name: str) -> Value:
        """Return what is known of an attribute of the object itself."""
        attribute = instance.attributes.get(name, UNKNOWN)
        stored = self._changes.as_it_is_now(attribute)
        if not self._classes.is_changed(instance.of.node, name):
            self._observations.note_read(attribute, stored)
            return stored
        return moved(stored) if isinstance(stored, Array) else unknown_part(stored)


def _without_receiver(method: ast.FunctionDef) -> ast.FunctionDef:
    """Return a method without its first parameter: self."""
    parameters = method.args
    others = ast.arguments(**vars(parameters))
    if parameters.posonlyargs:
        others.posonlyargs = parameters.posonlyargs[1:]
    else:
        others.args = parameters.args[1:]
    return ast.FunctionDef(**vars(method) | {"args": others})
