-- What wrk sends and reports: wrk -s fresh-events.lua URL -- FILE FIRST
-- FILE holds the event with {uuid} where the uuid of its message goes; every request is of a message of its own,
-- and FIRST is the number of the first one. The report is one line of JSON.
local before, after, number

function init(args)
  local file = assert(io.open(args[1], "rb"))
  before, after = file:read("*a"):match("^(.-){uuid}(.*)$")
  file:close()
  number = tonumber(args[2])
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  number = number + 1
  return wrk.format(nil, nil, nil, before .. string.format("%032x", number) .. after)
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"failed":%d}',
    summary.requests,
    summary.duration / 1e6,
    latency:percentile(50) / 1000,
    latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
