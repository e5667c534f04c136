"""Several questions of persons in one operation are a list or a dossier, however they are asked.

Only `check` is counted here: `checkMany` always takes purpose and authorisation, and the limits
let it stand beside no other question; every other form is refused of persons.
"""

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
    """Raises `PurposeRequired` where the same operation asks of a person anything else too."""
    if _is_person(ask.subject) and any(
        _is_person(subject) and (subject, scenario) != (ask.subject, ask.scenario)
        for subject, scenario in _questions(info)
    ):
        require_purpose(ask)


def _is_person(subject: SubjectId) -> bool:
    return subject_kind(subject) is SubjectKind.PERSON


def _questions(info: Info) -> Iterator[tuple[SubjectId, str]]:
    """Subject and scenario of each of the operation's checks."""
    core = core_info(info)
    for check in at_the_root(core.operation, core.fragments, core.field_name):
        given = {
            argument.name.value: str(value_from_ast_untyped(argument.value, info.variable_values))
            for argument in check.arguments or ()
        }
        with suppress(InvalidIdentifier):
            yield parse_subject_id(given["subject"]), given["scenario"]
