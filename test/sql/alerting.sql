-- Alerts: rules, the trigger, what is remembered, consumers.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
SET timezone = 'UTC';
\set SHOW_CONTEXT never

SELECT finsent_create_workspace('Desk "É"');
CREATE SCHEMA alerts_test;
SET search_path = alerts_test, "Desk ""É""", public;

-- rules that make no sense are refused by constraints that say why
CREATE FUNCTION refused(columns text, vals text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	broken text;
BEGIN
	EXECUTE format('INSERT INTO alert_rule (%s) VALUES (%s)', columns, vals);
	RETURN 'accepted';
EXCEPTION WHEN check_violation OR unique_violation OR not_null_violation THEN
	GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
	RETURN coalesce(nullif(broken, ''), SQLERRM);
END $$;
INSERT INTO alert_rule (name, threshold) VALUES ('twice', 0.5);
SELECT vals, refused(columns, vals)
FROM (VALUES
	('name, threshold', $$'twice', 0.5$$),
	('name, threshold', $$' ', 0.5$$),
	('name', $$'everything'$$),
	('name, tickers', $$'n', '{}'$$),
	('name, tickers', $$'n', '{NULL}'$$),
	('name, tickers', $$'n', '{A,""}'$$),
	('name, tickers', $$'n', '{{A},{B}}'$$),
	('name, threshold', $$'n', 1.01$$),
	('name, threshold', $$'n', -0.1$$),
	('name, threshold', $$'n', 'NaN'$$),
	('name, zscore', $$'n', 0$$),
	('name, zscore', $$'n', 'Infinity'$$),
	('name, zscore, half_life', $$'n', 2, '-1 day'$$),
	('name, zscore, half_life', $$'n', 2, '1000 years'$$),
	('name, zscore, min_articles', $$'n', 2, 1$$),
	('name, min_relevance', $$'n', 1.5$$),
	('name, threshold, direction', $$'n', 0.5, 'sideways'$$),
	('name, threshold, cooldown', $$'n', 0.5, '-1 minute'$$),
	('name, threshold, hysteresis', $$'n', 0.5, -0.1$$),
	('name, zscore, hysteresis', $$'n', 2, 0.1$$),
	('name, threshold, channel', $$'n', 0.5, ''$$),
	('name, threshold, channel', $$'n', 0.5, repeat('é', 32)$$),
	('name, threshold, novelty', $$'n', 0.5, NULL$$)) AS v (columns, vals);
DELETE FROM alert_rule;

-- a table with names that need quotes
CREATE TABLE "News" (
	"Key" text PRIMARY KEY,
	"Published At" timestamptz,
	"Título" text,
	"Body" varchar);
CREATE TRIGGER alerts AFTER INSERT OR UPDATE ON "News" FOR EACH ROW
	EXECUTE FUNCTION finsent_alert_trigger('workspace=Desk "É"', 'key=Key', 'body=Body', 'title=Título', 'at=Published At');
CREATE FUNCTION good(company text, words text DEFAULT '') RETURNS text LANGUAGE sql
	RETURN company || ' profit surged to a record and the outlook was raised. ' || words;
CREATE FUNCTION bad(company text, words text DEFAULT '') RETURNS text LANGUAGE sql
	RETURN company || ' net loss widened, sales collapsed and the outlook was cut. ' || words;
CREATE FUNCTION flat(company text, words text DEFAULT '') RETURNS text LANGUAGE sql
	RETURN company || ' will hold its annual meeting in Paris. ' || words;

INSERT INTO alert_rule (id, name, tickers, direction, threshold) VALUES
(11, 'good "news"', NULL, 'up', 0.3),
(12, 'bad news of Intel', '{INTC,INTC,IBM}', 'down', 0.3),
(13, 'any', '{INTC}', 'either', NULL);
INSERT INTO alert_rule (id, name, tickers, enabled) VALUES (14, 'switched off', '{INTC}', false);
INSERT INTO "News" VALUES ('a''1', '2026-03-02 10:00+00', 'From the wire', good('Intel')), ('b', '2026-03-02 11:00+00', NULL, bad('Intel')),
	('c', '2026-03-02 12:00+00', NULL, bad('Boeing')), ('d', '2026-03-02 13:00+00', NULL, NULL), ('e', NULL, NULL, 'Nobody is named.');
SELECT rule_id, ticker, news_key, at, sign(score), taken_by, taken_at, acked_at FROM alert ORDER BY rule_id, ticker, news_key;
SELECT a.score = t.score AS score, a.reason->>'rule' AS rule, (a.reason->>'score')::float8 = a.score AS reason_score,
	(a.reason->>'relevance')::float8 = t.relevance AS relevance, a.reason->'mean' AS mean,
	(SELECT bool_and(substr(n."Body", (e->>'pos')::int, (e->>'len')::int) = e->>'term') FROM jsonb_array_elements(a.reason->'evidence') AS e) AS evidence
FROM alert a JOIN "News" n ON n."Key" = a.news_key, finsent_ticker_sentiment(n."Body", n."Título") AS t
WHERE t.ticker = a.ticker AND a.rule_id IN (11, 12);
SELECT id FROM alert WHERE at IS DISTINCT FROM (SELECT "Published At" FROM "News" WHERE "Key" = news_key);
-- without rules nothing happens; rules are read anew, here and after a rollback
BEGIN;
UPDATE alert_rule SET enabled = false;
INSERT INTO "News" VALUES ('f', now(), NULL, good('Intel'));
ROLLBACK;
INSERT INTO "News" VALUES ('g', NULL, NULL, good('IBM'));
BEGIN;
SELECT count(*) FROM alert WHERE news_key = 'g' AND at <= now() AND at > now() - interval '1 hour';
TRUNCATE alert_rule;
INSERT INTO "News" VALUES ('h', NULL, NULL, good('IBM'));
SELECT count(*) FROM alert WHERE news_key = 'h';
ROLLBACK;

-- an alert is there exactly if its row is
CREATE FUNCTION keys(rule bigint DEFAULT NULL) RETURNS text LANGUAGE sql
	RETURN (SELECT string_agg(news_key, ' ' ORDER BY news_key) FROM alert WHERE rule_id = coalesce(rule, rule_id));
TRUNCATE alert, "News";
DELETE FROM alert_rule WHERE id <> 11;
BEGIN;
INSERT INTO "News" VALUES ('r1', now(), NULL, good('Intel'));
SELECT keys();
SAVEPOINT s;
INSERT INTO "News" VALUES ('r2', now(), NULL, good('Intel'));
ROLLBACK TO s;
INSERT INTO "News" VALUES ('r3', now(), NULL, good('Intel'));
COMMIT;
SELECT keys();
BEGIN;
INSERT INTO "News" VALUES ('r4', now(), NULL, good('Intel'));
ROLLBACK;
INSERT INTO "News" VALUES ('r1', now(), NULL, good('Intel')), ('r5', now(), NULL, good('Intel')) ON CONFLICT DO NOTHING;
SELECT keys();
-- corrections: another text may add an alert and never doubles one, other columns do not count
INSERT INTO "News" VALUES ('u1', now(), NULL, flat('Intel'));
SELECT keys();
UPDATE "News" SET "Published At" = now() - interval '1 day', "Key" = 'u2' WHERE "Key" = 'u1';
SELECT keys();
UPDATE "News" SET "Body" = good('Intel') WHERE "Key" IN ('u2', 'r1');
UPDATE "News" SET "Body" = good('Intel', 'Boeing profit surged to a record.') WHERE "Key" = 'u2';
INSERT INTO "News" VALUES ('r1', now(), NULL, good('Boeing')) ON CONFLICT ("Key") DO UPDATE SET "Body" = excluded."Body";
SELECT ticker, news_key, count(*) FROM alert GROUP BY 1, 2 ORDER BY 1, 2;
-- COPY
TRUNCATE alert, "News";
COPY "News" FROM stdin;
c1	2026-03-02 10:00+00	\N	Intel profit surged to a record.
c2	2026-03-02 10:00+00	\N	Boeing profit surged to a record.
c3	2026-03-02 10:00+00	\N	\N
\.
SELECT keys();

-- partitions: through the parent, into a partition, moved to another one, of a table attached later
CREATE TABLE parts (day date, id int, body text) PARTITION BY RANGE (day);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TRIGGER alerts AFTER INSERT OR UPDATE ON parts FOR EACH ROW
	EXECUTE FUNCTION finsent_alert_trigger('workspace=Desk "É"', 'key=id', 'body=body', 'at=day');
CREATE TABLE parts_2 (id int, dropped int, body text, day date);
ALTER TABLE parts_2 DROP dropped;
ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
TRUNCATE alert;
INSERT INTO parts VALUES ('2026-01-05', 1, good('Intel')), ('2026-02-05', 2, good('Intel'));
INSERT INTO parts_2 (day, id, body) VALUES ('2026-02-06', 3, good('Intel'));
UPDATE parts SET day = day + 31 WHERE id = 1;
SELECT news_key, at FROM alert ORDER BY news_key;

-- cooldown, also before an alert, for rows that come late
CREATE TABLE story (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamp, body text);
CREATE TRIGGER alerts AFTER INSERT OR UPDATE ON story FOR EACH ROW
	EXECUTE FUNCTION finsent_alert_trigger('workspace=Desk "É"', 'key=id', 'body=body', 'at=at');
CREATE FUNCTION tell(VARIADIC stories text[]) RETURNS text LANGUAGE plpgsql AS $$
-- insert stories "HH:MI body", one statement each
DECLARE
	s text;
BEGIN
	FOREACH s IN ARRAY stories LOOP
		INSERT INTO story (at, body) VALUES (('2026-03-02 ' || left(s, 5))::timestamp, substr(s, 7));
	END LOOP;
	RETURN NULL;
END $$;
CREATE VIEW fired AS SELECT rule_id, ticker, to_char(at, 'HH24:MI') AS at FROM alert ORDER BY 1, 2, 3;
TRUNCATE alert, alert_rule;
INSERT INTO alert_rule (id, name, tickers, threshold, cooldown) VALUES (21, 'cool', NULL, 0.3, '1 hour');
SELECT tell('10:00 ' || good('Intel'), '10:59 ' || good('Intel'), '11:00 ' || bad('Intel'), '10:30 ' || good('Boeing'),
	'09:31 ' || good('Boeing'), '09:30 ' || good('Boeing'));
TABLE fired;
-- what a transaction inserts is judged when it commits, in order of time
BEGIN;
SELECT tell('15:30 ' || good('Intel'), '15:00 ' || good('Intel'), '17:00 ' || good('Intel'));
SELECT count(*) FROM fired WHERE at >= '15:00';
SAVEPOINT a;
SELECT tell('14:59 ' || good('Intel'));
ROLLBACK TO a;
COMMIT;
SELECT * FROM fired WHERE at >= '14:00';
SELECT rule_id, ticker, alerts_at, articles, side FROM alert_state ORDER BY 1, 2;
-- a procedure that commits
CREATE PROCEDURE by_two() LANGUAGE plpgsql AS $$
BEGIN
	PERFORM tell('18:30 ' || good('Intel'));
	COMMIT;
	PERFORM tell('19:00 ' || good('Intel'), '19:31 ' || good('Intel'));
	ROLLBACK;
	PERFORM tell('19:32 ' || good('Intel'));
END $$;
CALL by_two();
SELECT * FROM fired WHERE at >= '18:00';

-- hysteresis
TRUNCATE alert, alert_rule, alert_state;
INSERT INTO alert_rule (id, name, tickers, direction, threshold, hysteresis) VALUES (22, 'back first', '{INTC}', 'up', 0.3, 0.1);
SELECT tell('10:00 ' || good('Intel'), '10:10 ' || good('Intel'), '10:20 ' || flat('Intel'), '10:30 ' || good('Intel'), '10:40 ' || good('Intel'));
TABLE fired;

-- the baseline: judged before it is counted, told in the reason
TRUNCATE alert, alert_rule, alert_state;
INSERT INTO alert_rule (id, name, tickers, direction, zscore, half_life) VALUES (23, 'odd', '{INTC}', 'down', 3, '1 day');
SELECT tell('10:00 ' || good('Intel'), '10:10 ' || bad('Intel'), '10:11 ' || good('Intel'));
TRUNCATE alert_state;
SELECT tell('10:00 ' || good('Intel'), '10:10 ' || good('Intel'), '10:20 ' || good('Intel'), '10:30 ' || bad('Intel'), '10:40 ' || good('Intel'));
TABLE fired;
SELECT reason->'articles' AS articles, round((reason->>'mean')::numeric, 3) = round(s.score::numeric, 3) AS mean, reason->'deviation' AS deviation,
	abs((reason->>'zscore')::float8 - (a.score - s.score) / 0.05) < 0.01 AS zscore
FROM alert a, finsent_ticker_sentiment(good('Intel')) AS s;
SELECT articles, round(weight::numeric, 2) AS weight, last_at FROM alert_state;
-- a correction is judged and not counted again
UPDATE story SET body = bad('Intel', 'Corrected.') WHERE body = good('Intel') AND at = '2026-03-02 10:40';
SELECT articles, (SELECT count(*) FROM alert) FROM alert_state;

-- novelty: a version of a story does not fire again
TRUNCATE alert, alert_rule, alert_state;
INSERT INTO alert_rule (id, name, threshold, novelty, direction) VALUES (24, 'new', 0.3, true, 'up');
SELECT tell('10:00 ' || good('Intel', 'The chipmaker said that data centers ordered twice as many processors as a year ago.'),
	'10:30 LONDON, March 2 (Reuters) - ' || upper(good('Intel', 'The chipmaker said that data centers ordered twice as many processors as a year ago.')),
	'11:00 ' || good('Boeing', 'The chipmaker said that data centers ordered twice as many processors as a year ago.'),
	'11:30 Intel shares jumped 12% after it won a large foundry order from a carmaker in Bavaria; more may follow in autumn.');
TABLE fired;
SELECT ticker, cardinality(stories), cardinality(alerts_at) FROM alert_state ORDER BY 1;

-- backtests: the trigger's decisions over again, as of each moment
TRUNCATE alert, alert_rule, alert_state, story;
INSERT INTO alert_rule (id, name, tickers, threshold, cooldown, zscore, novelty, hysteresis) VALUES
	(41, 'cool', NULL, 0.3, '1 day', NULL, false, 0),
	(42, 'odd', '{INTC}', NULL, '0', 1, false, 0),
	(43, 'new', NULL, 0.2, '0', NULL, true, 0),
	(44, 'plain', '{BA,INTC}', 0.4, '0', NULL, false, 0),
	(45, 'back first', NULL, 0.3, '0', NULL, false, 0.1);
INSERT INTO story (at, body)
SELECT '2026-03-02 10:00'::timestamp + i * interval '5 hours', (ARRAY[good('Intel'), bad('Intel'), flat('Intel'), bad('Boeing'), good('Boeing')])[1 + i * i * 7 % 13 % 5]
FROM generate_series(1, 60) AS i;
SELECT r.id, count(*) = (SELECT count(*) FROM alert a WHERE a.rule_id = r.id) AS as_many, bool_and(b.reason = a.reason AND b.at = a.at AND b.score = a.score) AS same, count(*) > 3 AS some
FROM alert_rule r, finsent_alert_backtest('Desk "É"', r.id, 'story', NULL, NULL) AS b LEFT JOIN alert a USING (ticker, news_key)
WHERE a.rule_id = r.id
GROUP BY r.id ORDER BY r.id;
-- a window of it knows what came before
SELECT r.id, count(*) FILTER (WHERE b IS NULL) AS missing, count(*) FILTER (WHERE a IS NULL) AS more
FROM alert_rule r, LATERAL (
	SELECT a, b
	FROM (SELECT * FROM alert a WHERE a.rule_id = r.id AND a.at >= '2026-03-06' AND a.at < '2026-03-10') AS a
		FULL JOIN finsent_alert_backtest('Desk "É"', r.id, 'story', '2026-03-06', '2026-03-10') AS b USING (ticker, news_key)) AS both_ways
GROUP BY r.id ORDER BY r.id;
-- a rule may be switched off; prices by date close at 16:00, others when they say
UPDATE alert_rule SET enabled = false;
CREATE TABLE prices AS
SELECT t AS ticker, '2026-03-01'::date + i AS day, 100 + i * i AS close FROM generate_series(0, 8) AS i, unnest(ARRAY['INTC', 'BA']) AS t WHERE i NOT IN (6, 7);
SELECT ticker, at, traded_on, close, next_close, round(move::numeric, 4) AS move
FROM finsent_alert_backtest('Desk "É"', 41, 'story', '2026-03-05', NULL, 'SELECT * FROM prices; ') ORDER BY at, ticker LIMIT 7;
SELECT count(*), count(traded_on), count(move)
FROM finsent_alert_backtest('Desk "É"', 41, 'story', '2026-03-05', NULL, $$SELECT ticker, (day + time '23:00') AT TIME ZONE 'America/New_York' AS day, close FROM prices WHERE ticker = 'BA'$$);
SELECT b.ticker, b.at FROM finsent_alert_backtest('Desk "É"', 41, 'story', NULL, NULL, 'TABLE prices') AS b
WHERE b.traded_on < b.at::date OR b.traded_on + time '16:00' <= b.at;
-- a table that finsent_attach prepared needs no alert trigger
CREATE TABLE "Attached" ("Key" int PRIMARY KEY, "At" timestamptz, "Body" text);
SELECT count(*) FROM finsent_attach('"Attached"', 'Body', NULL, 'At');
INSERT INTO "Attached" SELECT id, at, body FROM story;
SELECT count(*) > 0 AS some, count(*) FILTER (WHERE a IS DISTINCT FROM b) AS other
FROM finsent_alert_backtest('Desk "É"', 41, '"Attached"', NULL, NULL) AS a FULL JOIN finsent_alert_backtest('Desk "É"', 41, 'story', NULL, NULL) AS b USING (ticker, news_key);
ALTER TABLE "Attached" DROP CONSTRAINT "Attached_pkey";
SELECT * FROM finsent_alert_backtest('Desk "É"', 41, '"Attached"', NULL, NULL);
SELECT * FROM finsent_alert_backtest('Desk "É"', 99, 'story', NULL, NULL);
SELECT * FROM finsent_alert_backtest('nowhere', 41, 'story', NULL, NULL);
SELECT * FROM finsent_alert_backtest('Desk "É"', 41, 'prices', NULL, NULL);
SELECT * FROM finsent_alert_backtest('Desk "É"', NULL, 'story', NULL, NULL);
SELECT * FROM finsent_alert_backtest('Desk "É"', 41, 'story', NULL, NULL, 'SELECT ticker, day FROM prices');
SELECT * FROM finsent_alert_backtest('Desk "É"', 41, 'story', NULL, NULL, 'SELECT ticker, 1 AS day, close FROM prices');
SELECT * FROM finsent_alert_backtest('Desk "É"', 41, 'story', NULL, NULL, 'DELETE FROM prices RETURNING ticker, day, close');
CREATE FUNCTION leaky() RETURNS SETOF prices LANGUAGE plpgsql AS $$ BEGIN DELETE FROM prices; RETURN QUERY TABLE prices; END $$;
SELECT * FROM finsent_alert_backtest('Desk "É"', 41, 'story', NULL, NULL, 'SELECT * FROM leaky()');

-- what is wrong with a trigger is said at the first row
CREATE TABLE wrong (id int PRIMARY KEY, at timestamptz, body text, n int);
CREATE FUNCTION try(VARIADIC arguments text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text;
	message text;
BEGIN
	EXECUTE format('CREATE TRIGGER t AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION finsent_alert_trigger(%s)',
		(SELECT string_agg(quote_literal(a), ', ') FROM unnest(arguments) AS a));
	INSERT INTO wrong VALUES (1, now(), 'Intel profit surged.', 3);
	RAISE EXCEPTION 'inserted';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
	RETURN state || ' ' || message;
END $$;
SELECT try('workspace=Desk "É"', 'key=id', 'body=body', 'at=at');
SELECT try('workspace=Desk "É"', 'key=id', 'body=text', 'at=at');
SELECT try('workspace=Desk "É"', 'key=id', 'body=n', 'at=at');
SELECT try('workspace=Desk "É"', 'key=id', 'body=body', 'at=n');
SELECT try('workspace=Desk "É"', 'key=id', 'body=body', 'title=n');
SELECT try('workspace=Desk "É"', 'key=ID', 'body=body');
SELECT try('workspace=Desk "É"', 'body=body');
SELECT try('workspace=Desk "É"', 'key=id');
SELECT try('key=id', 'body=body');
SELECT try('workspace=nowhere', 'key=id', 'body=body');
SELECT try('workspace=alerts_test', 'key=id', 'body=body');
SELECT try('workspace=Desk "É"', 'key=id', 'body=body', 'score=n');
SELECT try('workspace=Desk "É"', 'key=id', 'body');
SELECT try('workspace=Desk "É"', 'key=n', 'body=body');
CREATE TRIGGER t BEFORE INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION finsent_alert_trigger('workspace=Desk "É"', 'key=id', 'body=body');
INSERT INTO wrong VALUES (1);
DROP TRIGGER t ON wrong;
CREATE TRIGGER t AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION finsent_alert_trigger('workspace=Desk "É"', 'key=n', 'body=body');
INSERT INTO wrong VALUES (1);

-- the workspace's own words and companies count, those of the day that the news is of
TRUNCATE alert, alert_rule, alert_state, story;
INSERT INTO term VALUES ('quindled', -1, NULL);
INSERT INTO company (ticker, name, active) VALUES ('ZORB', 'Zorbtech', '[2026-03-02,2026-03-03)');
INSERT INTO alert_rule (id, name, tickers, direction, threshold) VALUES (25, 'own', '{ZORB}', 'down', 0.2);
INSERT INTO story (at, body) SELECT d, 'Zorbtech quindled on Monday.' FROM unnest(ARRAY['2026-03-01 12:00', '2026-03-02 12:00', '2026-03-03 12:00']::timestamp[]) AS d;
SELECT rule_id, ticker, at FROM alert;
SELECT ticker, at FROM finsent_alert_backtest('Desk "É"', 25, 'story', NULL, NULL);
TRUNCATE term, company;

-- consumers: what is taken comes again after the timeout, until it is acknowledged
TRUNCATE alert, alert_rule, alert_state;
ALTER TABLE alert ALTER id RESTART;
INSERT INTO alert_rule (id, name, threshold) VALUES (31, 'take', 0.3);
SELECT tell('10:00 ' || good('Intel'), '11:00 ' || good('Boeing'), '12:00 ' || bad('Intel'));
SELECT id, rule_id, ticker, taken_by, taken_at IS NOT NULL AS taken, acked_at FROM finsent_alert_take('Desk "É"', 'one', 2);
SELECT id, ticker, taken_by FROM finsent_alert_take('Desk "É"', 'two', 2);
SELECT id, ticker, taken_by FROM finsent_alert_take('Desk "É"', 'two', 2);
SELECT finsent_alert_ack('Desk "É"', '{1,3,99}'), finsent_alert_ack('Desk "É"', '{1}'), finsent_alert_ack('Desk "É"', NULL);
SELECT id, taken_by FROM finsent_alert_take('Desk "É"', 'three', 10, '0');
SELECT id, taken_by, acked_at IS NOT NULL AS acked FROM alert ORDER BY id;
SELECT finsent_alert_prune('Desk "É"', '1 day'), finsent_alert_prune('Desk "É"', '0'), count(*) FROM alert;
SELECT * FROM finsent_alert_take('Desk "É"', '', 1);
SELECT * FROM finsent_alert_take('Desk "É"', 'c', 0);
SELECT * FROM finsent_alert_take('Desk "É"', 'c', 1, '-1 minute');
SELECT * FROM finsent_alert_take('nowhere', 'c', 1);
SELECT finsent_alert_ack('alerts_test', '{1}');
SELECT finsent_alert_prune('Desk "É"', NULL);

-- rights: a writer of news needs those that finsent_grant_workspace gives, and no others
CREATE ROLE "Writer" NOLOGIN;
CREATE ROLE "Reader" NOLOGIN;
GRANT USAGE ON SCHEMA alerts_test TO "Writer", "Reader";
GRANT INSERT ON story TO "Writer";
GRANT INSERT ON story TO "Reader";
SELECT finsent_grant_workspace('Desk "É"', 'Writer', 'writer'), finsent_grant_workspace('Desk "É"', 'Reader', 'reader');
UPDATE alert_rule SET cooldown = '1 hour';
TRUNCATE alert;
SET ROLE "Writer";
INSERT INTO story (at, body) VALUES ('2026-03-02 13:00', good('Intel'));
UPDATE alert_rule SET enabled = false;
SELECT count(*) FROM finsent_alert_take('Desk "É"', 'writer', 1);
SET ROLE "Reader";
SELECT count(*) FROM alert;
INSERT INTO story (at, body) VALUES ('2026-03-02 15:00', good('Intel'));
SELECT * FROM finsent_alert_take('Desk "É"', 'reader', 1);
RESET ROLE;
-- judged as who inserted the row, whoever commits
BEGIN;
SET LOCAL ROLE "Writer";
INSERT INTO story (at, body) VALUES ('2026-03-02 16:00', good('Intel'));
SET LOCAL ROLE "Reader";
COMMIT;
TABLE fired;

-- a workspace may go in the transaction whose rows wait for its rules
SET client_min_messages = warning;
BEGIN;
INSERT INTO story (at, body) VALUES ('2026-03-02 20:00', good('Intel'));
DROP SCHEMA alerts_test CASCADE;
SELECT finsent_drop_workspace('Desk "É"');
COMMIT;
DROP ROLE "Writer", "Reader";
