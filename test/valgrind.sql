CREATE EXTENSION finsent;

CREATE TABLE news (id int, published_at timestamptz, source text, title text, body text);

COPY news FROM '@DIR@/news.tsv' WITH (FORMAT text, HEADER);

SELECT count(finsent_analyze(body, title)), sum(finsent_score(body, title)), count(finsent_label(body)) FROM news;

SELECT count(finsent_tickers(body, title)), count(finsent_target_score(body, 'Apple')) FROM news;

SELECT count(t), (SELECT count(m) FROM news, finsent_metrics(body) m), (SELECT count(q) FROM news, finsent_quantities(body) q) FROM news, finsent_ticker_sentiment(body, title) t;

SELECT count(s), (SELECT count(e) FROM news, finsent_explain(body, title) e), (SELECT count(i) FROM news, finsent_insights(body) i) FROM news, finsent_sentences(body) s;

SELECT sum(length(finsent_summary(body))), sum(length(finsent_highlight(body))), sum(length(finsent_card_html(body, title))) FROM news;

SELECT count(c), count(finsent_symbol(ticker, '2020-01-01')) FROM finsent_companies() c;

SELECT finsent_score(repeat('Profit rose 5% to $3 million in Zürich. ', 5000)), finsent_score(''), finsent_score(repeat('not ', 10000));

