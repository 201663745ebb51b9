-- A workspace as a whole: its words, companies, trained models and alert rules know of each other.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set SHOW_CONTEXT never
\set VERBOSITY terse
SELECT finsent_create_workspace('desk');
CREATE TABLE news (id int PRIMARY KEY, body text, published_at timestamptz);
SELECT count(*) > 0 AS attached FROM finsent_attach('news', 'body', published => 'published_at', workspace => 'desk');
CREATE TRIGGER alerts AFTER INSERT OR UPDATE ON news FOR EACH ROW
	EXECUTE FUNCTION finsent_alert_trigger('workspace=desk', 'key=id', 'body=body', 'at=published_at');
INSERT INTO news VALUES (1, 'Their results were uffish', '2026-01-01');
SELECT finsent_stale('news');

-- a model that is trained makes scores stale, and decides from then on
SELECT n FROM finsent_train('desk', $$
	SELECT format('The %s of %s%s were %s this %s', (ARRAY['numbers', 'figures', 'results'])[i / 3 % 3 + 1], chr(65 + i % 26), i,
		CASE i % 3 WHEN 0 THEN 'frumious' WHEN 1 THEN 'mimsy' ELSE 'uffish' END, (ARRAY['week', 'month', 'year', 'day'])[i % 4 + 1]) AS text,
		(ARRAY['negative', 'neutral', 'positive'])[i % 3 + 1] AS label
	FROM generate_series(1, 90) i$$);
SELECT finsent_stale('news'), finsent_model_as('desk') <> finsent_model() AS another_model;
SET client_min_messages = warning;
CALL finsent_rescore('news');
RESET client_min_messages;
SELECT finsent_stale('news'), finsent_class(finsent_score) AS class, finsent_score = finsent_score_as('desk', body, NULL, 1) AS as_version_1,
	finsent_label = finsent_label_as('desk', body) AS label, (finsent_analyze_as('desk', body)).score = finsent_score AS analysis,
	finsent_score_as('desk', body, NULL, 0) = finsent_score(body) AS version_0, finsent_model = finsent_model_as('desk') AS model FROM news;
SELECT abs(sum(weight) - finsent_score_as('desk', 'Their results were uffish')) < 0.0001 AS explained FROM finsent_explain_as('desk', 'Their results were uffish');

-- a word of your own goes before what the model learned
INSERT INTO desk.term VALUES ('uffish', -1);
SELECT finsent_stale('news'), finsent_class(finsent_score_as('desk', 'Their results were uffish')) AS class,
	finsent_class(finsent_score_as('desk', 'Their results were uffish', NULL, 0)) AS by_version_0;
DELETE FROM desk.term;
SELECT finsent_stale('news'), finsent_class(finsent_score_as('desk', 'Their results were uffish')) AS class;

-- a model that another finsent has trained is passed over, so that news still come in; asked for, it is refused where its bytes say so
UPDATE desk.model SET features = 'finsent-0';
SELECT finsent_model_as('desk') = finsent_model() AS own_model;
UPDATE desk.model SET features = finsent_model();

-- one session's new model is used by the trigger at once; without models it is finsent's own
DELETE FROM desk.model;
SELECT finsent_stale('news'), finsent_model_as('desk') = finsent_model() AS own_model, finsent_score_as('desk', 'Their results were uffish') = finsent_score('Their results were uffish') AS own_score;
SELECT finsent_score_as('desk', 'x', NULL, 1);

-- alerts read with the words and companies, as of the publishing time
INSERT INTO desk.term VALUES ('kraterhaft', -1);
INSERT INTO desk.company VALUES ('ZRB', 'Zorbly Labs', '{}', '[2026-01-01,)'), ('OLDZ', 'Zorbly Labs', '{}', '(,2026-01-01)');
INSERT INTO desk.alert_rule (name, tickers, direction, threshold) VALUES ('crater', '{ZRB}', 'down', 0.2);
INSERT INTO news VALUES (2, 'Zorbly Labs was kraterhaft.', '2026-02-01'), (3, 'Zorbly Labs was sunny.', '2026-02-02'), (4, 'Zorbly Labs was kraterhaft.', '2025-02-01');
SELECT ticker, news_key, score < 0 AS bad FROM desk.alert ORDER BY id;
SELECT id, finsent_tickers, finsent_class(finsent_score) AS class FROM news WHERE id > 1 ORDER BY id;

-- a writer's rights suffice for all of it
CREATE ROLE regress_finsent_writer;
GRANT INSERT, SELECT ON news TO regress_finsent_writer;
SELECT finsent_grant_workspace('desk', 'regress_finsent_writer', 'writer');
SET ROLE regress_finsent_writer;
INSERT INTO news VALUES (5, 'Zorbly Labs was kraterhaft again.', '2026-03-01');
RESET ROLE;
SELECT count(*) FROM desk.alert;
SELECT finsent_drop_workspace('desk');
DROP TABLE news;
SELECT finsent_drop_workspace('desk');
DROP ROLE regress_finsent_writer;
