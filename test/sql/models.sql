-- finsent_train, finsent_score_as, finsent_drift: models of your own.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set SHOW_CONTEXT never

SELECT finsent_create_workspace('Labör "1"');

-- words that finsent does not know, so that whatever is right was learned
CREATE TABLE labelled AS
SELECT i AS id, format('The %s of %s%s were %s this %s', (ARRAY['numbers', 'figures', 'results'])[i / 3 % 3 + 1], chr(65 + i % 26), i,
	CASE i % 3 WHEN 0 THEN 'frumious' WHEN 1 THEN 'mimsy' ELSE 'uffish' END, (ARRAY['week', 'month', 'year', 'day'])[i % 4 + 1]) AS text,
	(ARRAY['negative', 'neutral', 'positive'])[i % 3 + 1] AS label
FROM generate_series(1, 90) i;
SELECT version, n, folds, seed, accuracy, macro_f1, mcc, round(majority::numeric, 3) AS majority, compiled_accuracy < 0.5 AS compiled_knows_nothing,
	(per_class->'positive'->>'gold')::int AS positive, skipped, memory BETWEEN 1e6 AND 1e8 AS memory, seconds > 0 AS seconds
FROM finsent_train('Labör "1"', 'SELECT text, label FROM labelled');

-- what it learned decides; its own version and the compiled model are two others
SELECT t.text, finsent_class(finsent_score_as('Labör "1"', t.text)) AS newest, finsent_class(finsent_score_as('Labör "1"', t.text, NULL, 1)) AS "1",
	finsent_class(finsent_score_as('Labör "1"', t.text, NULL, 0)) AS "0", finsent_score_as('Labör "1"', t.text, NULL, 0) = finsent_score(t.text) AS is_compiled,
	finsent_label_as('Labör "1"', t.text) = finsent_label(finsent_score_as('Labör "1"', t.text)) AS label
FROM (VALUES ('Their results were uffish'), ('Their results were frumious'), ('Their results were mimsy')) t (text);
SELECT finsent_class(finsent_score_as('Labör "1"', 'Their results.', 'A most uffish week')) AS title_counts,
	finsent_score_as('Labör "1"', NULL) IS NULL AS null_text, finsent_score_as('Labör "1"', '') AS empty;

-- the same rows in another order are the same model; other rows are another
SELECT a.weights = b.weights AS same, a.accuracy = b.accuracy AS same_figures, a.weights = c.weights AS other
FROM finsent_fit('SELECT text, label FROM labelled ORDER BY id') a, finsent_fit('SELECT label, text, id FROM labelled ORDER BY random()') b,
	finsent_fit('SELECT label, text FROM labelled WHERE id > 3') c;

-- a score instead of a label, or a label of the type; rows without are skipped
SELECT version, n, skipped FROM finsent_train('Labör "1"', $$
	SELECT text, CASE WHEN id <= 5 THEN NULL WHEN label = 'negative' THEN -0.12 WHEN label = 'positive' THEN 1 ELSE 0.1199 END::numeric AS score FROM labelled
	UNION ALL SELECT NULL, 0.5$$, 3, -7);
SELECT (finsent_train('Labör "1"', 'SELECT text, finsent_label(CASE label WHEN ''negative'' THEN 0.9 WHEN ''neutral'' THEN 0 ELSE -0.2 END) AS label FROM labelled', 2)).version;
SELECT version, finsent_class(finsent_score_as('Labör "1"', 'Their results were uffish', NULL, version)) AS uffish, n, folds, seed, features = finsent_model() AS features,
	checksum = encode(sha256(weights), 'hex') AS checksum, length(weights) < 20000 AS small
FROM "Labör ""1""".model ORDER BY version;
SELECT text, label_a = finsent_label(score_a) AND label_b = finsent_label(score_b) AS labels, score_a < 0 AND score_b > 0 AS turned FROM finsent_drift('Labör "1"', 3, 1, 'SELECT text FROM labelled WHERE id IN (3, 4, 5)')
WHERE label_a < 'neutral';
SELECT count(*) FROM finsent_drift('Labör "1"', 1, 1, 'SELECT text FROM labelled');
SELECT count(*) > 50 FROM finsent_drift('Labör "1"', 0, NULL, 'TABLE labelled');

-- a version that was there stays what it was; one that is taken away is gone at once, and never given again
SELECT round(sum(finsent_score_as('Labör "1"', text, NULL, 1))::numeric, 4) AS before FROM labelled \gset
DELETE FROM "Labör ""1""".model WHERE version = 3;
SELECT round(sum(finsent_score_as('Labör "1"', text, NULL, 1))::numeric, 4) = :before AS same FROM labelled;
SELECT finsent_score_as('Labör "1"', 'x', NULL, 3);
SELECT (finsent_train('Labör "1"', 'SELECT text, label FROM labelled', 2)).version;
DO $$
DECLARE
	before float8;
BEGIN
	FOR i IN 1..3 LOOP
		before := finsent_score_as('Labör "1"', 'uffish', NULL, 4);
		RAISE NOTICE '%', finsent_class(before);
		IF i = 1 THEN
			UPDATE "Labör ""1""".model m SET weights = o.weights, checksum = o.checksum FROM finsent_fit(
				'SELECT text, CASE label WHEN ''positive'' THEN ''negative'' WHEN ''negative'' THEN ''positive'' ELSE label END AS label FROM labelled', 2) f,
				LATERAL (SELECT f.weights, encode(sha256(f.weights), 'hex') AS checksum) o WHERE version = 4;
		ELSIF i = 2 THEN
			UPDATE "Labör ""1""".model m SET weights = o.weights, checksum = o.checksum FROM "Labör ""1""".model o WHERE m.version = 4 AND o.version = 1;
		END IF;
	END LOOP;
END $$;

-- a parallel plan
ALTER TABLE labelled SET (parallel_workers = 2);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT count(*) FROM labelled WHERE finsent_score_as('Labör "1"', text) > 0.12;
SELECT count(*) FROM labelled WHERE finsent_score_as('Labör "1"', text) > 0.12;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- arguments that make no sense
SELECT finsent_train('Labör "1"', 'SELECT text, label FROM labelled', 1);
SELECT finsent_train('Labör "1"', 'SELECT text, label FROM labelled', 51);
SELECT finsent_train('Labör "1"', 'SELECT text, label FROM labelled', NULL);
SELECT finsent_train('Labör "1"', 'SELECT text, label FROM labelled', 5, NULL);
SELECT finsent_train('Labör "1"', NULL);
SELECT finsent_train('nowhere', 'SELECT text, label FROM labelled');
SELECT finsent_train(NULL, 'SELECT text, label FROM labelled');
SELECT finsent_score_as('nowhere', 'x');
SELECT finsent_score_as('public', 'x');
SELECT finsent_score_as(NULL, 'x');
SELECT finsent_score_as('Labör "1"', 'x', NULL, -1);
SELECT finsent_drift('Labör "1"', 1, 99, 'SELECT text FROM labelled');
SELECT finsent_create_workspace('bare');
SELECT finsent_score_as('bare', 'x');
SELECT finsent_score_as('bare', 'x', NULL, 0);

-- queries that do not give what is wanted
SELECT finsent_fit('SELECT text FROM labelled');
SELECT finsent_fit('SELECT label FROM labelled');
SELECT finsent_fit('SELECT text, id AS label FROM labelled');
SELECT finsent_fit('SELECT text, ''bullish'' AS label FROM labelled');
SELECT finsent_fit('SELECT text, 1.01 AS score FROM labelled');
SELECT finsent_fit('SELECT text, ''NaN''::float8 AS score FROM labelled');
SELECT finsent_fit('SELECT text, label FROM labelled LIMIT 19');
SELECT finsent_fit('SELECT text, label FROM labelled WHERE false');
SELECT finsent_fit('SELECT text, ''neutral'' AS label FROM labelled');
SELECT finsent_fit('SELECT text, CASE id WHEN 1 THEN ''positive'' ELSE ''neutral'' END AS label FROM labelled');
SELECT finsent_fit('DELETE FROM labelled RETURNING text, label');
SELECT finsent_fit('SELECT text, label FROM labelled; SELECT 1');

SELECT finsent_fit('SELECT text || repeat('' x'', 60000) AS text, label FROM labelled');

-- hostile weights
CREATE FUNCTION pg_temp.with_weights(bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "Labör ""1""".model SET weights = bytes, checksum = encode(sha256(bytes), 'hex') WHERE version = 1;
	RETURN finsent_score_as('Labör "1"', 'Their results were uffish', NULL, 1);
EXCEPTION WHEN OTHERS THEN
	RETURN sqlstate || ': ' || sqlerrm;
END $$;
CREATE TEMP TABLE good AS SELECT weights AS bytes FROM "Labör ""1""".model WHERE version = 1;
SELECT pg_temp.with_weights('');
SELECT pg_temp.with_weights('\x00');
SELECT pg_temp.with_weights(convert_to(repeat('I am no model. ', 1000), 'UTF8'));
SELECT pg_temp.with_weights(substr(bytes, 1, length(bytes) - 1)) FROM good;
SELECT pg_temp.with_weights(bytes || '\x00') FROM good;
SELECT pg_temp.with_weights(set_byte(bytes, 300, 255 - get_byte(bytes, 300))) FROM good;
SELECT pg_temp.with_weights(set_byte(bytes, 8, 3)) FROM good;
SELECT left(pg_temp.with_weights(bytes), 2) AS good FROM good;
\set VERBOSITY terse
UPDATE "Labör ""1""".model SET weights = '\x00' WHERE version = 1;

-- rights: readers score, owners train, others neither
CREATE ROLE regress_reader;
CREATE ROLE regress_stranger;
GRANT SELECT ON labelled TO regress_reader;
SELECT finsent_grant_workspace('Labör "1"', 'regress_reader', 'reader');
SET ROLE regress_reader;
SELECT finsent_score_as('Labör "1"', 'uffish', NULL, 2) > 0.12 AS reader;
SELECT finsent_train('Labör "1"', 'SELECT text, label FROM labelled', 2);
RESET ROLE;
SELECT finsent_grant_workspace('Labör "1"', 'regress_reader', 'owner');
SET ROLE regress_reader;
SELECT (finsent_train('Labör "1"', 'SELECT text, label FROM labelled', 2)).n AS owner;
SET ROLE regress_stranger;
SELECT finsent_score_as('Labör "1"', 'uffish', NULL, 2);
SELECT finsent_fit('SELECT text, label FROM labelled');
RESET ROLE;
-- where the model is kept from call to call as well
DO $$
BEGIN
	FOR i IN 1..2 LOOP
		PERFORM finsent_score_as('Labör "1"', 'uffish', NULL, 2);
		SET LOCAL ROLE regress_stranger;
	END LOOP;
END $$;

-- training is cancelled when the query is
SET statement_timeout = '300ms';
SELECT finsent_fit('SELECT text || i AS text, label FROM labelled, generate_series(1, 200) i', 50);
RESET statement_timeout;

SELECT finsent_drop_workspace('Labör "1"');
SELECT finsent_drop_workspace('bare');
DROP TABLE labelled;
DROP ROLE regress_reader, regress_stranger;
