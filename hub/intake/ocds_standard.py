"""Fields of OCDS 1.0 to 1.1, with the extensions for contract suppliers and extended contracts.

Each object has fields that the hub takes and fields that it knows and leaves; all others are
particular to a publisher.
"""

from typing import NamedTuple


class Fields(NamedTuple):
    taken: frozenset[str]
    left: frozenset[str]


def _fields(taken: str, left: str = "") -> Fields:
    return Fields(frozenset(taken.split()), frozenset(left.split()))


RELEASE = _fields(
    "ocid id date tag initiationType language parties buyer tender awards contracts",
    "planning bids relatedProcesses",
)
ORGANISATION = _fields(
    "id name identifier roles", "additionalIdentifiers address contactPoint details"
)
IDENTIFIER = _fields("scheme id legalName uri")
AWARD = _fields(
    "id suppliers",
    "title description status date value items contractPeriod documents amendments amendment",
)
CONTRACT = _fields(
    "id awardID extendsContractID title status period value dateSigned suppliers amendments"
    " amendment",
    "description items documents implementation relatedProcesses milestones",
)
VALUE = _fields("amount currency")
PERIOD = _fields("startDate endDate", "maxExtentDate durationInDays")
AMENDMENT = _fields("id date rationale description", "amendsReleaseID releaseID changes")
