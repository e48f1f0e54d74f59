-- Closures, metatables, coroutines, errors, integer and float arithmetic, goto.
local function fib(n)
    return n < 2 and n or fib(n - 1) + fib(n - 2)
end
print("fib", fib(24))

local Point = {}
Point.__index = Point
Point.__add = function(a, b) return setmetatable({ x = a.x + b.x, y = a.y + b.y }, Point) end
Point.__tostring = function(p) return "(" .. p.x .. ", " .. p.y .. ")" end
Point.__eq = function(a, b) return a.x == b.x and a.y == b.y end
local p = setmetatable({ x = 1, y = 2 }, Point)
print(p + p, p == setmetatable({ x = 1, y = 2 }, Point))

local function primes(limit)
    return coroutine.wrap(function()
        for n = 2, limit do
            for d = 2, math.floor(math.sqrt(n)) do
                if n % d == 0 then goto next end
            end
            coroutine.yield(n)
            ::next::
        end
    end)
end
for prime in primes(60) do
    io.write(prime, " ")
end
print()

print(pcall(error, { code = 7 }) == false, select(2, pcall(error, "message", 0)))
print(select(2, pcall(function() local t = nil; return t.x end)))
print(7 // 2, -7 // 2, 7 % -3, 7 / 2, 1 << 62, 3 | 4, ~0, math.maxinteger + 1 == math.mininteger, 2 ^ 0.5)
print(tostring(1e15), 1e100, 0x10p2, math.type(1), math.type(1.0), tostring(nil), tostring(true), #"bytes")
do
    local log <close> = setmetatable({}, { __close = function() print("closed") end })
end
print(select("#", table.unpack({ 1, nil, 3 }, 1, 3)), rawlen({ 1, 2 }), next({}), type(print))
