"""Checks of several persons in one operation are a list of persons, however they are asked."""

from collections.abc import Iterator
from contextlib import suppress

from graphql import value_from_ast_untyped

from hub.api.context import Info, core_info
from hub.api.selections import at_the_root
from hub.domain.forms import require_purpose
from hub.domain.identifiers import SubjectId, parse_subject_id, subject_kind
from hub.domain.verdict import Ask
from hub.domain.vocabulary import SubjectKind
from hub.errors import InvalidIdentifier


def require_purpose_of_several(info: Info, ask: Ask) -> None:
    """Raises `PurposeRequired` where the same operation checks another person too."""
    if _is_person(ask.subject) and any(
        _is_person(other) and other != ask.subject for other in _subjects(info)
    ):
        require_purpose(ask)


def _is_person(subject: SubjectId) -> bool:
    return subject_kind(subject) is SubjectKind.PERSON


def _subjects(info: Info) -> Iterator[SubjectId]:
    """Of the operation's checks."""
    core = core_info(info)
    checks = at_the_root(core.operation, core.fragments, core.field_name)
    arguments = (argument for check in checks for argument in check.arguments or ())
    for given in (argument.value for argument in arguments if argument.name.value == "subject"):
        with suppress(InvalidIdentifier):
            yield parse_subject_id(str(value_from_ast_untyped(given, info.variable_values)))
