"""Reading a publisher's JSON field by field, so that a refusal names the field and the reason."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, cast
from unicodedata import normalize

from hub.domain.clocks import Millis, day_start, millis_of
from hub.text import Text

_VARIANT = re.compile(r"(.+)_[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T.+)?")


class UnreadableField(ValueError):
    """`field` is the path from the release, such as `contracts[0].value.amount`."""

    def __init__(self, field: str, reason: Text) -> None:
        super().__init__(f"{field}: {reason.en}")
        self.field = field
        self.reason = reason


class Stated(NamedTuple):
    """A published date: the calendar day as it was written, and the instant.

    2016-06-28T12:00:00-04:00 is the 28th, although it was the 29th in Asia/Shanghai by then.
    """

    day: date
    at: Millis


def base_name(field: str) -> str:
    """Without the language that a variant of a text names.

    >>> base_name("title_fr")
    'title'
    """
    match = _VARIANT.fullmatch(field)
    return match[1] if match else field


class Published:
    """A JSON object at its `path`. Absent, null, blank and placeholder values are all `None`."""

    def __init__(
        self, values: Mapping[str, object], path: str, placeholders: frozenset[str]
    ) -> None:
        self._values = values
        self._placeholders = placeholders
        self.path = path

    @classmethod
    def of(cls, value: object, path: str, placeholders: frozenset[str]) -> "Published":
        if not isinstance(value, Mapping):
            raise UnreadableField(path, Text("应为对象", "an object is expected"))
        return cls(cast("Mapping[str, object]", value), path, placeholders)

    def names(self) -> Iterable[str]:
        return self._values.keys()

    def text(self, name: str) -> str | None:
        """Trimmed, in NFC. A whole number is taken as text, since identifiers often are numbers."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise self.unreadable(name, Text("应为文本", "text is expected"))
        text = normalize("NFC", value).strip()
        return None if not text or text in self._placeholders else text

    def worded(self, name: str, language: str | None) -> str | None:
        """The text itself, else its variant `name_xx` in the language, else its first variant."""
        variants = sorted(one for one in self._values if base_name(one) == name)
        own = [one for one in variants if language and one == f"{name}_{language.lower()}"]
        texts = (self.text(one) for one in (name, *own, *variants))
        return next((text for text in texts if text), None)

    def digest(self) -> str:
        """The same content gives the same, whatever the order of its fields."""
        text = json.dumps(self._values, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def number(self, name: str) -> Decimal | None:
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.unreadable(name, Text("应为数字", "a number is expected"))
        return Decimal(value)

    def moment(self, name: str) -> Stated | None:
        """A day alone begins in Asia/Shanghai; a time needs its zone and is cut to milliseconds."""
        text = self.text(name)
        if text is None:
            return None
        match = _DATE.fullmatch(text)
        try:
            moment = datetime.fromisoformat(text) if match else None
        except ValueError:
            moment = None
        if match is None or moment is None:
            raise self.unreadable(name, Text("不是 ISO 8601 日期", "not an ISO 8601 date"))
        if match[2] is None:
            return Stated(moment.date(), day_start(moment.date()))
        if moment.tzinfo is None:
            raise self.unreadable(name, Text("没有写明时区", "the zone is missing"))
        return Stated(moment.date(), millis_of(moment))

    def child(self, name: str) -> "Published | None":
        value = self._values.get(name)
        return None if value is None else self.of(value, self._at(name), self._placeholders)

    def children(self, name: str) -> "Sequence[Published]":
        """Objects of a list; a lone object counts as a list of one."""
        return [self.of(value, path, self._placeholders) for path, value in self.elements(name)]

    def elements(self, name: str) -> Sequence[tuple[str, object]]:
        """Path and value of each element, whatever it is, so that one can be refused alone."""
        value = self._values.get(name)
        if value is None:
            return []
        if isinstance(value, Mapping):
            return [(self._at(name), cast("object", value))]
        if not isinstance(value, list):
            raise self.unreadable(name, Text("应为列表", "a list is expected"))
        items = cast("list[object]", value)
        return [(f"{self._at(name)}[{index}]", item) for index, item in enumerate(items)]

    def unreadable(self, name: str, reason: Text) -> UnreadableField:
        return UnreadableField(self._at(name), reason)

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name
