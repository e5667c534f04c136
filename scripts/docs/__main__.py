"""Build the documentation's site and check it.

python -m scripts.docs [FOLDER]
"""

import logging
import sys
from pathlib import Path

from scripts.check_site import flaws
from scripts.docs.site import build_site

_ROOT = Path(__file__).resolve().parents[2]


def main(*arguments: str) -> int:
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    target = Path(*arguments) if arguments else _ROOT / "site"
    build_site(_ROOT, target)
    found = list(flaws(target))
    count = sum(1 for _ in target.rglob("*.html"))
    print(*found, f"{target}: {count} 页 pages, {len(found)} 处缺陷 flaws", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
