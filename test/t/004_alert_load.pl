# Eight writers, a thousand rules, rollbacks, corrections and a crash: every alert that should fire does, exactly once.
#
# FINSENT_LOAD_ROWS rows (5000 if unset; docs/alerts.md reports 50000).
use strict;
use warnings;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $rows = $ENV{FINSENT_LOAD_ROWS} || 5000;
my $clients = 8;
my $node = PostgreSQL::Test::Cluster->new('load');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->append_conf('postgresql.conf', "deadlock_timeout = 100ms\nmax_prepared_transactions = 2\nautovacuum = off\n");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION finsent');

# Texts: two sentences of the sample news each, drawn with a fixed seed; COPY's own escapes stay as they are.
open my $news, '<', 'demo/news.tsv' or die "demo/news.tsv: $!";
my @sentences;
while (<$news>)
{
	chomp;
	my $body = (split /\t/)[4] or next;
	push @sentences, grep { length($_) > 40 && !/\\/ } split /(?:\\n)+|(?<=[a-z)%][.!?]) +(?=[A-Z])/, $body;
}
cmp_ok(scalar(@sentences), '>', 400, 'there are sentences to draw from');
my $seed = 20260302;
sub draw { $seed = ($seed * 16807) % 2147483647; return $seed % $_[0]; }
sub text { return join ' ', map { $sentences[ draw(scalar @sentences) ] } 1 .. 2; }
my $tempdir = PostgreSQL::Test::Utils::tempdir;
open my $feed, '>', "$tempdir/feed" or die $!;
print $feed join("\t", $_, text(), text()), "\n" for 1 .. $rows;
close $feed;

$node->safe_psql('postgres', qq{
	SELECT finsent_create_workspace('desk');
	CREATE TABLE feed (id int PRIMARY KEY, body text, corrected text);
	CREATE TABLE news (id int PRIMARY KEY, at timestamptz, body text, score float8 GENERATED ALWAYS AS (finsent_score(body)) STORED);
	CREATE TRIGGER alerts AFTER INSERT OR UPDATE ON news FOR EACH ROW
		EXECUTE FUNCTION finsent_alert_trigger('workspace=desk', 'key=id', 'body=body', 'at=at');
	COPY feed FROM '$tempdir/feed';
	CREATE TABLE tick AS
		SELECT ticker, row_number() OVER (ORDER BY count(*) DESC, ticker) AS n
		FROM feed, finsent_ticker_sentiment(body) WHERE ticker IS NOT NULL GROUP BY ticker;
	INSERT INTO desk.alert_rule (name, tickers, direction, threshold, min_relevance)
		SELECT 'rule ' || i, ARRAY(SELECT ticker FROM tick WHERE n IN (1 + i % 50, 50 + i % 37, 1 + i * 7 % 97)),
			(ARRAY['up', 'down', 'either'])[1 + i % 3], 0.3 + (i % 13) * 0.05, (i % 5) * 0.1
		FROM generate_series(1, 998) AS i
		WHERE EXISTS (SELECT FROM tick WHERE n IN (1 + i % 50, 50 + i % 37, 1 + i * 7 % 97));
	INSERT INTO desk.alert_rule (name, threshold) VALUES ('anybody', 0.8), ('nobody', 1);
	INSERT INTO desk.alert_rule (name, threshold, cooldown) SELECT 'cool ' || i, 0.1 * i, i * interval '5 minutes' FROM generate_series(1, 3) AS i});
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM desk.alert_rule WHERE cooldown = interval \'0\''), '>=', 1000, 'a thousand threshold rules');

# Every tenth row is rolled back, every seventh corrected.
open my $script, '>', "$tempdir/script" or die $!;
print $script <<'END';
\set i :i + 1
\set k :i * 8 - :client_id
\if :k % 10 = 0
BEGIN;
INSERT INTO news SELECT id, timestamptz '2026-03-02' + id * interval '1 second', body FROM feed WHERE id = :k;
ROLLBACK;
\else
INSERT INTO news SELECT id, timestamptz '2026-03-02' + id * interval '1 second', body FROM feed WHERE id = :k ON CONFLICT DO NOTHING;
\endif
\if :k % 7 = 0
UPDATE news SET body = corrected FROM feed WHERE news.id = :k AND feed.id = :k;
\endif
END
close $script;
my @writers = ('pgbench', '-n', '-c', $clients, '-j', 2, '-D', 'i=0', '-f', "$tempdir/script", '-h', $node->host, '-p', $node->port);

# The first run ends in a crash: it goes on until then, and slowly enough to be met at work.
my ($out, $err) = ('', '');
my $run = IPC::Run::start([ @writers, '-T', 600, '-R', int($rows / 5), 'postgres' ], '>', \$out, '2>', \$err);
ok($node->poll_query_until('postgres', "SELECT count(*) > $rows / 3 FROM news"), 'writers are at work');
$node->stop('immediate');
$run->finish;
isnt($run->result(0), 0, 'writers were cut off');
$node->start;

sub difference
{
	return $node->safe_psql('postgres', q{
		WITH seen AS (
			SELECT n.id, t.ticker, t.score, t.relevance FROM news n JOIN feed f USING (id), finsent_ticker_sentiment(f.body) AS t
			UNION
			SELECT n.id, t.ticker, t.score, t.relevance FROM news n, finsent_ticker_sentiment(n.body) AS t),
		expected AS (
			SELECT DISTINCT r.id AS rule_id, s.ticker, s.id::text AS news_key
			FROM seen s JOIN desk.alert_rule r ON r.tickers IS NULL OR s.ticker = ANY (r.tickers)
			WHERE s.ticker IS NOT NULL AND r.cooldown = interval '0' AND s.relevance >= r.min_relevance
				AND (r.direction <> 'down' AND s.score >= r.threshold OR r.direction <> 'up' AND s.score <= -r.threshold)),
		actual AS (
			SELECT a.rule_id, a.ticker, a.news_key FROM desk.alert a JOIN desk.alert_rule r ON r.id = a.rule_id WHERE r.cooldown = interval '0')
		SELECT (SELECT count(*) FROM (TABLE expected EXCEPT TABLE actual) AS e),
			(SELECT count(*) FROM (TABLE actual EXCEPT TABLE expected) AS e),
			(SELECT count(*) FROM actual) = (SELECT count(*) FROM expected),
			(SELECT count(*) FROM actual) > (SELECT count(*) FROM news) / 4});
}
is(difference(), '0|0|t|t', 'after the crash the alerts are those of the rows that are there');
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM news'), '<', $rows * 0.9, 'rows are missing after the crash');

# The second run writes what is missing.
($out, $err) = ('', '');
ok(IPC::Run::run([ @writers, '-t', int($rows / $clients), 'postgres' ], '>', \$out, '2>', \$err), 'writers finish') or diag($err);
note($out);
is($node->safe_psql('postgres', 'SELECT count(*), count(*) FILTER (WHERE id % 10 = 0) FROM news'), ($rows - int($rows / 10)) . '|0', 'every row that was committed is there');
is(difference(), '0|0|t|t', 'every alert that should have fired did, exactly once, and no other');

# Rules that remember: no two alerts of a company within the cooldown, and none left out otherwise.
is( $node->safe_psql('postgres', q{
		SELECT count(*) FROM desk.alert a JOIN desk.alert b USING (rule_id, ticker) JOIN desk.alert_rule r ON r.id = rule_id
		WHERE a.id < b.id AND r.cooldown > interval '0' AND a.at - b.at < r.cooldown AND b.at - a.at < r.cooldown}),
	'0', 'the cooldown holds between all writers, and across the crash');
is( $node->safe_psql('postgres', q{
		SELECT count(*)
		FROM news n CROSS JOIN finsent_ticker_sentiment(n.body) AS t JOIN desk.alert_rule r ON abs(t.score) >= r.threshold
		WHERE r.cooldown > interval '0' AND t.ticker IS NOT NULL AND NOT EXISTS (
			SELECT FROM desk.alert a
			WHERE a.rule_id = r.id AND a.ticker = t.ticker AND a.at - n.at < r.cooldown AND n.at - a.at < r.cooldown)}),
	'0', 'what did not fire had an alert within the cooldown');
unlike(PostgreSQL::Test::Utils::slurp_file($node->logfile), qr/deadlock detected/, 'no deadlock');

# Two phases: what is prepared holds its alerts until it is committed.
is( $node->safe_psql('postgres', q{
		TRUNCATE desk.alert;
		BEGIN;
		INSERT INTO news VALUES (1000001, '2027-01-01', 'Intel profit surged to a record and the outlook was raised.');
		PREPARE TRANSACTION 'one';
		BEGIN;
		INSERT INTO news VALUES (1000002, '2028-01-01', 'Boeing profit surged to a record and the outlook was raised.');
		PREPARE TRANSACTION 'two';
		SELECT count(*) FROM desk.alert;
		COMMIT PREPARED 'one';
		ROLLBACK PREPARED 'two';
		SELECT DISTINCT news_key FROM desk.alert;
		SELECT count(*) FROM desk.alert a JOIN desk.alert_rule r ON r.id = a.rule_id WHERE r.cooldown > interval '0'}),
	"0\n1000001\n3", 'alerts in two phases');

$node->stop;
done_testing();
