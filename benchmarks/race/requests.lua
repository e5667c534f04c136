-- Posts the bodies of a file (one JSON document a line), one after the other, over and over.
local prepared = {}
local latest = 0

function init(args)
  for body in io.lines(args[1]) do
    local headers = { ["Content-Type"] = "application/json" }
    prepared[#prepared + 1] = wrk.format("POST", nil, headers, body)
  end
end

function request()
  latest = latest % #prepared + 1
  return prepared[latest]
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "failed": %d, "p50_ms": %f, "p99_ms": %f}\n',
    summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3
  ))
end
