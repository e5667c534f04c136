#!/usr/bin/env bash
# Pin pyproject.toml into requirements.lock (what the hub runs on) and requirements-dev.lock (that
# and the tools). Versions and hashes only: where packages come from is each machine's own affair.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/explain.sh

.venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
  fail "请用最低支持的 Python 3.11 锁定：make clean setup PYTHON=python3.11" \
    "Lock with Python 3.11, the oldest supported: make clean setup PYTHON=python3.11"

pin() {
  CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet --allow-unsafe --generate-hashes \
    --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" pyproject.toml
}
pin "$@" --output-file requirements.lock
pin "$@" --extra dev --constraint requirements.lock --output-file requirements-dev.lock
