-- finsent_eval: figures of predicted against gold classes.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\getenv directory PG_ABS_SRCDIR
\set reference :directory '/reference/evaluation.sql'
\set ECHO none
\i :reference
\set ECHO all

-- agreement with an independent computation (test/reference/evaluation.py), whatever the type of the classes
SELECT f.name, e.n,
	abs(e.accuracy - f.accuracy) < 1e-12 AND abs(e.macro_f1 - f.macro_f1) < 1e-12 AND abs(e.mcc - f.mcc) < 1e-12
	AND abs(e.majority - f.majority) < 1e-12 AND e.n = f.n AS agrees
FROM figures f, LATERAL (SELECT (finsent_eval(p.predicted, p.gold)).* FROM pairs p WHERE p.name = f.name) e
ORDER BY f.name COLLATE "C";

-- worked by hand: 3 right of 5; F1 2/3, 2/3, 0; c n - sum p g = 15 - 11, n^2 - sum p^2 = 25 - 11, n^2 - sum g^2 = 25 - 13, so 4 / sqrt(168)
CREATE TEMP TABLE hand (predicted text, gold text);
INSERT INTO hand VALUES ('up', 'up'), ('up', 'up'), ('up', 'down'), ('down', 'down'), ('flat', 'up');
SELECT e.accuracy, round(e.macro_f1::numeric, 6) AS macro_f1, round(e.mcc::numeric, 6) AS mcc, e.majority, e.n, jsonb_pretty(e.per_class) AS per_class
FROM (SELECT (finsent_eval(predicted, gold)).* FROM hand) e;

-- one result for text, enums, numbers and booleans
SELECT (finsent_eval(predicted, gold)).mcc = (finsent_eval(ascii(predicted), ascii(gold))).mcc AS int4,
	(finsent_eval(predicted, gold)).mcc = (finsent_eval(ascii(predicted)::numeric, ascii(gold)::numeric)).mcc AS "numeric",
	(finsent_eval(predicted, gold)).accuracy = (finsent_eval(predicted::varchar, gold::varchar)).accuracy AS "varchar"
FROM hand;
SELECT (finsent_eval(predicted = 'up', gold = 'up')).*, (finsent_eval(finsent_label(0.5), 'neutral')).per_class FROM hand;

-- pairs with a NULL are skipped; none left, or no row at all, is NULL
SELECT (finsent_eval(p, g)).n FROM (VALUES ('a', 'a'), (NULL, 'a'), ('a', NULL), (NULL, NULL)) v (p, g);
SELECT finsent_eval(p, g) IS NULL AS nothing FROM (VALUES (NULL::text, 'a'), ('a', NULL)) v (p, g);
SELECT finsent_eval(predicted, gold) IS NULL AS nothing, finsent_eval_state(predicted, gold) IS NULL AS no_state FROM hand WHERE false;
SELECT finsent_eval_merge(s) IS NULL AS nothing FROM (VALUES (NULL::bytea), (NULL)) v (s);
SELECT (finsent_eval(predicted, gold) FILTER (WHERE gold = 'down')).n FROM hand;

-- states merge to what one pass gives: unequal ones, of different classes, with NULL among them, in any order
SELECT finsent_eval_merge(s ORDER BY name) = (SELECT finsent_eval(predicted, gold) FROM pairs) AS same
FROM (SELECT finsent_eval_state(predicted, gold) AS s, name FROM pairs GROUP BY name UNION ALL SELECT NULL, '2') states;
SELECT finsent_eval_merge(s) = (SELECT finsent_eval(predicted, gold) FROM pairs) AS same
FROM (SELECT finsent_eval_state(predicted, gold) AS s FROM pairs GROUP BY name) states;
SELECT count(DISTINCT s) = 1 AS canonical
FROM (SELECT finsent_eval_state(predicted, gold ORDER BY predicted, gold) FROM pairs
	  UNION ALL SELECT finsent_eval_state(predicted, gold ORDER BY gold DESC, predicted) FROM pairs) v (s);

-- as a window the state grows while its figures are read
SELECT n, (finsent_eval(predicted, gold) OVER (ORDER BY n)).n AS rows, round((finsent_eval(predicted, gold) OVER (ORDER BY n)).accuracy::numeric, 4) AS accuracy
FROM (SELECT row_number() OVER () AS n, * FROM hand) h;

-- a parallel plan and a serial one
CREATE TABLE eval_many AS
SELECT (i % 5)::text AS predicted, (i / 7 % 6)::text AS gold, i % 3 AS part FROM generate_series(1, 100000) i;
ALTER TABLE eval_many SET (parallel_workers = 2);
ANALYZE eval_many;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT finsent_eval(predicted, gold) AS e FROM eval_many;
CREATE TEMP TABLE serial_parts AS SELECT part, finsent_eval(predicted, gold) AS e FROM eval_many GROUP BY part;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT finsent_eval(predicted, gold) FROM eval_many;
SELECT finsent_eval(predicted, gold) = (SELECT e FROM serial) AS same FROM eval_many;
SELECT every(p.e = s.e) AS same, count(*)
FROM (SELECT part, finsent_eval(predicted, gold) AS e FROM eval_many GROUP BY part) p JOIN serial_parts s USING (part);
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
DROP TABLE eval_many;

-- limits
SELECT (finsent_eval(i, i)).n FROM generate_series(1, 1000) i;
SELECT finsent_eval(i, i) FROM generate_series(1, 1001) i;
SELECT finsent_eval_merge(s) FROM (SELECT finsent_eval_state(i, i) FROM generate_series(1, 1500) i GROUP BY i % 2) v (s);
SELECT finsent_eval(repeat('x', 1001), 'y');

-- a state is no aggregate's alone: called by hand, the argument stays as it was
SELECT encode(s, 'hex') = encode(before, 'hex') AS unchanged, (finsent_eval_final(after)).n
FROM (SELECT s, s || ''::bytea AS before, finsent_eval_add(s, 'up'::text, 'up'::text) AS after
	  FROM (SELECT finsent_eval_state(predicted, gold) AS s FROM hand OFFSET 0) v OFFSET 0) w;

-- hostile states are refused, wherever they are cut or changed
SELECT finsent_eval_final('');
SELECT finsent_eval_merge('\x00');
SELECT finsent_eval_final('FsE1\377\377\377\377');
SELECT finsent_eval_add('FsE1\000\000\000\001', 1, 1);
CREATE FUNCTION pg_temp.state_is(s bytea) RETURNS text LANGUAGE plpgsql AS
$$
BEGIN
	PERFORM finsent_eval_combine(s, s), finsent_eval_final(finsent_eval_add(s, 'zz'::text, 'a'::text)), finsent_eval_final(s);
	RETURN 'taken';
EXCEPTION WHEN invalid_binary_representation THEN
	RETURN 'refused';
END
$$;
SELECT pg_temp.state_is(substr(s, 1, cut)) AS cut_is, count(*) > 0 AS some
FROM (SELECT finsent_eval_state(predicted, gold) AS s FROM hand) v, generate_series(0, length(s) - 1) cut GROUP BY 1;
SELECT pg_temp.state_is(set_byte(s, at, value)) AS changed_is, count(*) > 0 AS some
FROM (SELECT finsent_eval_state(predicted, gold) AS s FROM hand) v, generate_series(0, length(s) - 1) at, unnest('{0,1,127,128,255}'::int[]) value
GROUP BY 1 ORDER BY 1;
SELECT pg_temp.state_is(overlay(s PLACING 'FsE1\000\000\000\003' FROM 1) || substr(s, 9)) AS doubled
FROM (SELECT finsent_eval_state(predicted, gold) AS s FROM hand) v;
SELECT pg_temp.state_is(overlay(s PLACING '\x7fffffffffffffff' FROM 17)) AS counts_that_contradict,
	pg_temp.state_is(overlay(overlay(s PLACING '\x7fffffffffffffff' FROM 17) PLACING '\x7fffffffffffffff' FROM 25)) AS counts_that_overflow
FROM (SELECT finsent_eval_state('a'::text, 'a'::text) AS s) v;
