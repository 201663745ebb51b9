-- The card of one text, in plain characters.
--
--   psql -v file=PATH -f demo/card.sql              the text is in a file
--   psql -v body=TEXT [-v title=TEXT] -f demo/card.sql
--
-- With -v pages=FOLDER the card as a page is written to card.html there.
-- Needs the extension in the search path.  Changes nothing but its own
-- temporary objects.
\set QUIET on
\set ON_ERROR_STOP on
SET client_min_messages = warning;
\if :{?title}
\else
	\set title ''
\endif
\if :{?body}
\else
	\if :{?file}
		\setenv FINSENT_CARD_FILE :file
		\set body `iconv -c -f UTF-8 -t UTF-8 "$FINSENT_CARD_FILE"`
	\else
		\warn 'card.sql: set file or body'
		\quit
	\endif
\endif

-- Words of a text in lines of at most so many characters, behind an indent.
CREATE OR REPLACE FUNCTION pg_temp.wrap(txt text, width int, indent text) RETURNS text
LANGUAGE plpgsql STRICT AS $$
DECLARE
	word text;
	line text := '';
	page text := '';
BEGIN
	FOREACH word IN ARRAY regexp_split_to_array(btrim(txt, E' \t\r\n'), '\s+') LOOP
		IF line <> '' AND length(line) + 1 + length(word) > width THEN
			page := page || indent || line || E'\n';
			line := word;
		ELSE
			line := concat_ws(' ', nullif(line, ''), word);
		END IF;
	END LOOP;
	RETURN page || indent || line;
END
$$;

-- A score in [-1, 1] as a bar that grows from the middle, half a cell a 20th.
CREATE OR REPLACE FUNCTION pg_temp.bar(score float8, cells int DEFAULT 10) RETURNS text
LANGUAGE sql AS $$
	SELECT CASE WHEN score < 0 THEN lpad(half || whole, cells, '·') ELSE repeat('·', cells) END
		|| '│'
		|| CASE WHEN score > 0 THEN rpad(whole || half2, cells, '·') ELSE repeat('·', cells) END
	FROM (SELECT round(abs(score) * cells * 2)::int AS halves) h,
		LATERAL (SELECT repeat('█', halves / 2) AS whole,
						CASE halves % 2 WHEN 1 THEN '▐' ELSE '' END AS half,
						CASE halves % 2 WHEN 1 THEN '▌' ELSE '' END AS half2) p
$$;

-- An amount as a reader writes it: $1.2 bn, 15.6 %, 71 thousand.
CREATE OR REPLACE FUNCTION pg_temp.amount(value numeric, unit text) RETURNS text
LANGUAGE sql AS $$
	SELECT CASE
			WHEN value IS NULL THEN NULL
			WHEN unit = 'percent' THEN plain || ' %'
			WHEN unit = 'x' THEN plain || 'x'
			WHEN unit IN ('USD', 'EUR', 'GBP', 'JPY', 'INR', 'CNY')
			THEN sign || CASE unit WHEN 'USD' THEN '$' WHEN 'EUR' THEN '€' WHEN 'GBP' THEN '£'
							WHEN 'INR' THEN '₹' ELSE '¥' END || short
			ELSE concat_ws(' ', plain_or_short, unit)
		END
	FROM (SELECT abs(value) AS size, CASE WHEN value < 0 THEN '-' ELSE '' END AS sign) s,
		LATERAL (SELECT CASE
						WHEN size >= 1e12 THEN trim_scale(round(size / 1e12, 2)) || ' tn'
						WHEN size >= 1e9 THEN trim_scale(round(size / 1e9, 2)) || ' bn'
						WHEN size >= 1e6 THEN trim_scale(round(size / 1e6, 2)) || ' m'
						WHEN size >= 1e4 THEN ltrim(to_char(size, '999,999,999'))
						WHEN unit ~ '^[A-Z]{3}$' AND size <> trunc(size) THEN ltrim(to_char(size, '999990.00'))
						ELSE trim_scale(size)::text
					END AS short) a,
		LATERAL (SELECT trim_scale(value)::text AS plain, sign || short AS plain_or_short) b
$$;

DROP TABLE IF EXISTS pg_temp.card, pg_temp.card_insights;
CREATE TEMP TABLE card AS
	SELECT t.*, finsent_analyze(t.body, t.title) AS a,
		substring(btrim(t.body, E' \t\r\n') FROM '^([^\n<]{3,140}[^\n.<\s])\s*\n') AS heading
	FROM (SELECT :'body'::text AS body, nullif(btrim(:'title'), '') AS title) t;
CREATE TEMP TABLE card_insights AS
	SELECT i.* FROM card, finsent_insights(card.body) i;

\pset format unaligned
\pset tuples_only on
\pset footer off
\pset pager off

-- Title and summary.
SELECT concat_ws(E'\n', box, pg_temp.wrap((a).summary, 92, '  '))
FROM card, LATERAL (SELECT '╭' || repeat('─', 94) || E'╮\n'
		|| string_agg('│ ' || rpad(line, 92) || ' │', E'\n' ORDER BY n)
		|| E'\n╰' || repeat('─', 94) || '╯' AS box
	FROM regexp_split_to_table(pg_temp.wrap(coalesce(title, heading), 92, ''), E'\n') WITH ORDINALITY AS l(line, n)) b;

-- Overall sentiment.
SELECT concat_ws(E'\n', '',
		'  Overall sentiment   ' || (a).label || CASE WHEN (a).mixed THEN ' (mixed evidence)' ELSE '' END,
		'  Sentiment score     ' || to_char((a).score, 'SG0.00') || '   ' || pg_temp.bar((a).score, 15),
		'  Confidence          ' || to_char((a).confidence, '0.00') || '    negative ' || to_char(100 * (a).negative, 'FM990')
			|| ' %, neutral ' || to_char(100 * (a).neutral, 'FM990') || ' %, positive ' || to_char(100 * (a).positive, 'FM990') || ' %')
FROM card;

-- Ticker sentiment.
SELECT E'\n  Ticker sentiment\n' || string_agg(format('    %s %s %s  %s   relevance %s',
			rpad(coalesce(t.ticker, '-'), 12), rpad(left(coalesce(t.name, ''), 28), 28),
			to_char(t.score, 'SG0.00'), pg_temp.bar(t.score), to_char(t.relevance, 'FM0.00')),
		E'\n' ORDER BY n)
FROM card, unnest((a).ticker_sentiment) WITH ORDINALITY AS t(ticker, name, score, label, relevance, confidence, mentions, pos, len, n)
WHERE n <= 8
HAVING count(*) > 0;

-- Insights.
SELECT E'\n  Insights\n' || string_agg(format(E'    ▸ %s\n%s', label, pg_temp.wrap(sentence, 88, repeat(' ', 6))),
		E'\n' ORDER BY pos, label)
FROM (SELECT min(pos) AS pos, sentence,
			string_agg(DISTINCT replace(kind, '_', '-'), ', ') || CASE
				WHEN months IS NULL THEN ''
				WHEN lower(months) = 0 THEN '  (next ' || upper(months) - 1 || ' months)'
				WHEN lower(months) = upper(months) - 1 THEN '  (' || lower(months) || ' months)'
				ELSE '  (' || lower(months) || '-' || upper(months) - 1 || ' months)'
			END AS label
		FROM card_insights GROUP BY sentence, months) i
HAVING count(*) > 0;

-- Metrics.
\pset format aligned
\pset tuples_only off
\pset border 2
\pset linestyle unicode
\pset null ''
SELECT count(*) > 0 AS has_metrics FROM card, unnest((a).metrics) \gset
\if :has_metrics
\echo
SELECT coalesce(m.ticker, '') AS ticker,
	left(replace(m.metric, '_', ' '), 24) AS metric,
	CASE WHEN m.value IS NULL THEN '' ELSE CASE m.comparator WHEN 'gt' THEN '> ' WHEN 'ge' THEN '≥ ' WHEN 'lt' THEN '< ' WHEN 'le' THEN '≤ ' WHEN 'approx' THEN '~ ' ELSE '' END END
		|| concat_ws(' to ', pg_temp.amount(m.value, m.unit), pg_temp.amount(m.high, m.unit)) AS value,
	CASE m.direction WHEN 'up' THEN '▲' WHEN 'down' THEN '▼' WHEN 'flat' THEN '▶' ELSE ' ' END
		|| coalesce(' ' || pg_temp.amount(m.change, m.change_unit), '') AS change,
	pg_temp.amount(m.prior, m.unit) AS prior,
	left(concat_ws(' / ', m.period, m.prior_period), 30) AS period,
	nullif(m.basis, 'actual') AS basis
FROM card, unnest((a).metrics) WITH ORDINALITY AS m(ticker, metric, value, high, unit, comparator, direction, change,
	change_unit, prior, period, prior_period, basis, pos, len, n)
ORDER BY m.n;
\endif

-- The page.
\if :{?pages}
\o :pages/card.html
\pset format unaligned
\pset tuples_only on
SELECT finsent_card_html(body, title) FROM card;
\o
\pset format aligned
\pset tuples_only off
\endif
\unset body
\unset title
