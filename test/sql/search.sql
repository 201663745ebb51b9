-- Search: words, tickers, scores and times in one ranking over an attached table, through its GIN indexes.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set VERBOSITY terse

CREATE SCHEMA "Desk ""one""";
CREATE TABLE "Desk ""one"""."News 'of' %I" ("Id" int, part text, "The Body" text, "Title %s" varchar(200), "When" timestamp, PRIMARY KEY (part, "Id"));
SELECT count(*) > 4 AS attached FROM finsent_attach('"Desk ""one"""."News ''of'' %I"', 'The Body', 'Title %s', 'When');
INSERT INTO "Desk ""one"""."News 'of' %I" ("Id", part, "The Body", "Title %s", "When")
SELECT i, 'p', format('%s said that revenue of its unit %s was $%s million in the quarter.', (ARRAY['Apple', 'Microsoft', 'Nokia'])[1 + i % 3], md5(i::text), i),
	'Report ' || i, now() - i * interval '1 hour' FROM generate_series(1, 3000) AS i;
INSERT INTO "Desk ""one"""."News 'of' %I" ("Id", part, "The Body", "Title %s", "When") VALUES
	(9001, 'x', 'Boeing (NYSE: BA) said a strike at its plant in Seattle would cost $500 million this quarter and delay deliveries of the 737.', 'Boeing strike hits', now() - interval '3 hours'),
	(9002, 'x', 'Boeing (NYSE: BA) said a strike at its plant in Seattle would cost $500 million this quarter and delay deliveries of the 737 jet.', 'Boeing strike hits', now() - interval '2 hours'),
	(9003, 'x', 'A strike ended at the mill of a maker of furniture; its owner said that business was good again and that he would hire more people.', NULL, now() - interval '900 days'),
	(9004, 'x', 'Airbus raised its outlook after deliveries rose. Boeing (NYSE: BA) fell on a strike.', 'Airbus lifts outlook', now() - interval '1 hours'),
	(9005, 'x', NULL, 'strike', NULL);
CREATE INDEX words ON "Desk ""one"""."News 'of' %I" USING gin (to_tsvector('pg_catalog.simple', coalesce("Title %s", '') || ' ' || coalesce("The Body", '')));
ANALYZE "Desk ""one"""."News 'of' %I";
CREATE FUNCTION pg_temp.find(query text, tickers text[] DEFAULT NULL, min_score float8 DEFAULT NULL, max_score float8 DEFAULT NULL,
	since timestamptz DEFAULT NULL, n int DEFAULT 20) RETURNS SETOF finsent_found
LANGUAGE sql AS $$SELECT * FROM finsent_search('"Desk ""one"""."News ''of'' %I"', query, tickers, min_score, max_score, since, n)$$;

-- versions of a story come once; recency decides between stories of one match; a row of any columns that are NULL is found
SELECT key, title, versions, rank > 0 AND rank <= 1 AS ranked, headline LIKE '%<b>strike</b>%' AS marked, label = finsent_label(score) AS labelled
FROM pg_temp.find('strike') WHERE key ->> 'Id' IN ('9003', '9005') ORDER BY key;
SELECT count(*) AS stories, sum(versions) AS rows, max(versions) AS of_one, bool_and(rank <= before) AS in_order
FROM (SELECT *, lag(rank, 1, 1) OVER () AS before FROM pg_temp.find('strike')) s;
-- words as in websearch: a phrase, or, not
SELECT key ->> 'Id' AS id FROM pg_temp.find('"strike ended" or airbus') ORDER BY 1;
SELECT key ->> 'Id' AS id FROM pg_temp.find('strike -seattle -furniture') WHERE title <> 'strike' ORDER BY 1;
-- tickers: all of them; the one that a story is about comes before one that it names
SELECT key ->> 'Id' AS id, tickers FROM pg_temp.find('deliveries', '{BA}') ORDER BY rank DESC;
SELECT count(*) AS none FROM pg_temp.find(NULL, '{BA,AAPL}');
-- scores, times, number
SELECT bool_and(score <= -0.12) AS negative, count(*) > 0 AS found FROM pg_temp.find('', '{BA}', NULL, -0.12);
SELECT bool_and(published >= now() - interval '10 hours') AS recent, count(*) FROM pg_temp.find(NULL, NULL, NULL, NULL, now() - interval '9.5 hours', 5);
SELECT count(*) AS asked_for FROM pg_temp.find(NULL, n => 7);
SELECT count(*) AS hostile FROM pg_temp.find(E'strike'' OR "1" = ''1; -- \\ %I %s $1 ''''', ARRAY['A"B', 'C''D', '{}', NULL]::text[]);

-- through the GIN indexes, whichever narrows more
CREATE FUNCTION pg_temp.indexes_used(query text, tickers text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || finsent_search_sql('"Desk ""one"""."News ''of'' %I"', query, tickers) LOOP
		RETURN QUERY SELECT m[1] FROM regexp_matches(line, 'Bitmap Index Scan on (.*)$') AS m;
	END LOOP;
END $$;
SELECT * FROM pg_temp.indexes_used('strike', NULL);
SELECT * FROM pg_temp.indexes_used(NULL, '{BA}');
SELECT (finsent_search_vector('"Desk ""one"""."News ''of'' %I"', 'The Body', 'Title %s')).config, (finsent_search_vector('"Desk ""one"""."News ''of'' %I"', 'The Body', NULL)).index_used;

-- a stored tsvector, and none at all
CREATE TABLE stored (id int, body text, words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED);
SELECT count(*) > 0 AS attached FROM finsent_attach('stored', 'body');
INSERT INTO stored VALUES (1, 'The strikes ended.'), (2, 'Profit rose.');
CREATE INDEX ON stored USING gin (words);
SELECT key, published, title, headline, versions FROM finsent_search('stored', 'striking');
DROP INDEX stored_words_idx;
SET default_text_search_config = 'pg_catalog.simple';
SELECT count(*) AS not_stemmed FROM finsent_search('stored', 'striking');
SELECT headline FROM finsent_search('stored', 'strikes');
RESET default_text_search_config;

-- what is wrong is named
SELECT finsent_search('stored', 'x', since => now());
SELECT finsent_search('stored', 'x', n => 0);
SELECT finsent_search('stored', 'x', n => NULL);
SELECT finsent_search(NULL, 'x');
CREATE TABLE loose (body text);
SELECT finsent_search('loose', 'x');
-- with the caller's rights
CREATE ROLE finsent_search_reader;
SET ROLE finsent_search_reader;
SELECT finsent_search('stored', 'strikes');
RESET ROLE;
DROP ROLE finsent_search_reader;
DROP TABLE stored, loose;
SET client_min_messages = warning;
DROP SCHEMA "Desk ""one""" CASCADE;
