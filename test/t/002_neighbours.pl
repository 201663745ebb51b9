# What stands around the extension: pg_dump, postgres_fdw, parallel and read-only servers.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('neighbours');
$node->init(allows_streaming => 1, extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;

$node->safe_psql('postgres', q{
	CREATE DATABASE source;
	CREATE DATABASE target});
$node->safe_psql('source', q{
	CREATE SCHEMA tools;
	CREATE EXTENSION finsent SCHEMA tools;
	CREATE TABLE news (
		id int PRIMARY KEY, title text, body text,
		score float8 GENERATED ALWAYS AS (tools.finsent_score(body, title)) STORED,
		tickers text[] GENERATED ALWAYS AS (tools.finsent_tickers(body, title)) STORED,
		analysis tools.finsent_analysis GENERATED ALWAYS AS (tools.finsent_analyze(body, title)) STORED,
		CHECK (tools.finsent_class(tools.finsent_score(body)) <> 'unknown'));
	INSERT INTO news (id, title, body)
	SELECT i, CASE WHEN i % 2 = 0 THEN 'Apple Inc' END,
		CASE i % 3 WHEN 0 THEN 'Profit surged 45% to a record $5 million.' WHEN 1 THEN 'Losses widened and shares plunged.'
			ELSE 'The meeting is on Monday.' END || ' ' || i
	FROM generate_series(1, 200) AS i;
	CREATE INDEX news_tickers ON news USING gin (tickers);
	CREATE INDEX news_expression ON news (tools.finsent_score(body));
	CREATE VIEW bad AS SELECT id, tools.finsent_label(body) AS label FROM news WHERE tools.finsent_score(body) < 0;
	CREATE MATERIALIZED VIEW sentences AS SELECT id, s.* FROM news, tools.finsent_sentences(body) AS s});

# A dump is restored, into a database with nothing in it.
my $dump = "$PostgreSQL::Test::Utils::tmp_check/source.sql";
$node->command_ok([ 'pg_dump', '-f', $dump, $node->connstr('source') ], 'pg_dump');
$node->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-f', $dump, $node->connstr('target') ], 'the dump is restored');
my $everything = q{SELECT md5(string_agg(n::text, '|' ORDER BY id)) FROM news AS n};
is($node->safe_psql('target', $everything), $node->safe_psql('source', $everything), 'restored rows are the same');
is($node->safe_psql('target', 'SELECT count(*) FROM bad'), $node->safe_psql('source', 'SELECT count(*) FROM bad'), 'a view is the same');
unlike(slurp_file($dump), qr/CREATE FUNCTION|CREATE TYPE/, 'the dump holds the extension, not its objects');

# Functions in conditions are shipped to a foreign server that has the extension.
SKIP:
{
	skip 'postgres_fdw is not installed', 3
		if $node->safe_psql('postgres', q{SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'}) eq '0';
	my ($host, $port) = ($node->host, $node->port);
	$node->safe_psql('postgres', qq{
		CREATE SCHEMA tools;
		CREATE EXTENSION finsent SCHEMA tools;
		CREATE EXTENSION postgres_fdw;
		CREATE SERVER loopback FOREIGN DATA WRAPPER postgres_fdw
			OPTIONS (host '$host', port '$port', dbname 'source', extensions 'finsent');
		CREATE USER MAPPING FOR CURRENT_USER SERVER loopback;
		CREATE FOREIGN TABLE news (id int, title text, body text) SERVER loopback});
	my $query = 'SELECT id FROM news WHERE tools.finsent_score(body, title) < 0 ORDER BY id';
	like($node->safe_psql('postgres', "EXPLAIN (VERBOSE, COSTS OFF) $query"), qr/Remote SQL: .*WHERE .*finsent_score/,
		'WHERE is shipped');
	is($node->safe_psql('postgres', $query), $node->safe_psql('source', $query), 'and answer the same');
	like($node->safe_psql('postgres', q{EXPLAIN (VERBOSE, COSTS OFF)
			SELECT id FROM news WHERE tools.finsent_tickers(body) @> '{AAPL}'}), qr/Remote SQL: .*finsent_tickers/, 'so are tickers');
}

# A standby reads as the primary does.
$node->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'base', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));
my $again = q{SELECT count(*) FROM news WHERE score = tools.finsent_score(body, title) AND analysis = tools.finsent_analyze(body, title)};
is($standby->safe_psql('source', $again), '200', 'a standby reads as the primary does');
$standby->stop;

$node->stop;
done_testing();
