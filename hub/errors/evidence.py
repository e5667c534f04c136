"""What keeps a verdict from being recorded, found, reviewed or proved."""

from collections.abc import Sequence

from hub.errors.base import EvidenceProblem, InvalidInput, NotFound
from hub.text import Text


class MatterRequired(InvalidInput):
    code = "MATTER_REQUIRED"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "idempotencyKey 只对所办事项有意义，没有写明 matter",
                "An idempotencyKey belongs to a matter, and none was given",
            ),
            mend=Text("请给出 matter，或省略 idempotencyKey", "Give matter, or leave the key out"),
            where="matter",
        )


class InvalidReference(InvalidInput):
    code = "INVALID_REFERENCE"

    def __init__(self, argument: str, most: int) -> None:
        super().__init__(
            Text(
                f"{argument} 不能为空白，也不能超过 {most} 个字符",
                f"{argument} may be neither blank nor longer than {most} characters",
            ),
            mend=Text(
                f"请给出 1 到 {most} 个字符，或省略它",
                f"Give 1 to {most} characters, or leave it out",
            ),
            where=argument,
        )


class MatterConflict(InvalidInput):
    code = "MATTER_CONFLICT"

    def __init__(self, matter: str) -> None:
        super().__init__(
            Text(
                f"事项 {matter!r} 已登记，内容不同",
                f"The matter {matter!r} is registered with other content",
            ),
            mend=Text(
                "登记不能改动；请核对，或用另一名称登记",
                "A registration never changes: check it, or register under another name",
            ),
            where="matter",
        )


class IdempotencyConflict(InvalidInput):
    code = "IDEMPOTENCY_CONFLICT"

    def __init__(self, key: str) -> None:
        super().__init__(
            Text(
                f"idempotencyKey {key!r} 已用于同一事项的另一问题",
                f"The idempotencyKey {key!r} was used for another question of this matter",
            ),
            mend=Text(
                "重试时请原样重发；新的问题请用新的键",
                "Send the same question again, or a new key with a new question",
            ),
            where="idempotencyKey",
        )


class ReviewNotRequired(InvalidInput):
    code = "REVIEW_NOT_REQUIRED"

    def __init__(self, verdict_id: str) -> None:
        super().__init__(
            Text(
                f"结论 {verdict_id} 不需要人工复核",
                f"Verdict {verdict_id} is not for a human to confirm",
            ),
            mend=Text(
                "只复核 humanReviewRequired 为真的结论",
                "Review only verdicts whose humanReviewRequired is true",
            ),
            where="id",
        )


class ReasonsRequired(InvalidInput):
    code = "REASONS_REQUIRED"

    def __init__(self, argument: str) -> None:
        super().__init__(
            Text(f"人工复核须写明 {argument}", f"A review must state its {argument}"),
            mend=Text(
                "请写明复核人和理由，不得空白", "Name who reviews and why; neither may be blank"
            ),
            where=argument,
        )


class InvalidReceipt(InvalidInput):
    code = "INVALID_RECEIPT"

    def __init__(self, reason: Text, *, where: str | None = None) -> None:
        super().__init__(
            Text(
                f"这不是可核验的回执：{reason.zh}", f"No receipt that can be verified: {reason.en}"
            ),
            mend=Text(
                "请用原样保存的回执文件，或向出具方重新索取",
                "Use the receipt's file as it was kept, or ask its issuer for it again",
            ),
            where=where,
        )


class InvalidKeys(InvalidInput):
    code = "INVALID_KEYS"

    def __init__(self, file: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"密钥文件 {file} 不可用：{reason.zh}", f"Key file {file} is of no use: {reason.en}"
            ),
            mend=Text(
                "请给出 JWK Set 文件，每把密钥写明 kid 和 alg",
                "Give a file with a JWK Set whose keys state kid and alg",
            ),
            where=file,
        )


class VerdictNotFound(NotFound):
    code = "UNKNOWN_VERDICT"

    def __init__(self, verdict_id: str) -> None:
        super().__init__(
            Text(
                f"没有留痕编号为 {verdict_id!r} 的结论", f"No verdict is recorded as {verdict_id!r}"
            ),
            mend=Text(
                "请核对编号；其他主机的卷可用 HUB_VERDICT_VOLUMES 一并查找",
                "Check the id; HUB_VERDICT_VOLUMES looks into volumes of other hosts too",
            ),
            where="id",
        )


class VerdictWithheld(NotFound):
    code = "VERDICT_WITHHELD"

    def __init__(self, verdict_id: str) -> None:
        super().__init__(
            Text(
                f"结论 {verdict_id} 留有痕迹，但其内容已不能再给出",
                f"Verdict {verdict_id} was recorded, but can no longer be told",
            ),
            mend=Text(
                "密钥已销毁，或所依据的事实已不可用；请重新核查",
                "Its key was destroyed or its facts are no longer to be had; check anew",
            ),
            where="id",
        )


class KeyNotFound(NotFound):
    code = "UNKNOWN_KEY"

    def __init__(self, kid: str, known: Sequence[str]) -> None:
        listed = ", ".join(known) or "—"
        super().__init__(
            Text(
                f"没有编号为 {kid!r} 的公钥，已知 {listed}",
                f"No public key is known by the id {kid!r}; known are {listed}",
            ),
            mend=Text(
                "请用 --keys 给出出具方 /.well-known/jwks.json 的文件",
                "Give the issuer's /.well-known/jwks.json by --keys",
            ),
            where="kid",
        )
        self.kid = kid


class VerdictStoreUnavailable(EvidenceProblem):
    code = "VERDICT_STORE_UNAVAILABLE"

    def __init__(self, cause: str) -> None:
        super().__init__(
            Text(
                f"结论无法留痕或读取（{cause}），因此不予回答",
                f"The verdict store cannot be written or read ({cause}), so nothing is answered",
            ),
            mend=Text(
                "请检查 HUB_VERDICT_DIR 所在磁盘的空间与权限；没有结论就不要作出决定",
                "Check space and rights on the disk of HUB_VERDICT_DIR; without an answer do not"
                " decide",
            ),
            where="HUB_VERDICT_DIR",
        )


class VerdictStoreDamaged(EvidenceProblem):
    code = "VERDICT_STORE_DAMAGED"

    def __init__(self, entry: str) -> None:
        super().__init__(
            Text(f"留痕 {entry} 被改动过", f"The record {entry} has been altered"),
            mend=Text(
                "请从备份恢复该卷，并查明原因",
                "Restore the volume from its backup, and find out how it came about",
            ),
            where=entry,
        )


class VerdictStoreNewer(EvidenceProblem):
    code = "VERDICT_STORE_NEWER"

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            Text(
                f"留痕卷的版本 {found} 比本程序认识的 {known} 新",
                f"A volume of the verdict store has version {found}, newer than {known} known here",
            ),
            mend=Text("请升级诚信枢纽", "Upgrade the hub"),
        )
