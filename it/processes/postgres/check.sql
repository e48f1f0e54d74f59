-- What pgbench asks: a division by zero ends the client that met a wrong answer. Since sine and cosine change places at one moment,
-- the sum of both is 1 before a patch and after it; one patch at most can come between the two. The name is what others see of it.
\set number random(1, 100000)
SELECT 1 / (CASE WHEN abalance = 0 THEN 1 ELSE 0 END) FROM pgbench_accounts WHERE aid = :number;
SELECT 1 / (CASE WHEN sin(0) + cos(0) = 1 OR sin(0) + cos(0) = 1 OR sin(0) + cos(0) = 1 THEN 1 ELSE 0 END);
SELECT set_config('application_name', 'pgbench ' || sin(0), false);
