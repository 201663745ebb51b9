-- Fingerprints: versions of one story are found again, through an index too.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TEMP TABLE story (id int, body text, fingerprint bigint GENERATED ALWAYS AS (finsent_fingerprint(body)) STORED);
INSERT INTO story VALUES
(1, 'Boeing delivered 52 airplanes in February, up from 44 a year earlier and the highest February figure since 2018, the planemaker said on Monday. Forty of them were narrow-bodies. The company booked 61 gross orders during the month and 9 cancellations; its backlog stood at 6,190 aircraft.'),
(2, 'Sales of cars that Tesla makes in Shanghai fell 19% in February from a year earlier to 44,600 vehicles, industry data showed on Monday, the fifth straight monthly decline. Local rivals kept cutting prices. Tesla shares lost 4.1% in early trading.'),
(3, NULL), (4, ''), (5, 'It is of the.');
-- a wire's version of the first one
INSERT INTO story VALUES
(6, E'PLANEMAKER HAS GOOD FEBRUARY\n\nCHICAGO, March 2 (Reuters) - <b>Boeing</b> delivered 52 airplanes in  FEBRUARY, up from 44 a year earlier and the highest February figure since 2018, the planemaker said on Monday. Forty of them were narrow-bodies.\nThe company booked 61 gross orders during the month and 9 cancellations; its backlog stood at 6,190 aircraft. (Reporting by A. Writer)');

SELECT a.id, b.id, finsent_similarity(a.fingerprint, b.fingerprint) >= 0.78 AS one_story
FROM story a JOIN story b ON a.id < b.id
WHERE a.fingerprint IS NOT NULL AND b.fingerprint IS NOT NULL
ORDER BY 1, 2;
-- what says nothing is like nothing
SELECT id, fingerprint, finsent_similarity(fingerprint, fingerprint) FROM story WHERE id IN (3, 4, 5) ORDER BY 1;
SELECT finsent_similarity(0, 0), finsent_similarity(0, -1), finsent_similarity(65535, 0), finsent_similarity(NULL, 0);

-- bands: equal values in different places differ
SELECT cardinality(b), (SELECT count(DISTINCT x) FROM unnest(b) AS x), b && finsent_fingerprint_bands(-1) AS meets_its_opposite
FROM finsent_fingerprint_bands(0) AS b;
SELECT finsent_fingerprint_bands(NULL);

-- a GIN index leads from a story to its versions
CREATE INDEX ON story USING gin (finsent_fingerprint_bands(fingerprint));
SET enable_seqscan = off;
EXPLAIN (COSTS OFF)
SELECT id FROM story
WHERE finsent_fingerprint_bands(fingerprint) && finsent_fingerprint_bands(1) AND finsent_similarity(fingerprint, 1) >= 0.78;
SELECT s.id
FROM story old, story s
WHERE old.id = 1 AND finsent_fingerprint_bands(s.fingerprint) && finsent_fingerprint_bands(old.fingerprint)
	AND finsent_similarity(s.fingerprint, old.fingerprint) >= 0.78
ORDER BY 1;
RESET enable_seqscan;

-- immutable and parallel safe
SELECT proname, provolatile, proparallel, proisstrict FROM pg_proc
WHERE proname IN ('finsent_fingerprint', 'finsent_similarity', 'finsent_fingerprint_bands') ORDER BY 1;
