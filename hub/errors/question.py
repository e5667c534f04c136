"""What is wrong with a question about a subject."""

from collections.abc import Sequence

from hub.errors.base import InvalidInput, NotFound
from hub.text import Text


class InvalidIdentifier(InvalidInput):
    code = "INVALID_IDENTIFIER"

    def __init__(self, given: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"标识 {given!r} 无效：{reason.zh}", f"Identifier {given!r} is invalid: {reason.en}"
            ),
            mend=Text(
                "请核对18位统一社会信用代码、人员编号(P-…)或境外标识(方案:值)",
                "Check the 18-character credit code, person id (P-…) or foreign scheme:value",
            ),
            where="subject",
        )
        self.given = given
        self.reason = reason


class InvalidInstant(InvalidInput):
    code = "INVALID_INSTANT"

    def __init__(self, given: str, reason: Text, *, where: str | None = None) -> None:
        super().__init__(
            Text(f"时间 {given!r} 无效：{reason.zh}", f"Instant {given!r} is invalid: {reason.en}"),
            mend=Text(
                "请写明时区，精度不超过毫秒，例如 2026-11-23T09:00:00+08:00",
                "State the zone, milliseconds at most, such as 2026-11-23T09:00:00+08:00",
            ),
            where=where,
        )
        self.given = given


class KnownAtInFuture(InvalidInput):
    code = "KNOWN_AT_IN_FUTURE"

    def __init__(self, given: str, now: str) -> None:
        super().__init__(
            Text(
                f"knownAt {given} 晚于现在 {now}：将来所知无从查起",
                f"knownAt {given} is later than now, {now}: future knowledge cannot be read",
            ),
            mend=Text(
                "请省略 knownAt 或给出过去的时刻", "Leave knownAt out or give a past instant"
            ),
            where="knownAt",
        )


class UnknownScenario(InvalidInput):
    code = "UNKNOWN_SCENARIO"

    def __init__(self, scenario: str, known: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"没有规则涉及应用场景 {scenario!r}，不能作出结论",
                f"No rule set names the scenario {scenario!r}: an unruled question has no answer",
            ),
            mend=Text(f"请从中选择：{'、'.join(known)}", f"Choose one of: {', '.join(known)}"),
            where="scenario",
        )
        self.scenario = scenario


class UnknownCode(InvalidInput):
    code = "UNKNOWN_CODE"

    def __init__(self, argument: str, given: str, known: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"规则集中没有 {argument} 为 {given!r} 的条目",
                f"The rule set has no {argument} {given!r}",
            ),
            mend=Text(f"请从中选择：{'、'.join(known)}", f"Choose one of: {', '.join(known)}"),
            where=argument,
        )


class CapacityRequired(InvalidInput):
    code = "CAPACITY_REQUIRED"

    def __init__(self, scenario: str, allowed: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"应用场景 {scenario} 必须写明主体以何身份参与",
                f"Scenario {scenario} needs to know as what the subject takes part",
            ),
            mend=Text(
                f"请给出 capacity：{'、'.join(allowed)}", f"Give capacity: {', '.join(allowed)}"
            ),
            where="capacity",
        )
        self.allowed = tuple(allowed)


class CapacityNotAllowed(InvalidInput):
    code = "CAPACITY_NOT_ALLOWED"

    def __init__(self, capacity: str, scenario: str, allowed: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"应用场景 {scenario} 没有参与身份 {capacity!r}",
                f"Scenario {scenario} has no capacity {capacity!r}",
            ),
            mend=Text(f"请从中选择：{'、'.join(allowed)}", f"Choose one of: {', '.join(allowed)}"),
            where="capacity",
        )
        self.allowed = tuple(allowed)


class WrongSubjectKind(InvalidInput):
    code = "WRONG_SUBJECT_KIND"

    def __init__(self, subject: str, scenario: str, expected: Text) -> None:
        super().__init__(
            Text(
                f"应用场景 {scenario} 只核查{expected.zh}，{subject!r} 不是",
                f"Scenario {scenario} checks {expected.en}, which {subject!r} is not",
            ),
            mend=Text(
                "请核对主体与应用场景是否匹配", "Check that subject and scenario belong together"
            ),
            where="subject",
        )


class UnitsOnly(InvalidInput):
    """Of persons nothing is listed, compared, supposed or told of the past."""

    code = "UNITS_ONLY"

    def __init__(self, form: str) -> None:
        super().__init__(
            Text(f"{form} 只用于单位，不用于个人", f"{form} is for units, never for persons"),
            mend=Text(
                "个人只能逐人、按一个场景、为授权的用途核查：check",
                "Check a person alone, in one scenario, for an authorised purpose: check",
            ),
            where=form,
        )


class PurposeRequired(InvalidInput):
    code = "PURPOSE_REQUIRED"

    def __init__(self, scenario: str) -> None:
        super().__init__(
            Text(
                f"一次核查几个人，或就一人有几问（{scenario}），每问都须写明用途和授权文书",
                f"Several checks of persons ({scenario}) take purpose and authorisation for each",
            ),
            mend=Text("请给出 purpose 与 authorisation", "Give purpose and authorisation"),
            where="purpose",
        )


class TooManySubjects(InvalidInput):
    code = "TOO_MANY_SUBJECTS"

    def __init__(self, given: int, most: int) -> None:
        super().__init__(
            Text(
                f"一次最多核查 {most} 个主体，这里有 {given} 个；没有核查任何一个",
                f"One request checks at most {most} subjects, not {given}; none was checked",
            ),
            mend=Text(
                f"请分成每次不超过 {most} 个，并都使用第一次返回的 effectiveAt 与 knownAt，"
                "合起来就是同一时点的一份名单",
                f"Send {most} or fewer at a time, all with the effectiveAt and knownAt that the"
                " first answer states: together they are one list as of one moment",
            ),
            where="subjects",
        )
        self.given = given
        self.most = most


class NotOfSubject(InvalidInput):
    """Whether such a thing exists elsewhere is not told."""

    code = "NOT_OF_SUBJECT"

    def __init__(self, argument: str, given: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"{'、'.join(given)} 不及于该主体，无从假设",
                f"Nothing can be supposed of {', '.join(given)}: it does not concern the subject",
            ),
            mend=Text(
                "请使用该主体核查依据中的记录编号，或其所欠账款的标识",
                "Use codes of records in the grounds of the subject's check, or of debts it owes",
            ),
            where=argument,
        )
        self.given = tuple(given)


class UnitNotFound(NotFound):
    code = "UNKNOWN_UNIT"

    def __init__(self, unit_id: str) -> None:
        super().__init__(
            Text(f"库中没有标识为 {unit_id!r} 的单位", f"No unit is kept under {unit_id!r}"),
            mend=Text(
                "请核对代码；查无此单位不等于无失信，不能据此通过",
                "Check the code; an unknown unit is not a clean one, so do not decide on this",
            ),
            where="subject",
        )
        self.unit_id = unit_id


class RegionNotFound(NotFound):
    code = "UNKNOWN_REGION"

    def __init__(self, given: str) -> None:
        super().__init__(
            Text(
                f"此时没有代码为 {given!r} 的行政区划", f"No division has the code {given!r} then"
            ),
            mend=Text(
                "请核对区划代码；撤销的区划由 replacedBy 查其后继",
                "Check the code; a division that was abolished tells its successor as replacedBy",
            ),
            where="region",
        )
        self.given = given
