"""The examples' programs, run as a newcomer runs them.

- `typescript`  folder of the TypeScript example, generated from the schema of now and built
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hub.exclusion import exclusively
from hub.settings import load_settings
from scripts.fetch_graphiql import npm_ci, npms_here

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="session")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("typescript")
    folder = base / "examples" / "typescript"
    own = shutil.ignore_patterns("node_modules", "dist", "generated")
    shutil.copytree(EXAMPLES / "typescript", folder, ignore=own)
    shutil.copytree(EXAMPLES / "questions", base / "examples" / "questions")
    (base / "graph_schema").mkdir()
    sdl = base / "graph_schema" / "schema.graphql"
    subprocess.run([sys.executable, "-m", "scripts.print_sdl", sdl], check=True, cwd=ROOT)
    (folder / "node_modules").symlink_to(_packages())
    npm = npms_here()[0]
    for script in ("generate", "build"):
        subprocess.run(
            [npm, "run", script, "--silent", "--no-update-notifier"],
            cwd=folder,
            check=True,
            timeout=300,
        )
    return folder


def _packages() -> Path:
    """What the lock pins, installed once for each lock; those of earlier locks are removed."""
    cache = load_settings().cache_dir / "examples-typescript"
    lock = EXAMPLES / "typescript" / "package-lock.json"
    place = cache / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    cache.mkdir(parents=True, exist_ok=True)
    with exclusively(cache / "lock"):
        if not (place / "complete").exists():
            for earlier in [one for one in cache.iterdir() if one.is_dir()]:
                shutil.rmtree(earlier)
            place.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copy(lock.with_name(name), place)
            npm_ci(place, npms_here())
            (place / "complete").touch()
    return place / "node_modules"
