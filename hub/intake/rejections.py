"""What a reader refuses, so that whoever sent it can mend it and send it again."""

from typing import NamedTuple

from hub.text import Text


class Rejection(NamedTuple):
    """`line` counts from 1: in a file of lines the line, else the place among the entries."""

    line: int
    field: str
    reason: Text
