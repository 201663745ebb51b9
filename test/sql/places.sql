-- Places: pos and len are characters of the original text, whatever it holds.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TEMP TABLE texts (name text, body text);
INSERT INTO texts VALUES
	('plain', 'Apple Inc said profit rose 12% to $1.2 billion in the third quarter. The main risk over the next 3-6 months is weaker demand.'),
	('two bytes', 'Zürich. Nestlé said profit rose 12% to €1.2 billion – “a record”. Das Geschäft über alles. Apple fell 5%.'),
	('four bytes', U&'\+01F680\+01F680 $AMZN profit rose 12% \+01F4C8 to \20AC\20095 billion. \+01F600Apple\+01F600 fell 5%.'),
	('combining', U&'Ne\0301stle\0301 profit r\0301ose 12% to 5\00A0million. Profit so\00ADared to a rec\200Bord.'),
	('full width', U&'\FF30\FF52\FF4F\FF46\FF49\FF54 rose \FF11\FF12\FF05. Profit rose 5%.'),
	('ideographs', U&'\5229\76CA\589E\9577 12%\3002Profit rose 5%\3002Loss widened to $5 million.'),
	('mark-up', '<p class="a>b">Profit <b>rose</b> 12% &mdash; to $5 million.</p><script>if (a < b) loss("$9 billion");</script><p>Apple&nbsp;Inc shares fell 5%.</p>'),
	('lines', E'Headline without a stop\r\n\r\nProfit rose 12%.\r\n\t* Loss widened to $5 million\n * Apple fell 5%\n'),
	('blanks', E'   \n\t Profit rose 12%.   \u00A0\u3000  Loss widened.   '),
	('broken mark-up', 'Profit <rose 12% to $5 million. Loss > gain & <b Profit fell 3%.'),
	('no full stop', 'Profit rose 12%'),
	('one sentence', repeat('profit rose 12% to $5 million and Apple Inc fell, ', 200)),
	('many sentences', repeat('Ünited profit rose 12% to €5 million. ', 100)),
	('long word', repeat('é', 3000) || ' profit rose 12%. Loss widened.'),
	('right to left', U&'\0627\0644\0623\0631\0628\0627\062D profit rose 12%. \05E8\05D5\05D5\05D7 loss widened to $5 million.');

-- sentences
SELECT name, s.* FROM texts, finsent_sentences(body) AS s WHERE substr(body, pos, len) IS DISTINCT FROM sentence OR len < 1;
-- evidence
SELECT name, e.* FROM texts, finsent_explain(body) AS e
WHERE pos IS NOT NULL AND (substr(body, pos, len) IS DISTINCT FROM term OR len < 1 OR pos + len - 1 > length(body));
-- insights
SELECT name, i.* FROM texts, finsent_insights(body) AS i WHERE substr(body, pos, len) IS DISTINCT FROM sentence OR len < 1;
-- companies: a name or symbol stands there
SELECT name, t.* FROM (SELECT texts.name AS text_name, body, (finsent_ticker_sentiment(body)).* FROM texts) AS t
WHERE pos IS NULL OR len < 1 OR pos + len - 1 > length(body) OR substr(body, pos, len) !~ '^\S(.*\S)?$';
-- quantities and metrics: begin and end with what is no blank, hold a digit, in order, inside the text
SELECT name, q.* FROM texts, finsent_quantities(body) AS q
WHERE len < 1 OR pos + len - 1 > length(body) OR substr(body, pos, len) !~ '^\S(.*\S)?$' OR substr(body, pos, len) !~ '\d|[０-９]';
SELECT texts.name, m.* FROM texts, finsent_metrics(body) AS m
WHERE len < 1 OR pos + len - 1 > length(body) OR substr(body, pos, len) !~ '^\S(.*\S)?$' OR substr(body, pos, len) !~ '\d|[０-９]';
SELECT name FROM (SELECT name, pos, lag(pos + len, 1, 1) OVER (PARTITION BY name ORDER BY n) AS ended
				  FROM texts, finsent_quantities(body) WITH ORDINALITY AS q (value, high, unit, comparator, pos, len, n)) AS o
WHERE pos < ended;
-- periods are as written
SELECT name, m.period, m.prior_period FROM texts, finsent_metrics(body) AS m
WHERE strpos(body, coalesce(m.period, '')) = 0 AND m.period <> '' OR strpos(body, coalesce(m.prior_period, '')) = 0 AND m.prior_period <> '';

-- every kind of row was seen above
SELECT (SELECT count(*) > 100 FROM texts, finsent_sentences(body)) AS sentences,
	(SELECT count(*) > 150 FROM texts, finsent_explain(body)) AS evidence,
	(SELECT count(*) > 0 FROM texts, finsent_insights(body)) AS insights,
	(SELECT count(DISTINCT texts.name) >= 5 FROM texts, finsent_ticker_sentiment(body)) AS companies,
	(SELECT count(*) > 200 FROM texts, finsent_quantities(body)) AS quantities,
	(SELECT count(*) > 100 FROM texts, finsent_metrics(body)) AS metrics;

-- a place in mark-up is one of the original
SELECT substr(body, pos, len) AS found, value, unit FROM texts, finsent_quantities(body) WHERE name = 'mark-up';
SELECT substr(body, pos, len) AS found, ticker FROM texts, finsent_ticker_sentiment(body) WHERE texts.name = 'mark-up';
