-- A model of your own, trained on labelled sentences: the project's gold lines stand for yours.
-- Run from the top of the sources: src/tools/cluster.sh -x psql -X -f demo/training.sql
\set QUIET on
\pset footer off
CREATE TABLE labelled (text text, label text);
\copy labelled FROM PROGRAM 'grep -v "^#" test/gold/sentiment.tsv | grep . | cut -f 1,2'
SELECT finsent_create_workspace('desk') \g /dev/null
\set QUIET off
\set ECHO queries

-- train, and see what the model gets right that it has not seen
SELECT version, n, round(accuracy::numeric, 3) AS accuracy, round(macro_f1::numeric, 3) AS macro_f1, round(mcc::numeric, 3) AS mcc,
	round(majority::numeric, 3) AS majority, round(compiled_accuracy::numeric, 3) AS compiled_accuracy, round(compiled_macro_f1::numeric, 3) AS compiled_macro_f1
FROM finsent_train('desk', 'SELECT text, label FROM labelled');

-- by class
SELECT key AS class, value->>'gold' AS gold, value->>'predicted' AS predicted, round((value->>'precision')::numeric, 3) AS precision,
	round((value->>'recall')::numeric, 3) AS recall, round((value->>'f1')::numeric, 3) AS f1
FROM desk.model, jsonb_each(per_class) WHERE version = 1;

-- score with it
SELECT text, finsent_score(text), finsent_score_as('desk', text)
FROM (VALUES ('Regulators fined the bank over its controls.'), ('The board meets on Thursday.')) AS v (text);

-- evaluate what finsent says as it comes, on the same lines
SELECT round(e.accuracy::numeric, 3) AS accuracy, round(e.macro_f1::numeric, 3) AS macro_f1, round(e.mcc::numeric, 3) AS mcc, e.n
FROM (SELECT (finsent_eval(finsent_class(finsent_score(text)), label)).* FROM labelled) AS e;

-- a second model, of half of the lines: whose label changes?
SELECT (finsent_train('desk', 'SELECT text, label FROM labelled WHERE length(text) % 2 = 0')).version;
SELECT left(text, 60) AS text, label_a, label_b, score_a, score_b
FROM finsent_drift('desk', 1, 2, 'SELECT text FROM labelled') ORDER BY abs(score_a - score_b) DESC LIMIT 3;
