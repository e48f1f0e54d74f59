.bail on
PRAGMA journal_mode = WAL;
CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL, made TEXT);
CREATE TABLE sale (part INTEGER REFERENCES part, day TEXT, count INTEGER);
CREATE INDEX sale_part ON sale (part, day);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
    INSERT INTO part SELECT i, 'part ' || i, i * 1.25, date('2020-01-01', '+' || i || ' days') FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
    INSERT INTO sale SELECT i * 7919 % 2000 + 1, date('2021-01-01', '+' || (i % 365) || ' days'), i % 13 FROM n;
SELECT count(*), sum(count), max(day) FROM sale;
SELECT name, sum(count) AS sold FROM part JOIN sale ON part.id = sale.part GROUP BY name ORDER BY sold DESC, name LIMIT 10;
SELECT strftime('%m', day) AS month, total(count * price) FROM sale JOIN part ON id = part GROUP BY month ORDER BY month;
SELECT id, name, rank() OVER (ORDER BY price % 10, id), lag(name) OVER (ORDER BY id) FROM part WHERE id % 400 = 0;
SELECT printf('%08.3f|%-10s|%x', 3.14159, 'left', 255), hex(zeroblob(4)), typeof(1.5), round(2.5), abs(-3);
SELECT substr('retarget', 3, 4), instr('retarget', 'get'), replace('a-b-c', '-', '+'), trim('  x '), quote('it''s');
SELECT json_extract('{"a":[1,2,{"b":3}]}', '$.a[2].b'), json_group_array(id) FROM part WHERE id < 6;
SELECT name FROM part WHERE name GLOB 'part 19?' AND name LIKE '%5';
BEGIN;
UPDATE part SET price = price * 2 WHERE id % 2;
DELETE FROM sale WHERE count = 0;
SAVEPOINT s;
DELETE FROM part;
ROLLBACK TO s;
COMMIT;
SELECT count(*), sum(price) FROM part;
CREATE TRIGGER sold AFTER INSERT ON sale BEGIN UPDATE part SET price = price + new.count WHERE id = new.part; END;
INSERT INTO sale VALUES (1, '2022-02-02', 100);
SELECT price FROM part WHERE id = 1;
CREATE VIRTUAL TABLE texts USING fts5 (body);
INSERT INTO texts VALUES ('call the default'), ('patch the call'), ('the table of sites');
SELECT rowid, highlight(texts, 0, '[', ']') FROM texts WHERE texts MATCH 'call' ORDER BY rank, rowid;
CREATE VIRTUAL TABLE boxes USING rtree (id, x0, x1, y0, y1);
INSERT INTO boxes SELECT id, id % 50, id % 50 + 1, id / 50, id / 50 + 1 FROM part;
SELECT count(*) FROM boxes WHERE x0 >= 10 AND x1 <= 20 AND y0 >= 5 AND y1 <= 15;
EXPLAIN QUERY PLAN SELECT * FROM sale WHERE part = 5 AND day > '2021-06-01';
VACUUM;
PRAGMA integrity_check;
SELECT lower('Lower'), length('length'), coalesce(NULL, 'x');
