#!/bin/sh
# Page through the units of a division:  examples/curl/units.sh 159921
set -eu

after=
while :; do
  page=$("$(dirname "$0")/ask.sh" units "region=$1" ${after:+"after=$after"})
  printf '%s\n' "$page" | grep -o '"code":"[^"]*","name":"[^"]*"' | cut -d '"' -f 4,8 | tr '"' ' '
  case $page in
    *'"complete":false'*) echo "列表未读完  There are more than were read: narrow the list." >&2 ;;
  esac
  case $page in
    *'"hasNextPage":true'*) after=$(printf %s "$page" | sed 's/.*"endCursor":"\([^"]*\)".*/\1/') ;;
    *) exit 0 ;;
  esac
done
