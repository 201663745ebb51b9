-- Aggregates of the group Research: nulls, states, parallel plans, moving windows, hostile states.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
SET TimeZone = 'UTC';
SET extra_float_digits = -3;

-- One line an error: SQLSTATE, message, detail, hint.
CREATE FUNCTION pg_temp.error_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE query;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE, message, nullif(detail, ''), nullif(hint, ''));
END $$;

-- worked by hand
-- two scores, one 24 hours old, the other new: weights 1/2 and 1, (0.2 / 2 + 0.8) / 1.5 = 0.6
SELECT finsent_decay_avg(score, at, '2026-01-02 00:00', '24 hours')
FROM (VALUES (0.2, timestamptz '2026-01-01 00:00'), (0.8, '2026-01-02 00:00')) v (score, at);
-- the same with weights 2 and 1/2: (2 x 0.2 / 2 + 0.8 / 2) / 1.5 = 0.4; what is newer does not count
SELECT finsent_decay_avg(score, at, '2026-01-02 00:00', '24 hours', weight)
FROM (VALUES (0.2, timestamptz '2026-01-01 00:00', 2), (0.8, '2026-01-02 00:00', 0.5), (-1, '2026-01-02 00:00:00.000001', 9)) v (score, at, weight);
-- mean 0.2, deviations -0.4, 0, 0.4: sd = 0.4, stderr = 0.4 / sqrt(3); shares 1/3 each
SELECT round(mean::numeric, 12) AS mean, round(stderr::numeric, 6) AS stderr, effective_n, round(positive::numeric, 6) AS positive, round(negative::numeric, 6) AS negative, round(sd::numeric, 12) AS sd, n
FROM (SELECT (finsent_index(score)).* FROM (VALUES (-0.2), (0.2), (0.6)) v (score)) i;
-- the weights 1 and 3: effective n = 16 / 10, mean 0.75, sd^2 = (0.5625 + 3 x 0.0625) / (4 - 10 / 4) = 0.5, stderr = sqrt(0.5 / 1.6)
SELECT mean, round(stderr::numeric, 9) AS stderr, round(sqrt(0.5 / 1.6), 9) AS by_hand, effective_n, positive, negative, n
FROM (SELECT (finsent_index(score, weight)).* FROM (VALUES (0, 1), (1, 3)) v (score, weight)) i;
-- ranks 1 2 3 4 and 1 3 2 4: 1 - 6 x 2 / (4 x 15) = 0.8, t = 0.8 sqrt(2 / 0.36); with 2 degrees of freedom p = 1 - t / sqrt(2 + t^2) = 0.2
SELECT spearman, round(t::numeric, 9) AS t, round(p::numeric, 12) AS p, n
FROM (SELECT (finsent_ic(s, r)).* FROM (VALUES (10, 1), (20, 3), (30, 2), (40, 4)) v (s, r)) i;
-- 0.02, 0.04, 0.06: mean 0.04, sd 0.02, ir 2, t = 2 sqrt(3)
SELECT round(mean::numeric, 12) AS mean, round(sd::numeric, 12) AS sd, round(ir::numeric, 9) AS ir, round(t::numeric, 9) AS t, round(p::numeric, 6) AS p, positive, n
FROM (SELECT (finsent_ic_summary(ic)).* FROM (VALUES (0.02), (0.04), (0.06)) v (ic)) i;
SELECT finsent_shrink(0.6, 5, 0.1, 5), finsent_shrink(0.6, 1, 0, 4), finsent_shrink(NULL, 0, 0.1), finsent_shrink(0.6, NULL, 0.1), finsent_shrink(0.6, 3, NULL), finsent_shrink(0.6, 3, 0.1, 0);

-- nothing in, nothing out; rows with a null do not count
CREATE TEMP TABLE score (g int, score float8, at timestamptz, weight float8);
SELECT finsent_decay_avg(score, at, now(), '1 day'), finsent_decay_avg(score, at, now(), '1 day', weight), finsent_decay_state(score, at, now(), '1 day'),
	finsent_index(score), finsent_index(score, weight), finsent_index_state(score), finsent_ic(score, weight), finsent_ic_state(score, weight),
	finsent_ic_summary(score), finsent_ic_summary_state(score) FROM score;
SELECT finsent_decay_merge(NULL), finsent_index_merge(NULL), finsent_ic_merge(NULL), finsent_ic_summary_merge(NULL) FROM generate_series(1, 3);
INSERT INTO score VALUES (0, NULL, '2026-01-01', 1), (0, 0.5, NULL, 1), (0, 0.5, '2026-01-01', NULL), (0, 0.7, '2026-01-01', 0), (0, 0.3, '2026-01-01', 1), (0, NULL, NULL, NULL);
SELECT finsent_decay_avg(score, at, '2026-01-02', '1 day', weight), finsent_index(score, weight), finsent_ic(score, weight), finsent_ic_summary(score) FROM score;
SELECT finsent_decay_avg(0.5, '2026-01-01', NULL, '1 day'), finsent_decay_avg(0.5, '2026-01-01', '2026-01-02', NULL);

-- one row, two rows, constant sides
SELECT finsent_ic(1, 2) AS one, finsent_index(0.5) AS one_score, finsent_ic_summary(0.1) AS one_period;
SELECT finsent_ic(s, r) AS two FROM (VALUES (1, 5), (2, 4)) v (s, r);
SELECT finsent_ic(s, r) AS constant, finsent_ic(r, r) AS itself, finsent_ic(r, -r) AS opposite FROM (VALUES (1, 5), (1, 4), (1, 9)) v (s, r);
SELECT finsent_index(0.1) AS all_the_same FROM generate_series(1, 1000);
SELECT finsent_ic_summary(0.1) AS all_the_same FROM generate_series(1, 1000);

-- news that is thousands of half-lives old has a mean, too
SELECT round(finsent_decay_avg(score, at, '2026-01-01', '1 minute')::numeric, 12)
FROM (VALUES (0.2, timestamptz '1990-01-01 00:00'), (0.8, '1990-01-01 00:01'), (-1, '1980-01-01')) v (score, at);
SELECT finsent_decay_avg(score, at, '2026-01-01', '1 minute')
FROM (VALUES (-1, timestamptz '1980-01-01'), (0.5, '2025-12-31'), (0.1, '-infinity'), (0.2, 'infinity')) v (score, at);

-- what is refused
SELECT call, pg_temp.error_of('SELECT ' || call) AS error FROM (VALUES
	('finsent_decay_avg(''NaN'', now(), now(), ''1 day'')'),
	('finsent_decay_avg(0.5, now(), now(), ''0'')'),
	('finsent_decay_avg(0.5, now(), now(), ''-1 day'')'),
	('finsent_decay_avg(0.5, now(), ''infinity'', ''1 day'')'),
	('finsent_decay_avg(0.5, now(), now(), ''1 day'', -1)'),
	('finsent_decay_avg(0.5, now(), now() + i * interval ''1 s'', ''1 day'') FROM generate_series(1, 2) i'),
	('finsent_decay_avg(0.5, now(), now(), i * interval ''1 s'') FROM generate_series(1, 2) i'),
	('finsent_index(''Infinity'')'),
	('finsent_index(0.5, ''NaN'')'),
	('finsent_index(0.5, -0.1)'),
	('finsent_index(1e300, 1e300)'),
	('finsent_ic(''NaN'', 1)'),
	('finsent_ic(1, ''-Infinity'')'),
	('finsent_ic_summary(''NaN'')'),
	('finsent_shrink(0.5, -1, 0)'),
	('finsent_shrink(0.5, 1, 0, -1)'),
	('finsent_shrink(''NaN'', 1, 0)'),
	('finsent_student_p(1, 0)'),
	('finsent_student_p(1, ''NaN'')'),
	('finsent_index_add(NULL, 0.5)'),
	('finsent_ic_combine(NULL, NULL)'),
	('finsent_decay_add(NULL, 0.5, now(), now(), ''1 day'')')) AS calls (call);

-- states by hand
SELECT call, pg_temp.error_of('SELECT ' || call) AS error FROM (VALUES
	('finsent_index_merge(''{}'')'),
	('finsent_index_merge(''{1}'')'),
	('finsent_index_merge(''{202,1,1,0,1,0,1,0,1,0,0,0,0,0}'')'),
	('finsent_index_merge(''{201,1,1,0,1,0,1,0,1,0,0,0,0}'')'),
	('finsent_index_merge(''{201,1,1,0,1,0,1,0,1,0,0,0,0,NULL}'')'),
	('finsent_index_merge(''{{201,1,1,0,1,0,1},{0,1,0,0,0,0,0}}'')'),
	('finsent_index_merge(''{201,1,1,0,1,0,NaN,0,1,0,0,0,0,0}'')'),
	('finsent_index_merge(''{201,0,1,0,1,0,1,0,1,0,0,0,0,0}'')'),
	('finsent_index_merge(''{201,1.5,1,0,1,0,1,0,1,0,0,0,0,0}'')'),
	('finsent_index_merge(''{201,1,-1,0,1,0,1,0,1,0,0,0,0,0}'')'),
	('finsent_index_merge(''{201,1e308,1,0,1,0,1,0,1,0,0,0,0,0}'')'),
	('finsent_index_final(''{301,1,0,1,1}'')'),
	('finsent_index_merge(''{201,1,1e308,0,1e308,0,1e308,0,1e308,0,0,0,0,0}'') FROM generate_series(1, 9)'),
	('finsent_ic_merge(''{301}'')'),
	('finsent_ic_merge(''{301,0,0}'')'),
	('finsent_ic_merge(''{301,1,0}'')'),
	('finsent_ic_merge(''{301,1,1,5,5}'')'),
	('finsent_ic_merge(''{301,-1,1,5,5}'')'),
	('finsent_ic_merge(''{301,0.5,0,5,5}'')'),
	('finsent_ic_merge(''{301,NaN,0,5,5}'')'),
	('finsent_ic_merge(''{301,1e300,0,5,5}'')'),
	('finsent_ic_merge(''{301,1,0,5,NaN}'')'),
	('finsent_ic_trim(''{301,9,0,5,5}'')'),
	('finsent_ic_final(''{301,2,0,5,Infinity,1,2}'')'),
	('finsent_decay_merge(''{101,1,2,3}'')'),
	('finsent_decay_merge(''{101,0,1,1,-7,1,0,1,0}'')'),
	('finsent_decay_merge(''{101,0,1,1,0.5,1,0,1,0}'')'),
	('finsent_decay_merge(''{101,0,1,1,1e300,1,0,1,0}'') FROM generate_series(1, 2)'),
	('finsent_decay_merge(s::float8[]) FROM (VALUES (''{101,0,1,1,0,1,0,1,0}''), (''{101,0,2,1,0,1,0,1,0}'')) v (s)'),
	('finsent_ic_summary_merge(''{401,1,0,0,0,0,2}'')')) AS calls (call);
-- as the initial value of somebody's own aggregate
CREATE AGGREGATE pg_temp.planted(float8, float8) (SFUNC = finsent_ic_add, STYPE = float8[], INITCOND = '{301,100,0,1,1}');
SELECT pg_temp.error_of('SELECT pg_temp.planted(1, 1)');

-- a group is the same in one piece, in pieces, in another order, and in a parallel plan
SET extra_float_digits = 1;
CREATE TABLE states_row AS
	SELECT i AS id, i % 7 AS g, sin(i) AS score, round(cos(i * 1.7)::numeric, 2)::float8 AS other, abs(sin(i * 0.3)) + 0.01 AS weight,
		timestamptz '2026-01-01' + i * interval '1 minute' AS at
	FROM generate_series(1, 20000) i;
ANALYZE states_row;
CREATE TEMP VIEW whole AS SELECT finsent_decay_avg(score, at, '2026-02-01', '3 days', weight) AS decay, finsent_index(score, weight) AS index,
	finsent_ic(score, other) AS ic, finsent_ic_summary(score) AS summary FROM states_row;
CREATE TEMP TABLE serial AS SELECT * FROM whole;
CREATE TEMP VIEW merged AS
	SELECT finsent_decay_merge(decay) AS decay, finsent_index_merge(index) AS index, finsent_ic_merge(ic) AS ic, finsent_ic_summary_merge(summary) AS summary
	FROM (SELECT finsent_decay_state(score, at, '2026-02-01', '3 days', weight) AS decay, finsent_index_state(score, weight) AS index,
			finsent_ic_state(score, other) AS ic, finsent_ic_summary_state(score) AS summary FROM states_row WHERE g < 2
		UNION ALL SELECT finsent_decay_state(score, at, '2026-02-01', '3 days', weight), finsent_index_state(score, weight), finsent_ic_state(score, other), finsent_ic_summary_state(score)
			FROM states_row WHERE g >= 2 AND id > 19990
		UNION ALL SELECT finsent_decay_state(score, at, '2026-02-01', '3 days', weight), finsent_index_state(score, weight), finsent_ic_state(score, other), finsent_ic_summary_state(score)
			FROM states_row WHERE false
		UNION ALL SELECT finsent_decay_state(score, at, '2026-02-01', '3 days', weight), finsent_index_state(score, weight), finsent_ic_state(score, other), finsent_ic_summary_state(score)
			FROM states_row WHERE g >= 2 AND id <= 19990) s;
CREATE FUNCTION pg_temp.difference(a anyelement, b anyelement) RETURNS text LANGUAGE sql AS $$
	-- the largest relative difference of the numbers of two rows, 0 when below 1e-12
	SELECT CASE WHEN max(abs(x::float8 - y::float8) / greatest(abs(x::float8), 1e-300)) <= 1e-12 THEN 'none' ELSE max(abs(x::float8 - y::float8))::text END
	FROM unnest(string_to_array(trim(a::text, '()'), ','), string_to_array(trim(b::text, '()'), ',')) v (x, y) $$;
SELECT pg_temp.difference(row(s.decay), row(m.decay)) AS decay, pg_temp.difference(s.index, m.index) AS index, pg_temp.difference(s.ic, m.ic) AS ic, pg_temp.difference(s.summary, m.summary) AS summary
FROM serial s, merged m;
SELECT pg_temp.difference(row(s.decay), row(m.decay)) AS decay, pg_temp.difference(s.index, m.index) AS index, pg_temp.difference(s.ic, m.ic) AS ic, pg_temp.difference(s.summary, m.summary) AS summary
FROM serial s, (SELECT finsent_decay_avg(score, at, '2026-02-01', '3 days', weight ORDER BY weight) AS decay, finsent_index(score, weight ORDER BY weight) AS index,
	finsent_ic(score, other ORDER BY weight) AS ic, finsent_ic_summary(score ORDER BY weight) AS summary FROM states_row) m;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 3;
EXPLAIN (COSTS OFF) SELECT * FROM whole;
SELECT pg_temp.difference(row(s.decay), row(m.decay)) AS decay, pg_temp.difference(s.index, m.index) AS index, pg_temp.difference(s.ic, m.ic) AS ic, pg_temp.difference(s.summary, m.summary) AS summary
FROM serial s, whole m;
SELECT g, finsent_ic(score, other) = (SELECT finsent_ic(score, other ORDER BY id) FROM states_row WHERE g = r.g) AS same FROM states_row r GROUP BY g ORDER BY g LIMIT 2;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;

-- a second method: plain SQL
SELECT abs(finsent_decay_avg(score, at, '2026-02-01', '3 days', weight)
	/ (sum(score * weight * 2 ^ (-extract(epoch FROM timestamptz '2026-02-01' - at)::float8 / 259200)) / sum(weight * 2 ^ (-extract(epoch FROM timestamptz '2026-02-01' - at)::float8 / 259200))) - 1) < 1e-9 AS decay,
	abs((finsent_index(score)).sd / stddev(score) - 1) < 1e-9 AS sd, abs((finsent_index(score)).mean - avg(score)) < 1e-12 AS mean,
	abs((finsent_ic(score, other)).pearson / corr(score, other) - 1) < 1e-9 AS pearson
FROM states_row;
SELECT abs((finsent_ic(score, other)).spearman / corr(rank_score, rank_other) - 1) < 1e-9 AS spearman
FROM (SELECT score, other, rank() OVER (ORDER BY score) + (count(*) OVER (PARTITION BY score) - 1) / 2.0 AS rank_score,
	rank() OVER (ORDER BY other) + (count(*) OVER (PARTITION BY other) - 1) / 2.0 AS rank_other FROM states_row) r;

-- a moving window takes pairs away exactly
SELECT count(*) AS windows, count(*) FILTER (WHERE moving = afresh) AS same
FROM (SELECT id, finsent_ic(nullif(score, 0), CASE WHEN id % 5 > 0 THEN other END) OVER (ORDER BY id ROWS BETWEEN 19 PRECEDING AND CURRENT ROW) AS moving
		FROM states_row WHERE id <= 400) m
	JOIN LATERAL (SELECT finsent_ic(score, CASE WHEN id % 5 > 0 THEN other END) AS afresh FROM states_row WHERE id BETWEEN m.id - 19 AND m.id) a ON true;
SELECT finsent_ic(score, CASE WHEN id > 3 THEN other END) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) IS NULL AS empty FROM states_row WHERE id <= 5 ORDER BY id;

-- a group beyond the cap is refused, not cut
SELECT pg_temp.error_of('SELECT finsent_ic_merge(state) FROM (SELECT finsent_ic_state(i, -i) AS state FROM generate_series(1, 600000) i) s, generate_series(1, 28)');
SET client_min_messages = warning;
DROP TABLE states_row CASCADE;
