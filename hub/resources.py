"""Where the data that travels with the code lies: `graph_schema/` and `seeds/`."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Path below the folder that holds `graph_schema/` and `seeds/`.

    An installed wheel carries both inside the package; in a checkout they stand beside it.
    """
    carried = _PACKAGE / "_carried"
    root = carried if carried.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
