# Sourced by the set-up scripts: a failure is told in one Chinese and one English sentence.
# shellcheck shell=bash

fail() {
  printf '\n✗ %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

trap 'fail "已中断：再次运行会从中断处继续。" "Interrupted: running again goes on from here."' INT TERM
