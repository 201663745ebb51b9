# News spread over servers with what PostgreSQL has: partitions that are foreign tables of postgres_fdw.
# Scores are stored where the rows live; conditions and aggregates run there too, side by side.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $front = PostgreSQL::Test::Cluster->new('front');
my @shards = map { PostgreSQL::Test::Cluster->new("shard$_") } 1 .. 2;
for my $node ($front, @shards)
{
	$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
	$node->append_conf('postgresql.conf', "max_parallel_workers_per_gather = 0\njit = off");
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION finsent');
}
if ($front->safe_psql('postgres', q{SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'}) eq '0')
{
	$_->stop for $front, @shards;
	plan skip_all => 'postgres_fdw is not installed';
}

# The rows of both kinds of table: 4,000 items of four desks over 40 days.
my $columns = q{desk text NOT NULL, id int NOT NULL, published_at timestamptz NOT NULL, title text, body text};
my $items = q{
	SELECT (ARRAY['asia', 'europe', 'america', 'oceania'])[1 + i % 4] AS desk, i AS id, timestamptz '2026-01-05 08:00Z' + i * interval '14 minutes' AS published_at,
		CASE i % 3 WHEN 0 THEN 'Apple Inc' WHEN 1 THEN 'Boeing' END AS title,
		CASE i % 5 WHEN 0 THEN 'Profit surged to a record $5 million.' WHEN 1 THEN 'Losses widened and shares plunged.'
			WHEN 2 THEN 'The meeting is on Monday.' WHEN 3 THEN 'Margins widened, but orders fell 4%.' ELSE 'Costs fell.' END || ' Item ' || i AS body
	FROM generate_series(1, 4000) AS i};

# On a shard: the rows, their scores stored as they come in.
my $n = 0;
for my $shard (@shards)
{
	$n++;
	$shard->safe_psql('postgres', qq{
		CREATE TABLE news ($columns,
			score float8 GENERATED ALWAYS AS (finsent_score(body, title)) STORED,
			tickers text[] GENERATED ALWAYS AS (finsent_tickers(body, title)) STORED,
			PRIMARY KEY (desk, id));
		CREATE INDEX ON news USING gin (tickers);
		CREATE INDEX ON news (score)});
}

# On the front: a partition a shard, without the generation expression, which is the shard's.
my @desks = (q{'asia', 'europe'}, q{'america', 'oceania'});
$front->safe_psql('postgres', qq{
	CREATE EXTENSION postgres_fdw;
	CREATE TABLE news ($columns, score float8, tickers text[]) PARTITION BY LIST (desk);
	CREATE TABLE alone ($columns, score float8 GENERATED ALWAYS AS (finsent_score(body, title)) STORED,
		tickers text[] GENERATED ALWAYS AS (finsent_tickers(body, title)) STORED);
	INSERT INTO alone (desk, id, published_at, title, body) $items});
for my $i (0, 1)
{
	my ($host, $port) = ($shards[$i]->host, $shards[$i]->port);
	$front->safe_psql('postgres', qq{
		CREATE SERVER shard$i FOREIGN DATA WRAPPER postgres_fdw
			OPTIONS (host '$host', port '$port', dbname 'postgres', extensions 'finsent', async_capable 'true', fetch_size '1000', use_remote_estimate 'true');
		CREATE USER MAPPING FOR CURRENT_USER SERVER shard$i;
		CREATE FOREIGN TABLE news_$i PARTITION OF news FOR VALUES IN ($desks[$i]) SERVER shard$i OPTIONS (table_name 'news')});
}
# Rows are written through a table without the generated columns, which a foreign insert would send as NULL.
for my $i (0, 1)
{
	$front->safe_psql('postgres', qq{
		CREATE FOREIGN TABLE incoming_$i ($columns) SERVER shard$i OPTIONS (table_name 'news', batch_size '500');
		INSERT INTO incoming_$i SELECT * FROM ($items) AS item WHERE desk IN ($desks[$i])});
}
$_->safe_psql('postgres', 'ANALYZE news') for @shards;

# The plan of a query on the front, and its answer beside one server's.
sub plan_of { return $front->safe_psql('postgres', "SET enable_partitionwise_aggregate = on; EXPLAIN (VERBOSE, COSTS OFF) $_[0]") }
sub same_answer
{
	my ($query, $what) = @_;
	my $settings = 'SET enable_partitionwise_aggregate = on; SET extra_float_digits = 0;';
	(my $single = $query) =~ s/\bnews\b/alone/g;
	is($front->safe_psql('postgres', "$settings $query"), $front->safe_psql('postgres', "$settings $single"), $what);
}

is($shards[0]->safe_psql('postgres', 'SELECT count(*), count(score), count(*) FILTER (WHERE score = finsent_score(body, title)) FROM news'), '2000|2000|2000',
	'scores are stored where the rows live');

my $query = 'SELECT desk, id, score FROM news WHERE finsent_score(body, title) < -0.3 ORDER BY id';
my $plan = plan_of($query =~ s/ ORDER BY.*//r);
is(scalar(() = $plan =~ /Async Foreign Scan on public\.news_\d/g), 2, 'both shards are asked at once') or diag $plan;
is(scalar(() = $plan =~ /Remote SQL: .*WHERE .*finsent_score/g), 2, 'a condition on a function runs on the shards');
unlike($plan, qr/^ *Filter: /m, 'and is not checked again');
same_answer($query, 'with one server\'s answer');

$query = q{SELECT id, title FROM news WHERE score > 0.2 AND tickers @> '{AAPL}' ORDER BY id};
$plan = plan_of($query);
is(scalar(() = $plan =~ /Remote SQL: .*WHERE .*score > .*tickers @>/g), 2, 'conditions on the stored columns run on the shards') or diag $plan;
same_answer($query, 'with one server\'s answer');
like($shards[0]->safe_psql('postgres', q{SET enable_seqscan = off; EXPLAIN SELECT id FROM news WHERE tickers @> '{AAPL}'}), qr/Bitmap Index Scan on news_tickers_idx/,
	'where an index serves them');

$query = 'SELECT desk, count(*), round(avg(score)::numeric, 9), min(score), max(score) FROM news GROUP BY desk ORDER BY desk';
$plan = plan_of($query);
is(scalar(() = $plan =~ /Remote SQL: SELECT desk, .*avg\(score\).*GROUP BY/g), 2, 'aggregates by the partition key run on the shards') or diag $plan;
like($plan, qr/Async Foreign Scan/, 'at once');
same_answer($query, 'with one server\'s answer');

# A global aggregate: states by the partition key on the shards, merged on the front.
for (['finsent_index', 'score', 'ROUND((i.r).mean::numeric, 9), ROUND((i.r).stderr::numeric, 9), ROUND((i.r).effective_n::numeric, 6), (i.r).n'],
	['finsent_decay', "score, published_at, timestamptz '2026-02-20', interval '7 days'", 'ROUND(i.r::numeric, 9)'])
{
	my ($name, $arguments, $shown) = @$_;
	my $states = "SELECT desk, ${name}_state($arguments) AS state FROM news GROUP BY desk";
	$plan = plan_of($states);
	is(scalar(() = $plan =~ /Remote SQL: SELECT desk, .*${name}_state\(.*GROUP BY/g), 2, "$name: states are made on the shards") or diag $plan;
	like($plan, qr/Async Foreign Scan/, 'at once');
	(my $whole = $name) =~ s/decay/decay_avg/;
	is($front->safe_psql('postgres', "SET enable_partitionwise_aggregate = on; SELECT $shown FROM (SELECT ${name}_merge(state) AS r FROM ($states) AS s) AS i"),
		$front->safe_psql('postgres', "SELECT $shown FROM (SELECT $whole($arguments) AS r FROM alone) AS i"), "$name: merged to one server's answer");
}

$query = 'SELECT count(*) FROM news WHERE published_at < \'2026-01-20\' AND desk = \'asia\'';
unlike(plan_of($query), qr/news_1/, 'a condition on the partition key asks one shard alone');
same_answer($query, 'with one server\'s answer');

# A shard whose rows were corrected scores them anew; the front sees it.
$front->safe_psql('postgres', q{UPDATE incoming_0 SET body = 'Profit collapsed and the company filed for bankruptcy.' WHERE id = 4});
is($front->safe_psql('postgres', q{SELECT score < -0.3, score = finsent_score(body, title) FROM news WHERE desk = 'asia' AND id = 4}), 't|t',
	'a correction through the front is scored on its shard');

# A shard that is down is an error, not half an answer.
$shards[1]->stop('immediate');
my ($status, undef, $stderr) = $front->psql('postgres', 'SELECT count(*) FROM news');
isnt($status, 0, 'a shard that is down is an error');
like($stderr, qr/could not connect|terminat|server closed/, 'that says so');
is($front->safe_psql('postgres', q{SELECT count(*) FROM news WHERE desk = 'asia'}), '1000', 'the other desks are answered');

$shards[0]->stop;
$front->stop;
done_testing();
