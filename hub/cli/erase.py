"""`hub erase`: the identity of a person."""

import click

from hub.cli.opening import on_hub
from hub.cli.output import json_option, print_json, reports_errors, say
from hub.domain.identifiers import SubjectId, parse_subject_id, subject_kind
from hub.domain.vocabulary import SubjectKind
from hub.errors import InvalidIdentifier
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub

_NO_PERSON = Text("只能删除个人的身份信息", "only the identity of a person can be erased")


@click.command()
@click.argument("person")
@click.option("--document", required=True, help="依据的文书。  The document it rests on.")
@json_option
@reports_errors
def erase(*, person: str, document: str, as_json: bool) -> None:
    """销毁 PERSON 身份信息的密钥，不可恢复。  Destroy the key of a person's identity, for good.

    此后姓名无法读出，以其为主体的结论重放为 withheld；记录本身按编号保留。
    The name can be read no more, verdicts on the person replay as withheld; records keep the code.
    """
    subject = parse_subject_id(person)
    if subject_kind(subject) is not SubjectKind.PERSON:
        raise InvalidIdentifier(person, _NO_PERSON)
    done = on_hub(load_settings(), lambda hub: _erased(hub, subject, document))
    if as_json:
        print_json({"person": subject, "erased": True, "already": not done})
    elif done:
        say(Text("密钥已销毁", "The key is destroyed"))
    else:
        say(Text("此前已经删除，没有变化", "Erased before; nothing was changed"))


async def _erased(hub: Hub, subject: SubjectId, document: str) -> bool:
    return await hub.evidence.persons.erase(subject, document)
