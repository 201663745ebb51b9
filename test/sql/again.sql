-- Functions of one row share one reading: answers do not depend on which were
-- asked before, of this text or of another.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TEMP TABLE news (id int, title text, body text);
INSERT INTO news VALUES
	(1, 'Acme beats forecasts', 'Apple Inc said profit rose 12% to $1.2 billion. The main risk over the next 3-6 months is weaker demand.'),
	(2, NULL, 'Apple Inc said profit rose 12% to $1.2 billion. The main risk over the next 3-6 months is weaker demand.'),
	(3, 'Profit surged', ''),
	(4, NULL, 'Profit surged'),
	(5, NULL, 'Nestlé-Gewinn: “profit” surged 12% to €5 million.'),
	(6, NULL, repeat('Apple Inc said revenue rose 12% to $1.2 billion, and losses narrowed. ', 900)),
	(7, NULL, repeat('Apple Inc said revenue rose 12% to $1.2 billion, and losses narrowed. ', 3000)),
	(8, '', '');
INSERT INTO news SELECT 10 + i, 'Story ' || i, 'Microsoft Corp sales fell ' || i || '% to $' || i || ' million, it said.' FROM generate_series(1, 20) AS i;

-- every question as a function of title and body, so that its answer is one text
CREATE TEMP TABLE questions (q int, question text);
INSERT INTO questions SELECT row_number() OVER (), question FROM unnest(ARRAY[
	'finsent_score(body, title)', 'finsent_label(body, title)', 'finsent_tickers(body, title)', 'finsent_analyze(body, title)',
	'finsent_target_score(body, ''profit'')', 'finsent_summary(body, 1)', 'finsent_highlight(body, ''StartPos="[,", HighlightMetrics=true'')',
	'md5(finsent_card_html(body, title))', 'ARRAY(SELECT e FROM finsent_explain(body, title) AS e)',
	'ARRAY(SELECT s FROM finsent_sentences(body) AS s)', 'ARRAY(SELECT m FROM finsent_metrics(body) AS m)',
	'ARRAY(SELECT q FROM finsent_quantities(body) AS q)', 'ARRAY(SELECT i FROM finsent_insights(body) AS i)',
	'ARRAY(SELECT t FROM finsent_ticker_sentiment(body, title) AS t)']) AS question;

CREATE FUNCTION pg_temp.answer(question text, title text, body text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT md5((' || question || ')::text) FROM (SELECT $1 AS title, $2 AS body) AS t' INTO answer USING title, body;
	RETURN answer;
END $$;

-- alone: another text is read before each
CREATE TEMP TABLE alone AS
SELECT id, q, CASE WHEN finsent_score('Another text ' || q || id) IS NOT NULL THEN pg_temp.answer(question, title, body) END AS answer
FROM news, questions ORDER BY q, id;

-- question by question, text by text, in several orders
CREATE TEMP TABLE together AS SELECT id, q, pg_temp.answer(question, title, body) AS answer, 1 AS run FROM news, questions WHERE false;
DO $$
DECLARE
	r record;
BEGIN
	FOR run IN 1..4 LOOP
		FOR r IN SELECT * FROM news, questions ORDER BY id, md5(run || question) LOOP
			INSERT INTO together VALUES (r.id, r.q, pg_temp.answer(r.question, r.title, r.body), run);
		END LOOP;
	END LOOP;
END $$;
SELECT count(*) = 4 * (SELECT count(*) FROM alone) AS all_asked,
	count(*) FILTER (WHERE t.answer IS DISTINCT FROM a.answer) AS differ
FROM together t JOIN alone a USING (id, q);
SELECT DISTINCT run, id, question FROM together t JOIN alone a USING (id, q) JOIN questions USING (q)
WHERE t.answer IS DISTINCT FROM a.answer ORDER BY 1, 2, 3;

-- an error in between leaves nothing behind
SELECT finsent_score('Profit surged') AS score \gset
SELECT finsent_highlight('Profit surged', 'Nonsense=1');
SELECT finsent_score('Profit surged') = :score AS same;
SELECT finsent_label(3);
SELECT finsent_score('Profit surged') = :score AS same, finsent_tickers('Profit surged') AS tickers;
