# Workspaces and attached tables survive pg_dump; a rescoring is seen from outside, stopped and resumed.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('live');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$node->safe_psql('postgres', q{
	CREATE ROLE editor;
	CREATE ROLE "Öwner";
	CREATE DATABASE source OWNER "Öwner";
	CREATE DATABASE target OWNER "Öwner"});

# A workspace of somebody who is no superuser, with everything that hangs on it.
$node->safe_psql('source', q{
	SET ROLE "Öwner";
	CREATE SCHEMA tools;
	CREATE EXTENSION finsent SCHEMA tools;
	SELECT tools.finsent_create_workspace('De''sk "é"');
	INSERT INTO "De'sk ""é""".term VALUES ('moonwards', 1, NULL), ('fraud', 0, 'not ours');
	INSERT INTO "De'sk ""é""".company VALUES ('ZRB', 'Zorbly Labs', '{Glow,"zorb maker"}', '[2020-01-01,)');
	SELECT tools.finsent_grant_workspace('De''sk "é"', 'editor', 'owner');
	CREATE TABLE news (id int PRIMARY KEY, body text) PARTITION BY RANGE (id);
	CREATE TABLE news_1 PARTITION OF news FOR VALUES FROM (0) TO (100);
	CREATE TABLE news_2 PARTITION OF news FOR VALUES FROM (100) TO (1000);
	SELECT tools.finsent_attach('news', 'body', workspace => 'De''sk "é"');
	INSERT INTO news SELECT i, 'The zorb maker goes moonwards. ' || i FROM generate_series(1, 200) AS i});
my $dump = "$PostgreSQL::Test::Utils::tmp_check/live.sql";
$node->command_ok([ 'pg_dump', '-f', $dump, $node->connstr('source') ], 'pg_dump');
$node->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-f', $dump, $node->connstr('target') ], 'the dump is restored');

my $everything = q{
	SELECT tools.finsent_model_as('De''sk "é"'), (SELECT md5(string_agg(n::text, '|' ORDER BY id)) FROM news AS n), tools.finsent_stale('news'),
		(SELECT string_agg(t::text, '|' ORDER BY term) FROM "De'sk ""é""".term AS t), (SELECT string_agg(c::text, '|') FROM "De'sk ""é""".company AS c),
		has_table_privilege('editor', '"De''sk ""é""".term', 'INSERT'), obj_description('"De''sk ""é"""'::regnamespace)};
is($node->safe_psql('target', $everything), $node->safe_psql('source', $everything), 'words, rights and rows are the same');
is($node->safe_psql('target', q{
	INSERT INTO news VALUES (500, 'Acme goes moonwards. Glow rises.');
	SELECT finsent_label > 'neutral', finsent_tickers FROM news WHERE id = 500}), 't|{ZRB}', 'restored triggers read restored words');
is($node->safe_psql('target', q{
	SELECT tools.finsent_score_as('De''sk "é"', 'Acme goes moonwards.') > 0;
	SET ROLE editor;
	UPDATE "De'sk ""é""".term SET weight = -1 WHERE term = 'moonwards';
	RESET ROLE;
	SELECT tools.finsent_score_as('De''sk "é"', 'Acme goes moonwards.') < 0, tools.finsent_stale('news') > 0}), "t\nt|t", 'a change of restored words counts');
is($node->safe_psql('target', q{SELECT tools.finsent_attach('news', 'body', workspace => 'De''sk "é"')}), 'table news was attached already',
	'a restored table is attached');
my ($status, $out, $err) = $node->psql('target', q{SELECT tools.finsent_drop_workspace('De''sk "é"')});
like($err, qr/news tables use it/, 'a restored workspace is known to be in use');
is($node->safe_psql('target', q{
	SELECT count(*) FROM tools.finsent_detach('news');
	SELECT tools.finsent_drop_workspace('De''sk "é"');
	SELECT count(*) FROM pg_namespace WHERE nspname ~ 'sk'}), "2\n\n0", 'and can be dropped');

# A rescoring: slow rows, so that it can be watched and stopped on any machine.
$node->safe_psql('postgres', q{
	CREATE EXTENSION finsent;
	CREATE TABLE "Né ws" (id int PRIMARY KEY, body text);
	INSERT INTO "Né ws" SELECT i, 'Profit surged. ' || i FROM generate_series(1, 1500) AS i;
	SELECT finsent_attach('"Né ws"', 'body');
	CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.003); RETURN new; END';
	CREATE TRIGGER slow BEFORE UPDATE ON "Né ws" FOR EACH ROW EXECUTE FUNCTION slow()});
my $scored = q{SELECT count(finsent_score) FROM "Né ws"};

# Start a rescoring in a session of its own, which says its application_name when it is through.
sub start_rescore
{
	my ($out, $err) = @_;

	return IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('postgres'), '-c', q{SET application_name = 'the loader'},
			'-c', q{CALL finsent_rescore('"Né ws"', 50)}, '-c', 'SHOW application_name' ], '<', \undef, '>', $out, '2>', $err);
}

my ($out1, $err1, $out2, $err2) = ('', '', '', '');
my $first = start_rescore(\$out1, \$err1);
ok($node->poll_query_until('postgres', q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name ~ '^finsent_rescore .* [1-9][0-9]* rows [0-9]+%$')}),
	'its progress is seen from outside');
cmp_ok($node->safe_psql('postgres', $scored), '>', 0, 'what is done is committed');
$node->safe_psql('postgres', q{SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name ~ '^finsent_rescore'});
$first->finish;
like($err1, qr/canceling statement due to user request/, 'it can be cancelled');
is($out1, "the loader\n", 'the application_name is what it was');
my $kept = $node->safe_psql('postgres', $scored);
ok($kept >= 50 && $kept < 1500, 'whole batches are kept');
is($node->safe_psql('postgres', q{SELECT finsent_stale('"Né ws"')}), 1500 - $kept, 'the rest is stale');

my $second = start_rescore(\$out2, \$err2);
$node->safe_psql('postgres', q{
	INSERT INTO "Né ws" SELECT i, 'Losses widened. ' || i FROM generate_series(1501, 1600) AS i;
	UPDATE "Né ws" SET body = 'Losses widened.' WHERE id BETWEEN 1490 AND 1495;
	DELETE FROM "Né ws" WHERE id BETWEEN 1480 AND 1485});
$second->finish;
like($err2, qr/NOTICE:  table "Né ws": [0-9]+ rows scored, [0-9]+ percent of the table, [0-9]+ rows a second, about [0-9]+ seconds left/, 'it tells how far it is');
my ($resumed) = $err2 =~ /NOTICE:  table "Né ws": ([0-9]+) rows scored in [0-9.]+ seconds/;
cmp_ok($resumed, '<=', 1500 - $kept, 'it goes on where it was stopped');
is($node->safe_psql('postgres', q{SELECT finsent_stale('"Né ws"'), count(*), count(*) FILTER (WHERE finsent_score = finsent_score(body)) FROM "Né ws"}),
	'0|1594|1594', 'all rows are scored, those that came and changed meanwhile too');
is($out2, "the loader\n", 'the application_name is given back');
($status, $out, $err) = $node->psql('postgres', q{CALL finsent_rescore('"Né ws"')});
like($err, qr/: 0 rows scored in/, 'then there is nothing to do');

$node->stop;
done_testing();
