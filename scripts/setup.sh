#!/usr/bin/env bash
# Build .venv from requirements-dev.lock and fetch the GraphiQL files. A step leaves its stamp when
# it has ended well: an interrupted run goes on where it stopped, a finished one has nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/explain.sh

readonly venv=.venv stamps=.venv/stamps log=.venv/setup.log
readonly recent='import sys; sys.exit(sys.version_info < (3, 11))'

# Prints the first Python that is recent enough and can make virtual environments.
find_python() {
  local candidate recent_one=
  for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    "$candidate" -c "$recent" 2>/dev/null || continue
    recent_one=$candidate
    "$candidate" -c 'import ensurepip, venv' 2>/dev/null && echo "$candidate" && return
  done
  if [[ -n $recent_one ]]; then
    fail "$recent_one 缺少 venv 模块：请安装它（Debian、Ubuntu：apt-get install python3-venv）后重新运行。" \
      "$recent_one lacks the venv module: install it (Debian, Ubuntu: apt-get install python3-venv), then run again."
  fi
  fail "没有找到 Python 3.11 或更新版本：请安装它，或用 PYTHON=路径 指明。" \
    "No Python 3.11 or newer was found: install one, or name it with PYTHON=path."
}

# A folder that was moved holds scripts that point at its old place.
venv_is_usable() {
  "$venv/bin/python" -c "$recent; import pip" 2>/dev/null &&
    [[ ! -f $stamps/place || $(<"$stamps/place") == "$PWD" ]]
}

make_venv() {
  local python
  python=$(find_python)
  echo "Python $("$python" -c 'import platform; print(platform.python_version())') → $venv"
  "$python" -m venv --clear "$venv" ||
    fail "无法创建 $venv：请检查磁盘空间和目录权限后重新运行。" \
      "$venv could not be made: check disk space and permissions, then run again."
}

# step NAME KEY COMMAND…: runs COMMAND unless it has already succeeded under the same KEY.
step() {
  local stamp=$stamps/$1 key=$2
  shift 2
  [[ -f $stamp && $(<"$stamp") == "$key" ]] && return
  "$@"
  echo "$key" >"$stamp"
}

install() {
  rm -f "$log"
  "$venv/bin/python" -m pip install --no-input --retries 2 --disable-pip-version-check \
    --log "$log" "$@" || explain_pip
}

explain_pip() {
  if grep -qE 'DO NOT MATCH THE HASHES' "$log"; then
    fail "下载的软件包与锁定的哈希不符，已拒绝安装：请检查所用的镜像或代理后重新运行。" \
      "A package does not match its locked hash and was refused: check your mirror or proxy, then run again."
  elif grep -qE 'No space left on device' "$log"; then
    fail "磁盘空间不足：请腾出约 1 GB 后重新运行。" \
      "The disk is full: free about 1 GB, then run again."
  elif grep -qE 'ConnectionError|NewConnection|Max retries|timed out|ProxyError|SSLError|IncompleteRead' "$log"; then
    fail "下载软件包失败：请检查网络或代理后重新运行，已下载的部分会保留。" \
      "Packages could not be downloaded: check the network or proxy, then run again; what has arrived is kept."
  fi
  fail "安装失败，原因见 $log 末尾：多为此系统或此版本的 Python 没有对应的软件包，可用 PYTHON=路径 换一个。" \
    "The installation failed, see the end of $log: often a package is not made for this system or Python; PYTHON=path names another."
}

venv_is_usable || make_venv
mkdir -p "$stamps"
echo "$PWD" >"$stamps/place"
step packages "$(cksum <requirements-dev.lock)" install --require-hashes -r requirements-dev.lock
step hub "$(cksum <pyproject.toml)" install --no-deps --no-build-isolation --editable .
"$venv/bin/python" scripts/fetch_graphiql.py
