# Many rows and many calls: memory stays flat, parallel workers share the work, a cancelled or killed backend harms nobody.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $node = PostgreSQL::Test::Cluster->new('endurance');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->append_conf('postgresql.conf', "jit = off\nautovacuum = off\nshared_buffers = 256MB\nmax_parallel_workers_per_gather = 0");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION finsent;
	CREATE TABLE news (id int, body text);
	INSERT INTO news SELECT i, (ARRAY['Profit surged 45% to a record $5 million. Apple Inc gained.', 'Losses widened; $BA fell.',
		'The meeting is on Monday.', '<p>Costs fell &amp; margins widened in Zürich.</p>'])[1 + i % 4] || ' ' || i
	FROM generate_series(1, 1000000) AS i;
	VACUUM ANALYZE news;
	CREATE FUNCTION used_memory() RETURNS bigint LANGUAGE sql AS 'SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts'});

# Statements in one session; the last word of each answer.
sub session
{
	my ($sql) = @_;
	return [ split /\n/, $node->safe_psql('postgres', $sql) ];
}

# 1,000,000 calls in one query, every function in its turn over fewer: what the backend holds afterwards.
my @answers = @{ session(q{
	SELECT count(finsent_score(body)) FROM news WHERE id <= 100;
	SELECT count(finsent_analyze(body)) FROM news WHERE id <= 100;
	SELECT used_memory();
	SELECT count(finsent_score(body)) FROM news;
	SELECT used_memory()}) };
is($answers[3], 1000000, 'a million texts are scored');
cmp_ok($answers[4] - $answers[2], '<', 64 * 1024, 'and leave no memory behind');

for my $answer (
	'finsent_analyze(body)', 'finsent_tickers(body)', "finsent_target_score(body, 'Apple')", 'finsent_summary(body)', 'finsent_highlight(body)',
	'(SELECT count(*) FROM finsent_metrics(body))', '(SELECT count(*) FROM finsent_quantities(body))', '(SELECT count(*) FROM finsent_explain(body))',
	'(SELECT count(*) FROM finsent_sentences(body))', '(SELECT count(*) FROM finsent_insights(body))', '(SELECT count(*) FROM finsent_ticker_sentiment(body))')
{
	@answers = @{ session(qq{
		SELECT count($answer) FROM news WHERE id <= 100;
		SELECT used_memory();
		SELECT count($answer) FROM news WHERE id <= 20000;
		SELECT used_memory()}) };
	cmp_ok($answers[3] - $answers[1], '<', 64 * 1024, "20,000 calls of $answer leave no memory behind");
}

# The same within one query, where the executor would not clean up between rows what a function leaks into its context.
SKIP:
{
	skip 'no /proc', 2 unless -r '/proc/self/status';
	my $resident = sub {
		my ($sql) = @_;
		my ($before, $after) = @{ session(qq{
			CREATE TEMP TABLE status (line text);
			SELECT count(*) FROM (SELECT finsent_analyze(body) FROM news WHERE id <= 1000 OFFSET 0) AS warm \\gset
			CREATE FUNCTION pg_temp.peak() RETURNS bigint LANGUAGE plpgsql AS \$\$
			BEGIN
				TRUNCATE status;
				EXECUTE format('COPY status FROM %L WITH (FORMAT csv, DELIMITER E''\\x01'')', '/proc/' || pg_backend_pid() || '/status');
				RETURN (SELECT split_part(replace(line, ' kB', ''), ':', 2)::bigint FROM status WHERE line LIKE 'VmHWM%');
			END\$\$;
			SELECT count(length(body)) FROM news \\gset
			SELECT pg_temp.peak();
			$sql \\gset
			SELECT pg_temp.peak()}) };
		return $after - $before;
	};
	my $grown = $resident->('SELECT count(finsent_score(body)) FROM news');
	cmp_ok($grown, '<=', 8 * 1024, "a query over a million rows needs $grown kB more than the server's own");
	$grown = $resident->(q{SELECT finsent_score(repeat('Profit surged 45% to a record $5 million. Costs fell, and Apple Inc gained 4% in New York. ', 1200000))});
	cmp_ok($grown, '<=', 12 * 106 * 1024, sprintf('a text of 106 MB needs %.1f times its size', $grown / 106 / 1024));
}

# Parallel workers.
my $parallel = 'SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 10; SET min_parallel_table_scan_size = 0;';
like($node->safe_psql('postgres', "$parallel EXPLAIN (COSTS OFF) SELECT avg(finsent_score(body)) FROM news"), qr/Finalize Aggregate.*Gather.*Workers Planned: 2.*Partial Aggregate.*Parallel Seq Scan/s,
	'a scan of a million rows is planned for parallel workers');
like($node->safe_psql('postgres', "EXPLAIN (COSTS OFF) SELECT avg(finsent_score(body)) FROM news" =~ s/^/SET max_parallel_workers_per_gather = 2; /r), qr/Workers Planned: 2/,
	'with the default costs too');
my $sum = 'SELECT count(*), sum((finsent_score(body) * 10000)::int) FROM news WHERE id <= 200000';
is($node->safe_psql('postgres', "$parallel $sum"), $node->safe_psql('postgres', $sum), 'with the same answer');
like($node->safe_psql('postgres', "$parallel EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) $sum"), qr/Workers Launched: [12]/, 'and run by them');

# A statement that takes too long ends within a second, whatever it reads; the session goes on.
# (test/sql/cancel.sql has more kinds of text.)
for my $text ("repeat('not ', 25000000)", "repeat('(', 100000000)", "repeat(U&'\\0301', 50000000)", "repeat('\$AMZN bad ', 10000000)")
{
	for my $function ('finsent_analyze')
	{
		my ($out, $err) = ('', '');
		my $status = $node->psql('postgres', qq{
			CREATE TEMP TABLE long AS SELECT $text AS body;
			SET statement_timeout = '200ms';
			\\timing on
			SELECT $function(body) IS NOT NULL FROM long;
			\\timing off
			RESET statement_timeout;
			SELECT finsent_class(finsent_score('Profit surged.'))}, stdout => \$out, stderr => \$err, on_error_stop => 0);
		my ($ms) = $out =~ /Time: ([\d.]+) ms/;
		ok(defined $ms && $ms < 1500, "$function of $text ends in time") or diag "$out $err";
		like($out, qr/positive/, 'and the session goes on');
	}
}

$node->stop;
done_testing();
