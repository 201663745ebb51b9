-- Your own words and companies: what they change, at once, for whom; exact scores are not shown.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE FUNCTION class_as(body text, title text DEFAULT NULL) RETURNS text LANGUAGE sql AS
	$$SELECT finsent_class(finsent_score_as('desk', body, title))$$;

SELECT finsent_create_workspace('desk');
-- without words, all is as without a workspace
SELECT finsent_model_as('desk') = finsent_model() AS model;
SELECT every(finsent_score_as('desk', body, title) = finsent_score(body, title)
		 AND finsent_label_as('desk', body, title) = finsent_label(body, title)
		 AND finsent_tickers_as('desk', body, title) = finsent_tickers(body, title)
		 AND finsent_tickers_as('desk', body, title, 0.9) = finsent_tickers(body, title, 0.9)
		 AND finsent_analyze_as('desk', body, title) = finsent_analyze(body, title)) AS same
FROM (VALUES ('Profit surged 45% to a record $5 million.', 'Apple Inc'), ('Losses widened and Boeing shares plunged.', NULL),
	('', NULL), ('The meeting is on Monday.', '')) AS t (body, title);
SELECT * FROM finsent_explain_as('desk', 'Losses widened and Boeing shares plunged.', 'Apple rises')
EXCEPT SELECT * FROM finsent_explain('Losses widened and Boeing shares plunged.', 'Apple rises');
SELECT finsent_score_as('desk', NULL) IS NULL AND finsent_label_as('desk', NULL) IS NULL AND finsent_analyze_as('desk', NULL) IS NULL
	AND finsent_tickers_as('desk', NULL) IS NULL AS nothing;
SELECT count(*) FROM finsent_explain_as('desk', NULL);

-- a word counts in headlines and in prose, in any case, and is denied like any other
INSERT INTO desk.term VALUES ('Moonwards', 1, NULL), ('kraterhaft', -0.9, 'said by traders'), ('fraud', 0, NULL);
SELECT text, class_as(text), finsent_class(finsent_score(text)) AS without
FROM (VALUES ('Acme goes moonwards'), ('Acme goes MOONWARDS.'), ('Acme does not go moonwards.'), ('Kraterhaft.'),
	('The day was kraterhaft for Acme.'), ('The fraud was in the papers.'), ('Acme sunwards')) AS t (text);
SELECT class_as('Acme sells shoes.', 'Acme goes moonwards') AS in_title;
SELECT term, rule, weight > 0 AS good FROM finsent_explain_as('desk', 'Acme goes moonwards, not kraterhaft.');
SELECT abs(sum(weight) - finsent_score_as('desk', 'Acme goes moonwards. Profit fell.')) < 0.0001 AS adds_up
FROM finsent_explain_as('desk', 'Acme goes moonwards. Profit fell.');
-- the model is another one, and the analysis says which
SELECT finsent_model_as('desk') ~ ('^' || finsent_model() || '\+desk@[0-9a-f]{8}$') AS named,
	(finsent_analyze_as('desk', 'x')).model = finsent_model_as('desk') AS told;

-- companies: names, symbols, aliases, on their days
INSERT INTO desk.company VALUES
	('ZRB', 'Zorbly Labs', '{Glow,zorb maker}', '(,)'), ('FRUIT', 'Apple', '{}', '(,)'), ('AAPL', 'Apple Computer', '{"Cupertino giant"}', '(,)'),
	('PASTZ', 'Pastly', '{}', '(,2001-01-01)'), ('NOWZ', 'Pastly', '{}', '[2001-01-01,)');
SELECT text, finsent_tickers_as('desk', text), finsent_tickers(text) AS without
FROM (VALUES ('Zorbly Labs rose.'), ('Shares of Zorbly Labs Inc. rose.'), ('$ZRB and ZRB rose.'), ('The zorb maker rose.'), ('A glow rose.'),
	('Glow rose.'), ('Apple rose.'), ('The Cupertino giant rose.'), ('Microsoft rose.'), ('Pastly rose.')) AS t (text);
SELECT ticker, name, label > 'neutral' AS good FROM unnest((finsent_analyze_as('desk', 'Zorbly Labs goes moonwards. Revenue of AAPL fell 5% to $2 billion.')).ticker_sentiment);
SELECT ticker, metric FROM unnest((finsent_analyze_as('desk', 'The zorb maker said revenue rose to $5 million.')).metrics);

-- a change counts at once; what is rolled back is gone
SELECT finsent_model_as('desk') AS before \gset
BEGIN;
UPDATE desk.term SET weight = -1 WHERE term = 'Moonwards';
SELECT class_as('Acme goes moonwards.');
SAVEPOINT a;
DELETE FROM desk.term;
SELECT class_as('Acme goes moonwards.');
ROLLBACK TO a;
SELECT class_as('Acme goes moonwards.');
ROLLBACK;
SELECT class_as('Acme goes moonwards.'), finsent_model_as('desk') = :'before' AS same_model;
UPDATE desk.term SET note = 'and by others';
SELECT finsent_model_as('desk') = :'before' AS same_model_after_a_note;
UPDATE desk.term SET weight = 0.5 WHERE term = 'Moonwards';
SELECT finsent_model_as('desk') = :'before' AS same_model_after_a_weight;
TRUNCATE desk.term;
SELECT class_as('Acme goes moonwards.');
COPY desk.term FROM stdin;
moonwards	-1	\N
\.
SELECT class_as('Acme goes moonwards.');
-- within one statement the words are those of its snapshot
WITH changed AS (INSERT INTO desk.term VALUES ('sunwards', 1) RETURNING 1)
SELECT class_as('Acme goes sunwards.') FROM changed;
SELECT class_as('Acme goes sunwards.');
-- a cursor goes on with the words that it began with
BEGIN;
DECLARE c CURSOR FOR SELECT class_as('Acme goes sunwards.') FROM generate_series(1, 3);
FETCH c;
DELETE FROM desk.term WHERE term = 'sunwards';
SELECT class_as('Acme goes sunwards.');
FETCH c;
SELECT class_as('Acme goes sunwards.');
ROLLBACK;
-- the same text with other words, one after the other: the last document is not taken for another's
SELECT finsent_create_workspace('other');
INSERT INTO other.term VALUES ('moonwards', 1);
SELECT finsent_class(finsent_score(t)), finsent_class(finsent_score_as('desk', t)), finsent_class(finsent_score_as('other', t)),
	finsent_class(finsent_score_as('desk', t)), finsent_class(finsent_score(t))
FROM (VALUES ('Acme goes moonwards.')) AS v (t);

-- one workspace a role: rights and row-level security
CREATE ROLE regress_finsent_reader;
SELECT finsent_grant_workspace('desk', 'regress_finsent_reader', 'reader');
CREATE POLICY seen ON desk.term FOR SELECT TO regress_finsent_reader USING (term = current_setting('desk.seen', true));
ALTER TABLE desk.term ENABLE ROW LEVEL SECURITY;
SET ROLE regress_finsent_reader;
SELECT class_as('Acme goes moonwards.') AS of_no_row;
SET desk.seen = 'moonwards';
SELECT class_as('Acme goes moonwards.') AS of_its_row;
SET desk.seen = 'sunwards';
SELECT class_as('Acme goes moonwards.') AS of_other_row, class_as('Acme goes sunwards.');
RESET ROLE;
SELECT class_as('Acme goes moonwards.') AS of_the_owner;
SELECT finsent_grant_workspace('desk', 'regress_finsent_reader', 'none');
SET ROLE regress_finsent_reader;
\set VERBOSITY sqlstate
SELECT class_as('Acme goes moonwards.');
RESET ROLE;
\set VERBOSITY terse
DROP POLICY seen ON desk.term;
DROP ROLE regress_finsent_reader;

-- no such workspace
SELECT finsent_score_as('nowhere', 'x');
SELECT finsent_tickers_as('public', 'x');
SELECT finsent_explain_as(NULL, 'x');
SELECT finsent_tickers_as('desk', 'x', NULL, 2);
CREATE SCHEMA half;
CREATE TABLE half.term (term text, weight float8);
SELECT finsent_score_as('half', 'x');
DROP SCHEMA half CASCADE;
-- a workspace renamed is another one
ALTER SCHEMA other RENAME TO "Öther ""one""";
SELECT finsent_score_as('other', 'x');
SELECT finsent_class(finsent_score_as('Öther "one"', 'Acme goes moonwards.')), finsent_model_as('Öther "one"') ~ 'Öther "one"@';
-- dropped and created again: no word is left
SELECT finsent_drop_workspace('Öther "one"');
SELECT finsent_create_workspace('Öther "one"');
SELECT finsent_class(finsent_score_as('Öther "one"', 'Acme goes moonwards.'));
SELECT finsent_drop_workspace('Öther "one"');

-- parallel queries read the words too
CREATE TABLE many AS SELECT 'Acme goes moonwards ' || i || '.' AS body FROM generate_series(1, 2000) AS i;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT count(*) FROM many WHERE finsent_score_as('desk', body) < 0;
SELECT count(*) FROM many WHERE finsent_score_as('desk', body) < 0;
DROP TABLE many;
DROP FUNCTION class_as;
SET client_min_messages = warning;
SELECT finsent_drop_workspace('desk');
