"""Several questions of persons in one operation are a list or a dossier, however they are asked.

Only `check` is counted here: `checkMany` always takes purpose and authorisation, and the limits
let it stand beside no other question; every other form is refused of persons.
"""

from contextlib import suppress

from graphql import GraphQLError
from graphql.execution.values import VariableValues, get_argument_values

from hub.api.context import Info, core_info
from hub.api.selections import at_the_root
from hub.domain.forms import require_purpose
from hub.domain.identifiers import SubjectId, parse_subject_id, subject_kind
from hub.domain.verdict import Ask
from hub.domain.vocabulary import SubjectKind
from hub.errors import InvalidIdentifier

_ASKED = ("scenario", "capacity", "effectiveAt", "knownAt")


def require_purpose_of_several(info: Info, ask: Ask) -> None:
    """Raises `PurposeRequired` where the same operation asks of a person anything else too."""
    if _is_person(ask.subject) and len(_questions(info)) > 1:
        require_purpose(ask)


def _is_person(subject: SubjectId) -> bool:
    return subject_kind(subject) is SubjectKind.PERSON


def _questions(info: Info) -> set[tuple[object, ...]]:
    """What the operation's checks ask of persons: of whom, in what, and as of when."""
    core = core_info(info)
    field = core.parent_type.fields[core.field_name]
    variables = VariableValues(sources={}, coerced=info.variable_values)
    questions = set[tuple[object, ...]]()
    for check in at_the_root(core.operation, core.fragments, core.field_name):
        with suppress(GraphQLError, InvalidIdentifier):
            given = get_argument_values(field, check, variables)
            subject = parse_subject_id(given["subject"])
            if _is_person(subject):
                questions.add((subject, *map(given.get, _ASKED)))
    return questions
