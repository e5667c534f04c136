"""What every error has, and the families of the tree."""

from typing import ClassVar

from hub.text import Text


class HubError(Exception):
    """What went wrong and how to mend it, in both languages; `where` names file, entry or field."""

    code: ClassVar[str]
    exit_status: ClassVar[int]
    retryable: ClassVar[bool] = False
    """Whether the same request, unchanged, may succeed in seconds."""

    def __init__(self, what: Text, *, mend: Text, where: str | None = None) -> None:
        super().__init__(what.en)
        self.what = what
        self.mend = mend
        self.where = where


class InvalidInput(HubError):
    exit_status = 2


class NotFound(HubError):
    exit_status = 3


class RefusedData(HubError):
    exit_status = 5


class GraphProblem(HubError):
    exit_status = 4


class EvidenceProblem(HubError):
    exit_status = 7


class LocalServerProblem(HubError):
    exit_status = 6
