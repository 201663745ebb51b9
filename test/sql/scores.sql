-- Scores: plain news has the expected sign, and everything that speaks of a
-- score agrees.  Figures are not asserted, so that the model may improve.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TEMP TABLE said (class text, body text);
INSERT INTO said VALUES
	('positive', 'Quarterly profit surged 45% to a record as sales beat expectations.'),
	('positive', 'The company raised its full-year guidance after revenue jumped 30%.'),
	('positive', 'Shares soared after the drug won approval.'),
	('positive', 'The bank returned to profit and increased its dividend.'),
	('positive', 'Analysts upgraded the stock to buy.'),
	('positive', 'The net loss narrowed sharply.'),
	('negative', 'Quarterly profit plunged 45% as sales missed expectations.'),
	('negative', 'The company cut its full-year guidance after revenue fell 30%.'),
	('negative', 'Shares tumbled after the regulator opened a fraud investigation.'),
	('negative', 'The retailer filed for bankruptcy and will lay off 4,000 workers.'),
	('negative', 'Analysts downgraded the stock to sell.'),
	('negative', 'The net loss widened and debt rose.'),
	('neutral', 'The annual general meeting will be held in Helsinki on 12 March.'),
	('neutral', 'The company is headquartered in Dublin.');

-- rows only where the class is not the expected one
SELECT class, finsent_score(body), body FROM said WHERE finsent_class(finsent_score(body)) <> class;

CREATE TEMP TABLE news (id int, title text, body text);
INSERT INTO news SELECT row_number() OVER (), NULL, body FROM said;
INSERT INTO news VALUES
	(101, 'Acme beats forecasts', 'Acme Corp said profit rose 12% to $1.2 billion. Costs fell. The outlook for next year is uncertain, it warned.'),
	(102, 'Acme warns', 'Sales of Apple rose while margins at Ford Motor Co collapsed. Analysts expected worse.'),
	(103, 'Profit surged', ''),
	(104, '', 'Profit surged'),
	(105, 'Zürcher Bank: Gewinn', 'Die Bank hat im Quartal mehr verdient als erwartet.'),
	(106, NULL, repeat('Profit rose 5%. ', 300)),
	(107, NULL, repeat('Profit rose 5% and losses widened at the unit, ', 400)),
	(108, NULL, 'Harbor Foods to invest $12 bln in three plants, create 1,900 jobs'),
	(109, NULL, 'Oil falls 2.7% after producers agree to raise output'),
	(110, NULL, 'Acme slips, Borex in focus'),
	(111, 'Acme slips', repeat('The plant makes paper. Profit rose. ', 300)),
	(112, NULL, 'Profit rose, profit fell.');
INSERT INTO news SELECT 1000 + i, t.body, string_agg(b.body, ' ' ORDER BY md5(i || b.body))
FROM generate_series(1, 20) AS i, said b, LATERAL (SELECT body FROM said ORDER BY md5(body || i) LIMIT 1) t GROUP BY i, t.body;

-- range and rounding
SELECT id FROM news, finsent_score(body, title) AS s WHERE s IS NULL OR abs(s) > 1 OR s <> round(s::numeric, 4);

-- label, class and probabilities follow the score
SELECT id FROM news, finsent_score(body, title) AS s, finsent_analyze(body, title) AS a
WHERE finsent_label(body, title) <> finsent_label(s) OR a.score <> s OR a.label <> finsent_label(s)
	OR abs(a.positive + a.neutral + a.negative - 1) > 1e-9 OR least(a.positive, a.neutral, a.negative) < 0
	OR a.confidence NOT BETWEEN 0 AND 1 OR a.mixed IS NULL OR a.words IS NULL OR a.model <> finsent_model()
	OR finsent_class(s) <> CASE greatest(a.positive, a.neutral, a.negative)
		WHEN a.neutral THEN 'neutral' WHEN a.positive THEN 'positive' ELSE 'negative' END;

-- the bands, lower bound inclusive
SELECT s AS score, finsent_label(s), finsent_class(s)
FROM unnest('{-1,-0.6,-0.5999,-0.35,-0.3499,-0.12,-0.1199,-0,0,0.1199,0.12,0.3499,0.35,0.5999,0.6,1}'::float8[]) AS s;
SELECT finsent_label(0.12 - 1e-15) AS below, finsent_label(0.12) AS at, finsent_label(0.35 - 1e-15) AS below_next;
SELECT count(*) AS disagreements FROM generate_series(-10000, 10000) AS i, LATERAL (SELECT i / 10000.0::float8 AS s) AS t
WHERE finsent_class(s) <> CASE WHEN s >= 0.12 THEN 'positive' WHEN s <= -0.12 THEN 'negative' ELSE 'neutral' END
	OR (finsent_label(s) > 'neutral') <> (s >= 0.12) OR (finsent_label(s) < 'neutral') <> (s <= -0.12);

-- the evidence adds up; calibration is one row of at most 0.1
SELECT id, s AS score, sum(e.weight) AS evidence
FROM news, finsent_score(body, title) AS s, finsent_explain(body, title) AS e
GROUP BY id, s HAVING abs(sum(e.weight) - s) > 1e-4;
SELECT id FROM news, finsent_score(body, title) AS s
WHERE s <> 0 AND NOT EXISTS (SELECT FROM finsent_explain(body, title));
SELECT id, count(*), sum(abs(e.weight)) FROM news, finsent_explain(body, title) AS e WHERE e.rule = 'calibration'
GROUP BY id HAVING count(*) > 1 OR sum(abs(e.weight)) > 0.1;

-- evidence stands where it says
SELECT id, e.* FROM news, finsent_explain(body, title) AS e
WHERE (e.pos IS NULL) <> (e.len IS NULL) OR e.rule IS NULL OR e.weight IS NULL
	OR e.pos IS NOT NULL AND (substr(body, pos, len) <> term OR sentence IS NULL OR len < 1)
	OR e.pos IS NULL AND (sentence IS NOT NULL OR rule <> 'calibration' AND strpos(title, term) = 0)
	OR e.rule = 'calibration' AND num_nonnulls(pos, len, term, sentence) > 0;

-- ... and in the sentence that it names
SELECT id, e.term, s.sentence FROM news, finsent_explain(body, title) AS e, finsent_sentences(body) AS s
WHERE e.sentence = s.n AND NOT (e.pos >= s.pos AND e.pos + e.len <= s.pos + s.len);
SELECT id, e.sentence FROM news, finsent_explain(body, title) AS e
WHERE e.sentence > (SELECT count(*) FROM finsent_sentences(body));

-- sentences: in order, apart, as written, labelled
SELECT id, s.* FROM (SELECT id, body, (finsent_sentences(body)).* FROM news) AS s
WHERE substr(body, pos, len) <> sentence OR label <> finsent_label(score) OR abs(score) > 1 OR btrim(sentence) <> sentence;
SELECT id FROM (SELECT id, n, pos, lag(n, 1, 0) OVER w AS before, lag(pos + len, 1, 1) OVER w AS ended
				FROM news, finsent_sentences(body) WINDOW w AS (PARTITION BY id ORDER BY n)) AS s
WHERE n <> before + 1 OR pos < ended;

-- a title counts, and alone too
SELECT finsent_score('', 'Profit surged to a record') > 0 AS title_alone,
	finsent_score('The meeting is on Monday.', 'Profit surged to a record') > finsent_score('The meeting is on Monday.') AS title_counts;

-- the same text, the same score: alone, in a set, in a parallel plan
CREATE TABLE finsent_many AS SELECT id, title, body, finsent_score(body, title) AS score FROM news, generate_series(1, 20);
ALTER TABLE finsent_many SET (parallel_workers = 2);
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT count(*) FROM finsent_many WHERE finsent_score(body, title) = score;
SELECT count(*) FILTER (WHERE finsent_score(body, title) = score) = count(*) AS same FROM finsent_many;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;
DROP TABLE finsent_many;

-- and with just-in-time compilation
SET jit = on; SET jit_above_cost = 0;
SELECT count(*) AS differ FROM news n, LATERAL (SELECT finsent_score(body, title) AS s OFFSET 0) AS a
WHERE finsent_score(n.body, n.title) <> a.s;
RESET jit; RESET jit_above_cost;

-- targets
SELECT finsent_target_score('Acme gained after profit surged.', 'acme') > 0 AS gained,
	finsent_target_score('Shares of Borex plunged after it cut its forecast.', 'BOREX') < 0 AS fell,
	finsent_target_score('Acme gained', 'Acm') IS NULL AS part_of_a_word;
