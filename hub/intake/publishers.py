"""What is particular to each publisher of OCDS releases: data, in `seeds/ocds/publishers.yaml`."""

import re
from collections.abc import Mapping
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from hub.resources import resource

_PREFIX = re.compile(r"(ocds-[a-z0-9]{6})-.+", re.IGNORECASE)


class Publisher(BaseModel):
    """One entry of the file, whose head explains the fields; the defaults are the standard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | None = None
    jurisdiction: str | None = None
    schemes: Mapping[str, str] = {}
    currencies: Mapping[str, str] = {}
    placeholders: frozenset[str] = frozenset()
    contract_number: str | None = None
    change_reason: str | None = None


def ocid_prefix(ocid: str) -> str | None:
    """The publisher's registered part of an ocid: `ocds-03ad3f` of `ocds-03ad3f-273637`."""
    match = _PREFIX.fullmatch(ocid)
    return match[1].lower() if match else None


def publisher_of(ocid: str) -> Publisher:
    return _listed().get(ocid_prefix(ocid) or "", _UNLISTED)


_UNLISTED = Publisher()


@cache
def _listed() -> Mapping[str, Publisher]:
    text = resource("seeds", "ocds", "publishers.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Publisher]).validate_python(yaml.safe_load(text))
