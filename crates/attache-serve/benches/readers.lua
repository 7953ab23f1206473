-- Readers of many pages, for wrk (docs/serve.md): each asks for the next address of the list, and once in
-- a while for a period nobody asked for before.
local pages = {
  "/", "/relation?a=COL&b=USA", "/relation?a=ECU&b=MEX", "/relation?a=IRN&b=SAU&step=month", "/relation?a=COL",
  "/entity?id=COL", "/search?q=tariff", "/compare?a=COL&b=USA&c=FRA&d=MLI", "/api/relation?a=AUS&b=CHN&events=0",
  "/api/events?a=COL&b=USA&limit=20", "/static/app.css",
}
local asked = 0

request = function()
  asked = asked + 1
  if asked % 25 == 0 then
    return wrk.format("GET", string.format("/relation?a=COL&b=USA&from=2025-%02d-%02d", asked % 12 + 1, asked % 28 + 1))
  end
  return wrk.format("GET", pages[asked % #pages + 1])
end

done = function(summary, latency)
  io.write(string.format("%d answers, %d not 2xx or 3xx, %d broken connections, %d timeouts\n", summary.requests,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write, summary.errors.timeout))
  for _, share in ipairs({ 50, 90, 95, 99, 99.9 }) do
    io.write(string.format("p%g %.0f ms\n", share, latency:percentile(share) / 1000))
  end
end
