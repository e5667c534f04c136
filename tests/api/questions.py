"""Valid queries by chance: aliases, directives, fragments, interfaces and unions, as they come."""

import random
from typing import Any

from graphql import (
    GraphQLSchema,
    is_abstract_type,
    is_composite_type,
    is_leaf_type,
    parse,
    validate,
)
from graphql.type import get_named_type

_ARGUMENTS = {
    "people": ["seed: $seed", "seed: $seed, first: 1"],
    "person": ["seed: $seed"],
    "named": ["seed: $seed"],
    "page": ["seed: $seed", "seed: $seed, first: $first"],
    "check": ['subject: "x"'],
    "friends": ["", "first: 1", "first: $first", "first: 13"],
    "greeting": ["", 'to: "nobody"', "to: $to"],
}
_DIRECTIVES = [
    "@include(if: true)",
    "@skip(if: true)",
    "@include(if: $yes)",
    "@skip(if: $yes)",
    "@skip(if: $no)",
    "@skip(if: $no) @include(if: $yes)",
]
_VARIABLES = {
    "seed": "Int!",
    "first": "Int! = 1",
    "to": 'String! = "you"',
    "yes": "Boolean!",
    "no": "Boolean! = false",
}


class Questions:
    def __init__(self, schema: GraphQLSchema, seed: int) -> None:
        self._schema = schema
        self._rng = random.Random(seed)
        self._fragments: list[str] = []
        self._left = 0

    def valid(self) -> str:
        """The next query that the schema allows."""
        while True:
            text = self._any()
            if not validate(self._schema, parse(text)):
                return text

    def _any(self) -> str:
        self._fragments = []
        self._left = self._rng.randrange(4, 40)
        body = self._selections(self._schema.query_type, self._rng.randrange(2, 6))
        fragments = "\n".join(self._fragments)
        used = [name for name in _VARIABLES if f"${name}" in body + fragments]
        asked = ", ".join(f"${name}: {_VARIABLES[name]}" for name in used)
        return f"query{f'({asked})' if asked else ''} {body}\n{fragments}"

    def _selections(self, kind: Any, depth: int) -> str:
        chosen = [self._selection(kind, depth) for _ in range(self._rng.randrange(1, 7))]
        return f"{{ {' '.join(filter(None, chosen)) or '__typename'} }}"

    def _selection(self, kind: Any, depth: int) -> str:
        self._left -= 1
        if self._left < 0:
            return ""
        chance = self._rng.random()
        if chance < 0.08:
            return f"... {self._directive()} {self._selections(kind, depth)}"
        if chance < 0.16:
            return self._spread(kind, depth)
        if is_abstract_type(kind) and chance < 0.6:
            concrete = self._rng.choice(self._schema.get_possible_types(kind))
            return f"... on {concrete.name} {self._selections(concrete, depth)}"
        return self._field(kind, depth)

    def _spread(self, kind: Any, depth: int) -> str:
        name = f"F{len(self._fragments)}"
        self._fragments.append("")
        body = self._selections(kind, depth)
        self._fragments[int(name[1:])] = f"fragment {name} on {kind.name} {body}"
        return f"...{name} {self._directive()}"

    def _field(self, kind: Any, depth: int) -> str:
        fields: dict[str, Any] = getattr(kind, "fields", {})
        name = self._rng.choice([*fields, "__typename"])
        inner: Any = get_named_type(fields[name].type) if name in fields else None  # pyright: ignore[reportUnknownVariableType]
        if is_composite_type(inner) and depth == 0:
            return ""
        alias = self._rng.choice(["", "", "", f"{name}: ", f"a{self._rng.randrange(3)}: "])
        arguments = self._rng.choice(_ARGUMENTS.get(name, [""]))
        asked = f"{alias}{name}{f'({arguments})' if arguments else ''} {self._directive()}"
        if inner is None or is_leaf_type(inner):
            return asked
        return f"{asked} {self._selections(inner, depth - 1)}"

    def _directive(self) -> str:
        return self._rng.choice(_DIRECTIVES) if self._rng.random() < 0.08 else ""
