"""Identifiers of subjects and records, made and checked in one place."""

import base64
import hashlib
import json
import re
import unicodedata
from typing import NewType

from stdnum.cn import uscc

from hub.domain.vocabulary import SubjectKind, UnitKind
from hub.errors import InvalidIdentifier
from hub.text import Text

SubjectId = NewType("SubjectId", str)
"""A credit code (GB 32100—2015, 18 characters), a person id `P-…`, or a foreign `scheme:value`."""

_PERSON = re.compile(r"P-[0-9A-Z][0-9A-Z-]{2,62}")
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,30}:[^\s:][^\s]{0,126}")
_CODE_LENGTH = 18
_CODE = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

# GB 32100—2015 with amendment XG1-2016: which kinds each registrar gives out. Its A, N and Y are
# why only the check character is left to python-stdnum: that refuses a letter in front.
_KINDS_OF_REGISTRAR = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "12349",  # 54, village committees, is seen in practice though not in the table
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "1239",
    "A": "19",
    "N": "1239",
    "Y": "1",
}
_UNIT_KINDS = {"11": UnitKind.ORGAN, "12": UnitKind.INSTITUTION, "13": UnitKind.MASS_ORG}

_ORG_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG_CODE_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def parse_subject_id(text: str) -> SubjectId:
    """Trim, fold full-width forms and check an identifier as typed by a person.

    Raises `InvalidIdentifier`; it does not look the subject up.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if _PERSON.fullmatch(folded) or _FOREIGN.fullmatch(folded):
        return SubjectId(folded)
    return SubjectId(_parse_credit_code(folded.upper(), given=text))


def subject_kind(subject: SubjectId) -> SubjectKind:
    """By its form alone: nothing is looked up."""
    return SubjectKind.PERSON if _PERSON.fullmatch(subject) else SubjectKind.UNIT


def unit_kind(subject: SubjectId) -> UnitKind:
    """By the first two characters of a credit code; OTHER for everything else."""
    return _UNIT_KINDS.get(subject[:2], UnitKind.OTHER)


def organisation_check_character(code: str) -> str:
    """Check character of the first eight characters of an organisation code (GB 11714).

    >>> organisation_check_character("01161544")
    '9'
    """
    total = sum(
        weight * _ORG_CODE_ALPHABET.index(character)
        for weight, character in zip(_ORG_CODE_WEIGHTS, code, strict=True)
    )
    remainder = 11 - total % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def record_id(kind: str, doc_no: str, issuer: str, subject: str) -> str:
    """`CR-` and 16 characters, from what the authority assigned, never from a place in a file."""
    given = (kind, doc_no, issuer, subject)
    parts = [unicodedata.normalize("NFKC", part).strip() for part in given]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).digest()
    return f"CR-{base64.b32encode(digest).decode()[:16]}"


def _parse_credit_code(code: str, *, given: str) -> str:
    if _CHINESE.search(code):
        raise InvalidIdentifier(
            given,
            Text(
                "这是名称；名称相近者众，凭名称不作结论",
                "it is a name, and names are alike: no verdict is given on a name",
            ),
        )
    if len(code) != _CODE_LENGTH:
        raise InvalidIdentifier(
            given,
            Text(
                f"统一社会信用代码应为18位，这里有{len(code)}位",
                f"a credit code has 18 characters, this has {len(code)}",
            ),
        )
    if _CODE.fullmatch(code) is None:
        raise InvalidIdentifier(
            given,
            Text("含有不允许的字符(I O Z S V等)", "it has characters that are not allowed"),
        )
    if uscc.calc_check_digit(code[:-1]) != code[-1]:
        raise InvalidIdentifier(
            given, Text("第18位校验码不符", "its 18th character does not check")
        )
    if code[1] not in _KINDS_OF_REGISTRAR.get(code[0], ""):
        raise InvalidIdentifier(
            given,
            Text(
                f"登记管理部门 {code[0]} 没有机构类别 {code[1]}",
                f"registrar {code[0]} gives out no kind {code[1]}",
            ),
        )
    if organisation_check_character(code[8:16]) != code[16]:
        raise InvalidIdentifier(
            given, Text("第17位(组织机构代码)校验码不符", "its 17th character does not check")
        )
    return code
