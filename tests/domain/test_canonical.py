import string
from typing import Any

import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.domain.canonical import canonical

_LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
_BODIES = st.recursive(
    st.dictionaries(st.text(string.ascii_letters), _LEAVES),
    lambda inner: st.dictionaries(st.text(string.ascii_letters), inner | st.lists(inner)),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(_BODIES)
def test_the_canonical_form_is_that_of_rfc_8785(body: dict[str, Any]) -> None:
    assert canonical(body) == rfc8785.dumps(body)
