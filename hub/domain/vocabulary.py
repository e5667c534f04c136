"""The closed word lists of the field; titles are in `seeds/catalogue/vocabulary.yaml`."""

from enum import StrEnum
from typing import Self


class Outcome(StrEnum):
    """Gravest first, by declaration."""

    BLOCK = "BLOCK"
    RESTRICT = "RESTRICT"
    REFERENCE = "REFERENCE"
    UNCOVERED = "UNCOVERED"
    ATTENTION = "ATTENTION"
    CLEAR = "CLEAR"

    @property
    def gravity(self) -> int:
        """0 for `CLEAR`, growing with gravity."""
        return _GRAVITY[self]

    @classmethod
    def gravest(cls, outcomes: "list[Outcome]") -> "Outcome":
        """`CLEAR` when there are none."""
        return max(outcomes, key=lambda outcome: outcome.gravity, default=cls.CLEAR)


_GRAVITY = {outcome: index for index, outcome in enumerate(reversed(Outcome))}


class SubjectKind(StrEnum):
    UNIT = "UNIT"
    PERSON = "PERSON"


class UnitKind(StrEnum):
    """By the second character of the credit code; a foreign buyer is OTHER."""

    ORGAN = "ORGAN"
    INSTITUTION = "INSTITUTION"
    MASS_ORG = "MASS_ORG"
    OTHER = "OTHER"


DEPARTMENT_KINDS = (UnitKind.ORGAN, UnitKind.INSTITUTION)
"""Of the units that are a division's own departments, where they are of its level too."""


class AdminLevel(StrEnum):
    REGION = "REGION"
    LEAGUE_CITY = "LEAGUE_CITY"
    BANNER_COUNTY = "BANNER_COUNTY"
    TOWNSHIP = "TOWNSHIP"


class RecordKind(StrEnum):
    """A judgment default is a failure event too; `covers` says so."""

    FAILURE_EVENT = "FAILURE_EVENT"
    JUDGMENT_DEFAULT = "JUDGMENT_DEFAULT"
    LISTING = "LISTING"
    DISCIPLINE = "DISCIPLINE"
    PENALTY = "PENALTY"
    HONOUR = "HONOUR"
    RISK_ALERT = "RISK_ALERT"

    def covers(self, other: Self) -> bool:
        """Whether a trigger for this kind is met by a record of the other."""
        return self is other or (
            self is RecordKind.FAILURE_EVENT and other is RecordKind.JUDGMENT_DEFAULT
        )


class InfoCategory(StrEnum):
    """The five categories of public credit information (内政发〔2021〕12号 二(二)1)."""

    BASIC = "BASIC"
    POSITIVE = "POSITIVE"
    GENERAL_DISHONEST = "GENERAL_DISHONEST"
    SERIOUS_DISHONEST = "SERIOUS_DISHONEST"
    RISK_ALERT = "RISK_ALERT"


class PublicitySeverity(StrEnum):
    """The national scale in force from 2026-04-01 (信用修复管理办法)."""

    MINOR = "MINOR"
    GENERAL = "GENERAL"
    SERIOUS = "SERIOUS"


class StandingStatus(StrEnum):
    """Only `IN_FORCE` counts."""

    DETERMINED = "DETERMINED"
    IN_FORCE = "IN_FORCE"
    SUSPENDED = "SUSPENDED"
    LIFTED = "LIFTED"
    CORRECTED = "CORRECTED"
    REVOKED = "REVOKED"
    REPAIRED = "REPAIRED"
    EXPIRED = "EXPIRED"
    ARCHIVED = "ARCHIVED"


class Reach(StrEnum):
    """How a record arrives at a subject; reaches do not compose."""

    OWN = "OWN"
    RESPONSIBLE = "RESPONSIBLE"
    PRINCIPAL = "PRINCIPAL"
    SUCCESSION = "SUCCESSION"
    SUBORDINATE = "SUBORDINATE"
    REGION = "REGION"


class RuleKind(StrEnum):
    """A `CHECK` rule grounds verdicts; a `DUTY` obliges somebody and never does."""

    CHECK = "CHECK"
    DUTY = "DUTY"


class Maturity(StrEnum):
    """An experimental rule never gives more than `ATTENTION`."""

    ESTABLISHED = "ESTABLISHED"
    EXPERIMENTAL = "EXPERIMENTAL"


class ReadingGrade(StrEnum):
    """How a source was read: A in full, B its beginning, C by a report, MEMORY not at all."""

    SEED = "SEED"
    A = "A"
    B = "B"
    C = "C"
    MEMORY = "MEMORY"


class ClearanceKind(StrEnum):
    """How a ground goes away: by what somebody does, or by itself."""

    FULFIL = "FULFIL"
    REPAIR = "REPAIR"
    CORRECTION = "CORRECTION"
    EXPIRY = "EXPIRY"
    RULE_END = "RULE_END"
