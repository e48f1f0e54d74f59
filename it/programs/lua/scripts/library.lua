-- Strings, patterns, tables, sorting, loading code, collecting garbage.
local words = {}
for word in ("the quick brown fox jumps over the lazy dog"):gmatch("%a+") do
    words[#words + 1] = word
end
table.sort(words)
print(table.concat(words, ","))
print(("x"):rep(5, "-"), ("hello"):reverse(), ("hello world"):find("o w"), ("key=value"):match("(%w+)=(%w+)"))
print(("%5.2f|%-5d|%q|%s|%x"):format(3.14159, 42, "a\nb", true, 255))
print(("abc"):byte(1, -1), string.char(104, 105), ("a,b,,c"):gsub(",", ";"))
print(string.pack("<i4z", 100, "text"):byte(1, -1))
print(string.unpack("<i4z", string.pack("<i4z", -2, "text")))
print(utf8.char(228, 8364), utf8.len("ä€"), #"ä€")

local numbers = {}
local seed = 42
for i = 1, 5000 do
    seed = (seed * 1103515245 + 12345) % 2147483648
    numbers[i] = seed
end
table.sort(numbers, function(a, b) return a > b end)
local ordered = true
for i = 2, #numbers do
    ordered = ordered and numbers[i - 1] >= numbers[i]
end
print(ordered, numbers[1], numbers[#numbers])

print(load("return ...")(1, 2), load("syntax error here"))
print(#string.dump(function() return 1 end) > 0, select(2, load(string.dump(function() return 1, 2 end))()))
local weak = setmetatable({}, { __mode = "k" })
for i = 1, 1000 do
    weak[{}] = i
end
collectgarbage()
print(next(weak), math.floor(3.7), math.max(1, 5, 3), math.fmod(-5, 3), math.ult(1, -1))
table.insert(words, 1, "first")
table.remove(words)
print(table.unpack(table.move(words, 1, 3, 2, {})))
print(os.time({ year = 2020, month = 1, day = 1, hour = 12 }) ~= nil, os.getenv("NO_SUCH_VARIABLE"))
for _, value in ipairs({ 1, 2.5, "text", true }) do
    print(value, tostring(value))
end
