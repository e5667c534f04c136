"""Page through the units of a division.

python examples/python/units.py 159921
"""

from collections.abc import Iterator
from typing import Any

from asking import NoAnswer, arguments, ask, give_up


def units(hub: str, region: str) -> Iterator[dict[str, Any]]:
    """All of them as of one instant: a cursor carries the clocks of the first page."""
    after = None
    while True:
        page = ask(hub, "units", region=region, after=after)["region"]["units"]
        if not page["complete"]:
            print("列表未读完  There are more than were read: narrow the list.")
        for edge in page["edges"]:
            yield edge["node"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def main() -> None:
    given = arguments(region="code of the division").parse_args()
    try:
        for unit in units(given.hub, given.region):
            print(unit["code"], unit["name"], unit["debts"]["totalCount"])
    except NoAnswer as error:
        give_up(error)


if __name__ == "__main__":
    main()
