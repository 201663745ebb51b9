-- A cancelled query ends within a second, whatever the text: 100 MB each.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set VERBOSITY terse

CREATE FUNCTION pg_temp.kind(which text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE which
		WHEN 'sentence' THEN repeat('profit rose and losses widened ', 3400000)
		WHEN 'digits' THEN repeat('1', 100000000)
		WHEN 'blanks' THEN repeat(E' \n', 50000000)
		WHEN 'tags' THEN repeat('<b>', 34000000)
		WHEN 'open comment' THEN '<!--' || repeat('-- >', 25000000)
		WHEN 'cashtags' THEN repeat('$AMZN ', 17000000)
		WHEN 'accents' THEN repeat('é', 50000000)
		WHEN 'stops' THEN repeat('a. ', 34000000)
	END
$$;

SELECT clock_timestamp() AS started \gset
SET statement_timeout = '250ms';
SELECT finsent_score(pg_temp.kind('sentence'));
SELECT finsent_score(pg_temp.kind('digits'));
SELECT finsent_score(pg_temp.kind('tags'));
SELECT finsent_tickers(pg_temp.kind('cashtags'));
SELECT count(*) FROM finsent_metrics(pg_temp.kind('sentence'));
SELECT count(*) FROM finsent_sentences(pg_temp.kind('stops'));
SELECT finsent_target_score(pg_temp.kind('accents'), 'profit');
SELECT length(finsent_card_html(pg_temp.kind('open comment')));
SELECT length(finsent_highlight(pg_temp.kind('stops')));
SELECT finsent_summary(pg_temp.kind('sentence'));
RESET statement_timeout;
SELECT clock_timestamp() - :'started' < interval '14 seconds' AS in_time;

-- the session goes on
SELECT finsent_class(finsent_score('Profit surged to a record.'));
