-- wrk asks for one random instance after the other: METHOD, PREFIX (all before the random part of the id), SUFFIX
-- and COOKIE are read from the environment; with SAME, it is always the same instance. The result is a line of JSON.
local method = os.getenv("METHOD") or "GET"
local prefix = os.getenv("PREFIX")
local suffix = os.getenv("SUFFIX") or ""
local headers = { ["x-vedette"] = "1" }
if os.getenv("COOKIE") then headers["cookie"] = os.getenv("COOKIE") end

function init()
  math.randomseed(os.time())
end

function request()
  local number = os.getenv("SAME") and 1 or math.random(0, 0xffffffffff)
  local id = string.format("0000000-0000-4000-8000-%012x", number)
  return wrk.format(method, prefix .. id .. suffix, headers)
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read
  io.write(string.format(
    '{"p50":%f,"p99":%f,"perSecond":%f,"failed":%d}\n',
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.requests / (summary.duration / 1000000), failed))
end
