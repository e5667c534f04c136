#!/usr/bin/env bash
# The tests look at the pages in a real Chromium with Chinese glyphs; both come from the system.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/explain.sh

has_browser() { command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; }
has_chinese_font() { ! command -v fc-list >/dev/null || [[ -n $(fc-list :lang=zh-cn family) ]]; }

if has_browser && has_chinese_font; then exit; fi

if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
  fail "测试需要 Chromium 和中文字体：请安装（Debian、Ubuntu：sudo apt-get install chromium fonts-noto-cjk）后重新运行。" \
    "The tests need Chromium and a Chinese font: install them (Debian, Ubuntu: sudo apt-get install chromium fonts-noto-cjk), then run again."
fi
export DEBIAN_FRONTEND=noninteractive
{ apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } ||
  fail "Chromium 没有装上：请检查网络后重新运行。" \
    "Chromium could not be installed: check the network, then run again."
