#!/bin/sh
# Ask the hub one question of examples/questions/:
#
#   examples/curl/ask.sh check subject=12159900990000260C scenario=GOV_PROCUREMENT \
#     capacity=SUPPLIER matter=示采〔2026〕11号
#
# Prints the whole answer and ends with 0. Whatever else it ends with is no answer: do not decide.
set -eu

url=${GRAPHQL_URL:-http://127.0.0.1:8000/graphql}
tries=4

query=$(tr '\n' ' ' < "$(dirname "$0")/../questions/$1.graphql")
shift
variables=
for given in "$@"; do
  value=$(printf %s "${given#*=}" | sed 's/[\\"]/\\&/g')
  variables="$variables${variables:+,}\"${given%%=*}\":\"$value\""
done
body="{\"query\":\"$query\",\"variables\":{$variables}}"

wait=1
while :; do
  answer=$(printf %s "$body" | curl --silent --show-error --max-time 35 \
    --header 'Content-Type: application/json' --data-binary @- "$url") || answer=
  case $answer in
    *'"errors":['*'"retryable":true'*) ;;
    *'"errors":['*) break ;;
    '{"data":{'*) printf '%s\n' "$answer"; exit 0 ;;
  esac
  tries=$((tries - 1))
  [ $tries -gt 0 ] || break
  sleep $wait
  wait=$((wait * 2))
done
printf '%s\n' "没有结论，不作决定  No answer: do not decide. $answer" >&2
exit 1
