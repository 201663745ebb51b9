-- Card: summary, insights, highlights, page.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TEMP TABLE story (title text, body text);
INSERT INTO story VALUES ('Acme lifts outlook', E'Acme lifts outlook\n\n'
	'Apple Inc reported a record quarterly profit of $4.1 billion on Tuesday. Sales rose 12% to $20 billion. '
	'The company raised its guidance for the full year. '
	'The main risk over the next 3-6 months is weaker demand in China. '
	'Rivals such as Microsoft Corp may lose market share. '
	'Analysts on average had expected a profit of $3.8 billion. '
	'The weather in Helsinki was fine.');

-- summary: whole sentences of the body, in order, at most as many as asked for
SELECT n, bool_and(strpos(body, sentence) > 0) AS of_the_body, count(*) FILTER (WHERE strpos(s, sentence) > 0) <= n AS not_more,
	count(*) FILTER (WHERE strpos(s, sentence) > 0) > 0 AS some,
	s = (SELECT string_agg(sentence, ' ' ORDER BY n) FROM finsent_sentences(body) WHERE strpos(s, sentence) > 0) AS whole_and_in_order
FROM story, generate_series(1, 4) AS n, finsent_summary(body, n) AS s, finsent_sentences(body) AS t (number, pos, len, sentence)
GROUP BY n, body, s ORDER BY n;
SELECT finsent_summary(body) = finsent_summary(body, 2) AS two_by_default, finsent_summary(body) = (finsent_analyze(body, title)).summary AS analyze,
	finsent_summary(body, 1000) ~ 'weather' AS all_if_asked
FROM story;
SELECT finsent_summary('Profit rose.') AS short_text, finsent_summary('One thing. Another thing.') AS two_sentences;

-- insights
SELECT kind, months, sentence FROM story, finsent_insights(body) WHERE kind = 'risk' AND months IS NOT NULL;
SELECT i.* FROM story, finsent_insights(body) AS i
WHERE kind NOT IN ('risk', 'catalyst', 'outlook', 'guidance', 'competitor', 'consensus', 'second_order')
	OR abs(score) > 1 OR tickers IS NULL OR substr(body, pos, len) <> sentence;

-- highlight: without its marks it is the text
SELECT replace(replace(h, '[+', ''), '+]', '') = body AS text_kept, h LIKE '%[+%' AS marked
FROM story, finsent_highlight(body, 'StartPos=[+, StopPos=+], StartNeg=[+, StopNeg=+]') AS h;
SELECT replace(replace(h, '<b>', ''), '</b>', '') = 'Tom &amp; Co &lt;profit rose&gt; &quot;5%&quot;' AS escaped
FROM finsent_highlight('Tom & Co <profit rose> "5%"', 'Escape=true, StartNeg=<b>, StopNeg=</b>') AS h;
SELECT count(*) FILTER (WHERE cardinality(regexp_split_to_array(f, '\s+')) > 12) AS too_long, count(*) <= 2 AS not_more
FROM story, finsent_highlight(body, 'MaxFragments=2, MaxWords=10, StartPos=, StopPos=, StartNeg=, StopNeg=') AS h,
	regexp_split_to_table(h, ' \.\.\. ') AS f;
SELECT finsent_highlight(body, 'HighlightTickers=true') LIKE '%<b>Apple Inc</b>%' AS company_marked FROM story;

-- the page holds everything, escaped, and asks for nothing from elsewhere
SELECT page LIKE '<!DOCTYPE html>%</html>_' OR page LIKE '<!DOCTYPE html>%</html>' AS whole, strpos(page, 'Acme lifts outlook') > 0 AS title,
	strpos(page, 'AAPL') > 0 AS ticker, page ~ 'weaker demand' AS text, page !~* '<script' AS no_script,
	page !~* '(src|href)\s*=\s*["'']?(https?:)?//' AS self_contained
FROM story, finsent_card_html(body, title) AS page;
SELECT finsent_card_html('', NULL) LIKE '<!DOCTYPE html>%' AS empty_text_has_a_page;
