-- Mark-up is skipped: tags, comments, script and style bodies, entities.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TEMP TABLE pairs (name text, marked text, plain text);
INSERT INTO pairs VALUES
	('tags', '<html><body><p>Profit <b>surged</b> <i>45%</i>.</p></body></html>', 'Profit surged 45%.'),
	('attributes', '<p title="loss widened" data-x=''profit fell''>Profit surged 45%.</p>', 'Profit surged 45%.'),
	('comment', 'Profit surged 45%.<!-- loss widened, shares plunged -->', 'Profit surged 45%.'),
	('script', '<script>var loss = "fraud"; if (1 < 2) plunge();</script>Profit surged 45%.', 'Profit surged 45%.'),
	('style', '<STYLE type="text/css">.fraud { loss: 1 }</STYLE >Profit surged 45%.', 'Profit surged 45%.'),
	('entities', 'Profit&nbsp;surged&#32;45%.', 'Profit surged 45%.'),
	('ampersand', 'Johnson &amp; Johnson profit surged.', 'Johnson & Johnson profit surged.');

-- rows only where mark-up changes the answer
SELECT name, finsent_score(marked) AS marked, finsent_score(plain) AS plain FROM pairs WHERE finsent_score(marked) <> finsent_score(plain);
SELECT name, finsent_tickers(marked) AS marked, finsent_tickers(plain) AS plain FROM pairs WHERE finsent_tickers(marked) <> finsent_tickers(plain);
SELECT name FROM pairs WHERE (SELECT array_agg((value, unit) ORDER BY pos) FROM finsent_quantities(marked))
	IS DISTINCT FROM (SELECT array_agg((value, unit) ORDER BY pos) FROM finsent_quantities(plain));

-- nothing in tags, comments or scripts is evidence
SELECT name, e.term FROM pairs, finsent_explain(marked) AS e WHERE e.term ~ 'loss|fraud|plunge\(|widened';

-- "less than" is no mark-up
SELECT value, comparator FROM finsent_quantities('Margin a < b, and 5 % < 7 %.') ORDER BY pos;

-- a card shows mark-up as text
SELECT strpos(page, '<script>alert') = 0 AS no_script, strpos(page, '&lt;script&gt;alert') > 0 AS as_text,
	strpos(page, '<img src=x') = 0 AS no_image, strpos(page, '</title><b>') = 0 AS title_escaped
FROM finsent_card_html('<img src=x onerror="alert(1)"> Profit surged 45%. "Quoted" & ''single''.',
					   '</title><b>Profit</b><script>alert(1)</script>') AS page;
