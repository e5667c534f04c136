"""What becomes of a value whose class the schema foretells; `Unforeseen` where it is of another.

The executor then does the object over in its own way, which finds and reports every error.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLEnumType, GraphQLScalarType, Undefined
from strawberry.execution import optimized_is_awaitable
from strawberry.types.base import StrawberryObjectDefinition

from hub.api.walking import Unforeseen

Read = Callable[[Any], Any]


def otherwise(completed: Read, *, null: bool) -> Read:
    """What becomes of a value that is not of the expected class."""

    def complete(value: Any) -> Any:
        if value is None or value is Undefined:
            if null:
                return None
            raise Unforeseen
        if isinstance(value, Exception) or optimized_is_awaitable(value):
            raise Unforeseen
        return completed(value)

    return complete


def unforeseen(_: Any) -> Any:
    raise Unforeseen


def coercing(kind: GraphQLScalarType | GraphQLEnumType) -> Read:
    def coerce(value: Any) -> Any:
        coerced = kind.coerce_output_value(value)
        if coerced is None or coerced is Undefined:
            raise Unforeseen
        return coerced

    return coerce


def checking(definition: StrawberryObjectDefinition | None, read: Read) -> Read:
    """Types that implement an interface look at the class; others take what has the attributes."""
    if definition is None or not definition.interfaces:
        return read
    classes = (*(interface.origin for interface in definition.interfaces), definition.origin)

    def check(value: Any) -> Any:
        if not isinstance(value, classes):
            raise Unforeseen
        return read(value)

    return check


def dispatching(readers: Mapping[type, Read]) -> Read:
    def dispatch(value: Any) -> Any:
        read = readers.get(value.__class__)
        if read is None:
            raise Unforeseen
        return read(value)

    return dispatch
