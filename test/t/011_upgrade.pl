# From 0.1.0 to this version: the same objects as a fresh installation; old scores are found and mended.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('upgrade');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$node->safe_psql('postgres', q{
	CREATE DATABASE fresh;
	CREATE DATABASE upgraded});
my $version = q{SELECT extversion FROM pg_extension WHERE extname = 'finsent'};

$node->safe_psql('fresh', 'CREATE EXTENSION finsent');
$node->safe_psql('upgraded', q{CREATE EXTENSION finsent VERSION '0.1.0'});
my $model = $node->safe_psql('upgraded', 'SELECT finsent_model()');
my $older = $model eq 'finsent-1' ? 'finsent-0' : 'finsent-1';

# As a user of 0.1.0 had it: scores with their model, a stored generated column, an expression index.
$node->safe_psql('upgraded', qq{
	CREATE TABLE news (id int PRIMARY KEY, body text, finsent_score float8, finsent_model text);
	INSERT INTO news SELECT i, 'Profit surged ' || i || ' percent.', 0.1, '$older' FROM generate_series(1, 300) AS i;
	CREATE FUNCTION score(body text) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 0.1::float8';
	CREATE TABLE stored (id int PRIMARY KEY, body text, score float8 GENERATED ALWAYS AS (score(body)) STORED);
	INSERT INTO stored SELECT id, body FROM news;
	CREATE INDEX expression ON stored (score(body))});

$node->safe_psql('upgraded', 'ALTER EXTENSION finsent UPDATE');
is($node->safe_psql('upgraded', $version), $node->safe_psql('fresh', $version), 'the extension is updated');
isnt($node->safe_psql('upgraded', $version), '0.1.0', 'to a later version');

# Members of the extension: definition, rights, comment.
my $members = q{
	SELECT pg_describe_object(d.classid, d.objid, 0), obj_description(d.objid, d.classid::regclass::name),
		(SELECT CASE WHEN prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) ELSE pg_get_function_result(p.oid) END || coalesce(p.proacl::text, '') FROM pg_proc AS p
		 WHERE d.classid = 'pg_proc'::regclass AND p.oid = d.objid),
		(SELECT (aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggtranstype::regtype, agginitval)::text FROM pg_aggregate
		 WHERE d.classid = 'pg_proc'::regclass AND aggfnoid = d.objid),
		(SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), col_description(attrelid, attnum)), ', ' ORDER BY attnum)
		 FROM pg_attribute JOIN pg_type AS t ON attrelid = t.typrelid WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid),
		(SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum WHERE d.classid = 'pg_type'::regclass AND enumtypid = d.objid)
	FROM pg_depend AS d JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
	WHERE e.extname = 'finsent' AND d.deptype = 'e' ORDER BY 1};
my $fresh = $node->safe_psql('fresh', $members);
my $upgraded = $node->safe_psql('upgraded', $members);
is($upgraded, $fresh, 'an updated extension has the objects of a fresh one');
cmp_ok(scalar(split /\n/, $fresh), '>', 50, 'and there are some');

# Rows of the older model are stale until they are scored again.
$node->safe_psql('upgraded', q{SELECT finsent_attach('news', 'body')});
is($node->safe_psql('upgraded', q{SELECT finsent_stale('news')}), '300', 'scores of an older model are stale');
$node->safe_psql('upgraded', q{CALL finsent_rescore('news', 100)});
is($node->safe_psql('upgraded', q{SELECT finsent_stale('news'), count(*) FILTER (WHERE finsent_score = finsent_score(body)), min(finsent_model) = finsent_model() FROM news}),
	'0|300|t', 'and mended by rescoring');

# What docs/operations.md says of generated columns and expression indexes.
$node->safe_psql('upgraded', q{CREATE OR REPLACE FUNCTION score(body text) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT public.finsent_score(body)'});
is($node->safe_psql('upgraded', q{SELECT count(*) FROM stored WHERE score <> score(body)}), '300', 'a stored column keeps the older score');
$node->safe_psql('upgraded', q{UPDATE stored SET body = body WHERE score IS DISTINCT FROM finsent_score(body)});
is($node->safe_psql('upgraded', q{SELECT count(*) FROM stored WHERE score <> score(body)}), '0', 'an update of its text to itself mends it');
$node->safe_psql('upgraded', q{
	CREATE OR REPLACE FUNCTION score(body text) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT public.finsent_score(body) / 2'});
my $count = q{SET enable_seqscan = off; SELECT count(*) FROM stored WHERE score(body) = (SELECT finsent_score('Profit surged 7 percent.') / 2)};
my $all = q{SET enable_indexscan = off; SET enable_bitmapscan = off; SELECT count(*) FROM stored WHERE score(body) = (SELECT finsent_score('Profit surged 7 percent.') / 2)};
isnt($node->safe_psql('upgraded', $count), $node->safe_psql('upgraded', $all), 'an expression index keeps the older score');
$node->safe_psql('upgraded', 'REINDEX INDEX expression');
is($node->safe_psql('upgraded', $count), $node->safe_psql('upgraded', $all), 'REINDEX mends it');

$node->stop;
done_testing();
