"""Ids of generated things, each made from its number alone, and none that could be real.

No province of GB/T 2260 has the code 98, under which all divisions and organisations lie.
"""

from functools import cache

from stdnum.cn import uscc

from hub.domain.identifiers import organisation_check_character

PROVINCE = "980000"
_ORGAN, _INSTITUTION, _ENTERPRISE = "11", "12", "91"
_ENTERPRISES_FROM = 50_000_000


def league(province: str, number: int) -> str:
    return f"{province[:2]}{number + 1:02d}00"


def banner(league_code: str, number: int) -> str:
    return f"{league_code[:4]}{number + 1:02d}"


def township(banner_code: str, number: int) -> str:
    return f"{banner_code}{number + 1:03d}"


@cache
def unit(number: int, region: str, *, organ: bool) -> str:
    return _credit_code(_ORGAN if organ else _INSTITUTION, region[:6], number)


@cache
def enterprise(number: int) -> str:
    return _credit_code(_ENTERPRISE, PROVINCE, _ENTERPRISES_FROM + number)


def person(number: int) -> str:
    return f"P-980000-{number:07d}"


def _credit_code(kind: str, division: str, number: int) -> str:
    body = f"{number:08d}"
    first = f"{kind}{division}{body}{organisation_check_character(body)}"
    return first + uscc.calc_check_digit(first)
