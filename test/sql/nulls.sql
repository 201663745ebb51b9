-- NULL and empty arguments; texts without a word.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

-- a NULL body gives NULL, whatever the title
SELECT finsent_score(NULL) IS NULL AS score, finsent_score(NULL, 'Profit rose') IS NULL AS with_title,
	finsent_label(NULL::text) IS NULL AS label, finsent_label(NULL, 'Profit rose') IS NULL AS label_with_title,
	finsent_label(NULL::float8) IS NULL AS label_of_score, finsent_class(NULL) IS NULL AS class,
	finsent_analyze(NULL) IS NULL AS analyze, finsent_tickers(NULL) IS NULL AS tickers,
	finsent_summary(NULL) IS NULL AS summary, finsent_highlight(NULL) IS NULL AS highlight,
	finsent_card_html(NULL, 'Profit rose') IS NULL AS card;
SELECT finsent_target_score(NULL, 'Acme') IS NULL AS no_body, finsent_target_score('Acme rose', NULL) IS NULL AS no_target,
	finsent_target_score('Acme rose', '') IS NULL AS empty_target, finsent_target_score('Acme rose', '  ') IS NULL AS blank_target,
	finsent_target_score('Acme rose', 'Zebra') IS NULL AS not_mentioned;

-- or no rows
SELECT (SELECT count(*) FROM finsent_sentences(NULL)) AS sentences, (SELECT count(*) FROM finsent_explain(NULL)) AS explain,
	(SELECT count(*) FROM finsent_explain(NULL, 'Profit rose')) AS explain_title,
	(SELECT count(*) FROM finsent_ticker_sentiment(NULL)) AS ticker_sentiment, (SELECT count(*) FROM finsent_metrics(NULL)) AS metrics,
	(SELECT count(*) FROM finsent_quantities(NULL)) AS quantities, (SELECT count(*) FROM finsent_insights(NULL)) AS insights;

-- a NULL title is no title, as is an empty one; NULL options are none
SELECT finsent_score(b, NULL) = finsent_score(b) AND finsent_score(b, '') = finsent_score(b) AS score,
	finsent_label(b, NULL) = finsent_label(b) AS label,
	finsent_analyze(b, NULL) = finsent_analyze(b) AS analyze,
	finsent_tickers(b, NULL) = finsent_tickers(b) AS tickers,
	finsent_card_html(b, NULL) = finsent_card_html(b) AS card,
	finsent_highlight(b, NULL) = finsent_highlight(b) AS highlight
FROM (VALUES ('Apple Inc said quarterly profit rose 12% to $4 billion, beating expectations.')) AS t (b);

-- texts without a word: score 0, neutral, no rows, and no error
CREATE TEMP TABLE nothing (name text, body text);
INSERT INTO nothing VALUES
	('empty', ''),
	('blank', E' \t\r\n\f\x0b '),
	('no-break and zero-width blanks', U&'\00A0\200B\2003\FEFF'),
	('punctuation', '... --- !!! ??? ,;: () [] {} "" '''''),
	('symbols', U&'$ % & * # @ \00A9 \2192 \00A7'),
	('mark-up alone', '<p class="x"><br/></p><!-- profit rose --><script>profit()</script><style>loss {}</style>'),
	('open tags', '< <! </ <?'),
	('open comment', '<!--'),
	('entities', '&nbsp;&amp;&#160;&lt;'),
	('line breaks', repeat(E'\n', 5000)),
	('controls', E'\x01\x02\x1b\x7f'),
	('combining marks', U&'\0301\0301\0301'),
	('hyphens', repeat('-', 5000)),
	('figures', '1234 5678, 9-10/11'),
	('no words of a language', 'qwrtz xcvbn zzyzzx');
SELECT name, finsent_score(body) AS score, finsent_label(body) AS label, finsent_tickers(body) AS tickers,
	(SELECT count(*) FROM finsent_explain(body)) AS explain, (SELECT count(*) FROM finsent_metrics(body)) AS metrics,
	(SELECT count(*) FROM finsent_quantities(body)) AS quantities, (SELECT count(*) FROM finsent_insights(body)) AS insights,
	(SELECT count(*) FROM finsent_ticker_sentiment(body)) AS companies,
	(SELECT count(*) FROM finsent_sentences(body) WHERE score <> 0) AS scored,
	(finsent_analyze(body)).words, finsent_score('', body) AS as_title
FROM nothing;
SELECT name, finsent_summary(body) IS NOT NULL AS summary, finsent_card_html(body) LIKE '<!DOCTYPE html>%' AS card,
	finsent_highlight(body) = body AS highlight, finsent_highlight(body, 'MaxFragments=3') IS NOT NULL AS fragments
FROM nothing;
SELECT score, label, mixed, tickers, ticker_sentiment, metrics, summary, words FROM finsent_analyze('');
