-- Live tables: the scoring trigger, attach, detach, rescore, stale; exact scores are not shown.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set SHOW_CONTEXT never

-- the trigger writes what the functions say, for every role and type
CREATE TABLE news (
	id int GENERATED ALWAYS AS IDENTITY, gone int, headline varchar(200), body text, published date,
	score float8, label finsent_sentiment, tickers text[], metrics finsent_metric[], analysis finsent_analysis, model text,
	length int GENERATED ALWAYS AS (length(body)) STORED);
ALTER TABLE news DROP COLUMN gone;
CREATE TRIGGER score BEFORE INSERT OR UPDATE ON news FOR EACH ROW EXECUTE FUNCTION finsent_trigger(
	'body=body', 'title=headline', 'published=published', 'score=score', 'label=label', 'tickers=tickers', 'metrics=metrics',
	'analysis=analysis', 'model=model');
INSERT INTO news (headline, body) VALUES
	('Apple rises', 'Apple said revenue rose 12% to $1.2 billion.'), (NULL, 'Losses widened and Boeing shares plunged.'),
	('No body', NULL), ('', ''), ('Profit at Acme', repeat('It was a sunny day. ', 5000) || 'Boeing (NYSE: BA) fell.');
CREATE VIEW wrong AS SELECT id FROM news
WHERE score IS DISTINCT FROM finsent_score(body, headline) OR label IS DISTINCT FROM finsent_label(body, headline)
	OR tickers IS DISTINCT FROM finsent_tickers(body, headline) OR analysis::text IS DISTINCT FROM finsent_analyze(body, headline)::text
	OR metrics IS DISTINCT FROM (finsent_analyze(body, headline)).metrics OR model IS DISTINCT FROM finsent_model()
	OR length IS DISTINCT FROM length(body);
SELECT * FROM wrong;
SELECT id, score IS NULL AS no_score, label, tickers, cardinality(metrics) AS metrics, (analysis).tickers = tickers AS same_tickers FROM news ORDER BY id;
-- an update of the text, of title or body, or to and from NULL
UPDATE news SET headline = 'Apple falls' WHERE id = 1;
UPDATE news SET body = 'Losses narrowed.' WHERE id = 2;
UPDATE news SET body = 'Profit rose.' WHERE id = 3;
UPDATE news SET body = NULL WHERE id = 4;
SELECT * FROM wrong;
-- another column alone: nothing is computed
UPDATE news SET score = -0.5, published = published WHERE id = 1;
SELECT score FROM news WHERE id = 1;
-- no score, or another model: computed
UPDATE news SET score = NULL WHERE id = 1;
UPDATE news SET model = 'finsent-0' WHERE id = 2;
SELECT * FROM wrong;
-- COPY and ON CONFLICT
COPY news (headline, body) FROM stdin;
Copied	Profit fell.
\.
CREATE UNIQUE INDEX ON news (id);
INSERT INTO news (id, body) OVERRIDING SYSTEM VALUE VALUES (1, 'Profit plunged.') ON CONFLICT (id) DO UPDATE SET body = excluded.body, headline = NULL;
SELECT * FROM wrong;
SELECT id, label FROM news WHERE id = 1;
DROP VIEW wrong;
-- a renamed column is told by name, at the first row
ALTER TABLE news RENAME COLUMN headline TO title;
\set VERBOSITY default
INSERT INTO news (body) VALUES ('x');
ALTER TABLE news RENAME COLUMN title TO headline;
ALTER TABLE news ALTER COLUMN score TYPE real;
INSERT INTO news (body) VALUES ('x');
DROP TABLE news;
\set VERBOSITY terse

-- other types: domains, char(n), jsonb, text labels; a domain's and a varchar's limits hold
CREATE DOMAIN story AS text CHECK (length(value) < 1000);
CREATE DOMAIN grade AS float8 CHECK (value <= 0);
CREATE TABLE odd (body story, title char(40), published timestamptz, score grade, label varchar(19), metrics jsonb, analysis jsonb, model varchar(80));
CREATE TRIGGER score BEFORE INSERT OR UPDATE ON odd FOR EACH ROW EXECUTE FUNCTION finsent_trigger(
	'body=body', 'title=title', 'published=published', 'score=score', 'label=label', 'metrics=metrics', 'analysis=analysis', 'model=model');
INSERT INTO odd VALUES ('Revenue fell to $1.2 billion.', 'Acme', now());
SELECT score < 0 AS bad, label LIKE '%negative' AS label, metrics -> 0 ->> 'metric' AS metric, (metrics -> 0 -> 'value')::numeric AS value,
	analysis ->> 'model' = model AS model FROM odd;
INSERT INTO odd VALUES ('Revenue rose to $1.2 billion.', 'Acme', now());
ALTER TABLE odd ALTER COLUMN model TYPE varchar(4) USING 'x';
INSERT INTO odd VALUES ('Revenue fell.', 'Acme', 'infinity');
DROP TABLE odd;
DROP DOMAIN story;
DROP DOMAIN grade;

-- arguments and columns that make no sense: SQLSTATE and name
CREATE TABLE bad (body text, n int, score float8, g text GENERATED ALWAYS AS ('x') STORED, tickers int[]);
CREATE FUNCTION try(arguments text, timing text DEFAULT 'BEFORE INSERT', level text DEFAULT 'ROW') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	EXECUTE format('CREATE TRIGGER t %s ON bad FOR EACH %s EXECUTE FUNCTION finsent_trigger(%s)', timing, level, arguments);
	INSERT INTO bad VALUES ('x');
	DELETE FROM bad;
	RETURN 'fine';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT arguments, try(arguments) FROM unnest(ARRAY[
	'', $$'score=score'$$, $$'body'$$, $$'body='$$, $$'colour=body'$$, $$'body=body', 'body=body'$$, $$'body=text'$$, $$'body=n'$$,
	$$'body=body', 'title=n'$$, $$'body=body', 'score=n'$$, $$'body=body', 'label=n'$$, $$'body=body', 'tickers=tickers'$$,
	$$'body=body', 'metrics=tickers'$$, $$'body=body', 'analysis=body'$$, $$'body=body', 'model=n'$$, $$'body=body', 'published=n'$$,
	$$'body=g'$$, $$'body=body', 'model=g'$$, $$'body=body', 'workspace=nowhere'$$, $$'body=body', 'workspace=public'$$]) AS arguments;
SELECT try($$'body=body'$$, 'AFTER INSERT'), try($$'body=body'$$, 'BEFORE INSERT', 'STATEMENT'), try($$'body=body'$$, 'BEFORE DELETE OR INSERT');
SELECT finsent_trigger();
DROP FUNCTION try;
DROP TABLE bad;

-- attach: what is missing is made, once
CREATE TABLE news (id int PRIMARY KEY, title text, body text, at timestamptz);
INSERT INTO news SELECT i, 'Apple rises ' || i, 'Profit surged.', '2024-01-01' FROM generate_series(1, 500) AS i;
INSERT INTO news VALUES (501, 'No body', NULL, NULL);
SELECT finsent_attach('news', 'body', 'title', 'at');
SELECT finsent_attach('news', 'body', 'title', 'at');
SELECT finsent_stale('news');
SET client_min_messages = warning;
CALL finsent_rescore('news', 100);
RESET client_min_messages;
SELECT finsent_stale('news');
SELECT count(*), count(finsent_score), count(finsent_model), every(finsent_score = finsent_score(body, title)) FROM news;
INSERT INTO news VALUES (502, 'Boeing falls', 'Losses widened.', now());
SELECT finsent_label < 'neutral' AS bad, finsent_tickers FROM news WHERE finsent_tickers @> '{BA}';
SELECT finsent_attach('news', 'body');
-- another model makes stale; so do the words of a workspace
UPDATE news SET finsent_score = NULL WHERE id <= 10;
ALTER TABLE news DISABLE TRIGGER USER;
UPDATE news SET finsent_model = 'finsent-0' WHERE id <= 20;
ALTER TABLE news ENABLE TRIGGER USER;
SELECT finsent_stale('news');
SELECT finsent_create_workspace('desk');
SELECT finsent_attach('news', 'body', 'title', 'at', 'desk');
SET client_min_messages = warning;
CALL finsent_rescore('news');
SELECT finsent_stale('news');
INSERT INTO desk.term VALUES ('surged', -1);
SELECT finsent_stale('news') > 500 AS stale;
CALL finsent_rescore('news');
RESET client_min_messages;
SELECT finsent_stale('news'), every(finsent_score = finsent_score_as('desk', body, title)) AS as_the_words_say,
	count(*) FILTER (WHERE finsent_score = finsent_score(body, title)) AS as_without FROM news;
-- companies as of the publishing date
INSERT INTO desk.company VALUES ('OLDZ', 'Zorbly', '{}', '(,2024-06-01)'), ('NEWZ', 'Zorbly', '{}', '[2024-06-01,)');
INSERT INTO news VALUES (601, 'Zorbly rises', '', '2024-05-31 23:59:59+00'), (602, 'Zorbly rises', '', '2024-06-01 00:00+00'), (603, 'Zorbly rises', '', NULL), (604, 'Zorbly rises', '', '1999-12-31 12:00+00');
SELECT id, finsent_tickers FROM news WHERE id > 600 ORDER BY id;
UPDATE news SET at = '2020-01-01' WHERE id = 602;
SELECT id, finsent_tickers FROM news WHERE id = 602;
-- detach keeps the columns
SELECT finsent_detach('news');
SELECT finsent_detach('news');
SELECT count(finsent_score) > 500 AS kept FROM news;
SELECT finsent_stale('news');
CALL finsent_rescore('news');
-- the index of somebody else is used and stays
CREATE INDEX mine ON news USING gin (finsent_tickers);
SELECT finsent_attach('news', 'body');
SELECT finsent_detach('news');
SELECT to_regclass('mine');
DROP TABLE news;

-- what cannot be attached
CREATE TABLE news (id int, body text, finsent_label text);
CREATE VIEW view AS SELECT * FROM news;
\set VERBOSITY default
SELECT finsent_attach('news', 'body');
\set VERBOSITY terse
SELECT count(*) FROM pg_attribute WHERE attrelid = 'news'::regclass AND attname = 'finsent_score';
SELECT finsent_attach('news', 'text');
SELECT finsent_attach('news', 'body', 'title');
SELECT finsent_attach('news', 'body', workspace => 'nowhere');
SELECT finsent_attach('view', 'body');
SELECT finsent_attach(NULL, 'body');
SELECT finsent_attach('news', NULL);
SELECT finsent_stale('news');
SELECT finsent_detach(NULL);
CALL finsent_rescore(NULL);
CALL finsent_rescore('news', 0);
DROP VIEW view;
DROP TABLE news;

-- rows that cannot be scored are passed over, told, and the rest is scored
CREATE TABLE news (id int, body text);
INSERT INTO news SELECT i, 'Profit surged.' FROM generate_series(1, 100) AS i;
SELECT finsent_attach('news', 'body');
ALTER TABLE news ADD CONSTRAINT never CHECK (finsent_score IS NULL OR id % 40 > 0) NOT VALID;
SET client_min_messages = error;
CALL finsent_rescore('news', 7);
RESET client_min_messages;
SELECT finsent_stale('news'), count(finsent_score) FROM news;
ALTER TABLE news DROP CONSTRAINT never;
-- a disabled trigger ends it too
ALTER TABLE news DISABLE TRIGGER zz_finsent;
SET client_min_messages = error;
CALL finsent_rescore('news', 7);
RESET client_min_messages;
SELECT finsent_stale('news'), count(finsent_score) FROM news;
DROP TABLE news;

-- partitions with their columns in another order
CREATE TABLE news (id int, body text, title text) PARTITION BY RANGE (id);
CREATE TABLE news_1 (gone int, title text, body text, id int);
ALTER TABLE news_1 DROP COLUMN gone;
ALTER TABLE news ATTACH PARTITION news_1 FOR VALUES FROM (0) TO (100);
CREATE TABLE news_2 PARTITION OF news FOR VALUES FROM (100) TO (1000) PARTITION BY RANGE (id);
CREATE TABLE news_3 PARTITION OF news_2 FOR VALUES FROM (100) TO (1000);
INSERT INTO news SELECT i, 'Profit surged.', 'Acme ' || i FROM generate_series(1, 300) AS i;
SELECT finsent_attach('news', 'body', 'title');
SELECT finsent_attach('news', 'body', 'title');
SET client_min_messages = warning;
CALL finsent_rescore('news', 50);
RESET client_min_messages;
CREATE TABLE news_4 PARTITION OF news FOR VALUES FROM (1000) TO (2000);
INSERT INTO news VALUES (5, 'Losses widened.', 'Apple'), (500, 'Losses widened.', 'Apple'), (1500, 'Losses widened.', 'Apple');
SELECT finsent_stale('news'), count(*) FILTER (WHERE finsent_score = finsent_score(body, title)) AS right FROM news;
SELECT tableoid::regclass, finsent_tickers FROM news WHERE finsent_tickers @> '{AAPL}' ORDER BY id;
UPDATE news SET id = 1501 WHERE id = 5 AND title = 'Apple';
SELECT tableoid::regclass, finsent_score = finsent_score(body, title) AS right FROM news WHERE id = 1501;
SELECT finsent_detach('news');
DROP TABLE news;

-- names of any kind
CREATE SCHEMA "Sché""ma";
CREATE TABLE "Sché""ma"."Né ws" (id int PRIMARY KEY, "Bo""dy =" text, "Tïtle" text, "at %" date);
SELECT finsent_create_workspace('De''sk "é"');
INSERT INTO "De'sk ""é""".term VALUES ('moonwards', 1);
INSERT INTO "Sché""ma"."Né ws" VALUES (1, 'Acme goes moonwards.', '', NULL);
SELECT finsent_attach('"Sché""ma"."Né ws"', 'Bo"dy =', 'Tïtle', 'at %', 'De''sk "é"');
SELECT finsent_attach('"Sché""ma"."Né ws"', 'Bo"dy =', 'Tïtle', 'at %', 'De''sk "é"');
SET client_min_messages = warning;
CALL finsent_rescore('"Sché""ma"."Né ws"');
RESET client_min_messages;
INSERT INTO "Sché""ma"."Né ws" VALUES (2, 'Boeing goes moonwards.', '', NULL);
SELECT id, finsent_label, finsent_tickers FROM "Sché""ma"."Né ws" ORDER BY id;
SELECT finsent_stale('"Sché""ma"."Né ws"');
SELECT finsent_drop_workspace('De''sk "é"');
SELECT finsent_detach('"Sché""ma"."Né ws"');
SELECT finsent_drop_workspace('De''sk "é"');
DROP SCHEMA "Sché""ma" CASCADE;

-- a writer of news needs the words to be read, no more; a role without rights may not insert
CREATE ROLE regress_finsent_writer;
CREATE TABLE news (body text);
GRANT INSERT, SELECT ON news TO regress_finsent_writer;
SELECT finsent_attach('news', 'body', workspace => 'desk');
SET ROLE regress_finsent_writer;
\set VERBOSITY sqlstate
INSERT INTO news VALUES ('Profit surged.');
RESET ROLE;
SELECT finsent_grant_workspace('desk', 'regress_finsent_writer', 'writer');
SET ROLE regress_finsent_writer;
INSERT INTO news VALUES ('Profit surged.');
SELECT finsent_label < 'neutral' AS bad FROM news;
SELECT finsent_attach('news', 'body');
INSERT INTO desk.term VALUES ('mine', 1);
RESET ROLE;
\set VERBOSITY terse
DROP TABLE news;
SELECT finsent_drop_workspace('desk');
DROP ROLE regress_finsent_writer;
