# Models in a workspace: dumped and restored with it, and the same in another encoding.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('models');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE source; CREATE DATABASE target; CREATE DATABASE latin ENCODING latin1 TEMPLATE template0');

my $labelled = q{
	CREATE TABLE labelled AS
	SELECT i AS id, 'The numbers of ' || chr(65 + i % 26) || i || ' were ' || (ARRAY['frumious', 'mimsy', 'uffish'])[i % 3 + 1] AS text,
		(ARRAY['negative', 'neutral', 'positive'])[i % 3 + 1] AS label
	FROM generate_series(1, 60) AS i;
	INSERT INTO labelled SELECT 60 + i, U&'Les chiffres \00E9t\00E9 uffish' || i, 'positive' FROM generate_series(1, 3) AS i};
$node->safe_psql('source', qq{
	CREATE SCHEMA tools;
	CREATE EXTENSION finsent SCHEMA tools;
	SELECT tools.finsent_create_workspace('Desk "A"');
	$labelled;
	SELECT tools.finsent_train('Desk "A"', 'SELECT text, label FROM labelled', 2);
	SELECT tools.finsent_train('Desk "A"', 'SELECT text, label FROM labelled WHERE id > 9', 2)});

# Dump and restore: every version scores as before, and the next number is the next one.
my $dump = "$PostgreSQL::Test::Utils::tmp_check/models.sql";
$node->command_ok([ 'pg_dump', '-f', $dump, $node->connstr('source') ], 'pg_dump');
$node->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-f', $dump, $node->connstr('target') ], 'the dump is restored');
my $scores = q{SELECT sum(tools.finsent_score_as('Desk "A"', text, NULL, 1)), sum(tools.finsent_score_as('Desk "A"', text, NULL, 2)),
	sum(tools.finsent_score_as('Desk "A"', text)) FROM labelled};
is($node->safe_psql('target', $scores), $node->safe_psql('source', $scores), 'restored models score as before');
is($node->safe_psql('target', q{SELECT (tools.finsent_train('Desk "A"', query, folds, seed)).version FROM "Desk ""A""".model WHERE version = 2}),
	'3', 'a model is trained again from what is stored, under the next number');
is($node->safe_psql('target', q{SELECT (SELECT weights FROM "Desk ""A""".model WHERE version = 2) = (SELECT weights FROM "Desk ""A""".model WHERE version = 3)}),
	't', 'to the same bytes');

# A database of another encoding: texts are converted, and the model is the same.
$node->safe_psql('latin', qq{
	CREATE SCHEMA tools;
	CREATE EXTENSION finsent SCHEMA tools;
	$labelled});
my $weights = q{SELECT md5(weights) FROM tools.finsent_fit('SELECT text, label FROM labelled', 2)};
is($node->safe_psql('latin', $weights), $node->safe_psql('source', $weights), 'latin1 gives the model that UTF-8 gives');

$node->stop;
done_testing();
