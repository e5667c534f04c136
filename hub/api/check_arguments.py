"""What a check is asked for, as every form of it takes it."""

from typing import Annotated

from hub.api.words import argument

Subject = Annotated[
    str,
    argument(
        "统一社会信用代码、人员编号 P-… 或境外标识 方案:值",
        "credit code, person id P-… or foreign scheme:value",
    ),
]
Scenario = Annotated[str, argument("应用场景编码", "code of the scenario")]
Capacity = Annotated[
    str | None,
    argument("参与身份；场景有多种时必填", "capacity; required where the scenario has several"),
]
Purpose = Annotated[
    str | None,
    argument(
        "用途；一次对个人有几问的，每问必填",
        "purpose of the check; required of each where several questions are asked of persons",
    ),
]
Matter = Annotated[
    str | None,
    argument("所服务的事项，至多 200 个字符", "the decision served, at most 200 characters"),
]
Authorisation = Annotated[
    str | None,
    argument(
        "授权文书；一次对个人有几问的，每问必填",
        "document of authorisation; required of each where several questions are asked of persons",
    ),
]
IdempotencyKey = Annotated[
    str | None,
    argument(
        "重试键，至多 200 个字符，须同时给出 matter：同键同问，得同一结论",
        "for retries, with a matter, at most 200 characters: the same key and question get the"
        " same verdict",
    ),
]
