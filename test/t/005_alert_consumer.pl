# The example consumer: hears of alerts, and loses none when it is killed.
use strict;
use warnings;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $python = (grep { system("$_ -c 'import psycopg' 2>/dev/null") == 0 } '/usr/bin/python3', 'python3')[0];
plan skip_all => 'no psycopg' unless $python;

my $node = PostgreSQL::Test::Cluster->new('consumer');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION finsent;
	SELECT finsent_create_workspace('Desk "1"');
	CREATE TABLE news (id int PRIMARY KEY, at timestamptz, body text);
	CREATE TRIGGER alerts AFTER INSERT OR UPDATE ON news FOR EACH ROW
		EXECUTE FUNCTION finsent_alert_trigger('workspace=Desk "1"', 'key=id', 'body=body', 'at=at');
	INSERT INTO "Desk ""1""".alert_rule (name, threshold, channel) VALUES ('strong', 0.3, 'Strong "news"')});

sub insert
{
	my ($id, $company) = @_;
	$node->safe_psql('postgres', "INSERT INTO news VALUES ($id, '2026-03-02 10:00+00', '$company profit surged to a record.')");
}

# Start a consumer; what it says comes into the buffer.
sub consumer
{
	my ($name, $out) = @_;
	return IPC::Run::start([ $python, 'demo/listen.py', $node->connstr('postgres'), 'Desk "1"', $name, 'Strong "news"' ],
		'>', $out, '2>', \my $err, IPC::Run::timeout(60));
}

insert(1, 'Intel');
my $out = '';
my $first = consumer('first', \$out);
$first->pump until $out =~ /INTC.*\n/;
pass('what was there before it started');
$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM "Desk ""1""".alert WHERE acked_at IS NOT NULL})
	or die 'not acknowledged';
insert(2, 'Boeing');
my $begin = time;
$first->pump until $out =~ /BA.*\n/;
cmp_ok(time - $begin, '<', 30, 'woken by the notification');
is(() = $out =~ /\n/g, 2, 'each once');
$node->poll_query_until('postgres', q{SELECT count(*) = 2 FROM "Desk ""1""".alert WHERE acked_at IS NOT NULL})
	or die 'not acknowledged';
$first->kill_kill;

# One that took an alert and died before it acknowledged it.
insert(3, 'Intel');
is($node->safe_psql('postgres', q{SELECT ticker, taken_by FROM finsent_alert_take('Desk "1"', 'dead', 10)}), 'INTC|dead', 'taken');
my $again = '';
insert(4, 'Boeing');
my $second = consumer('second', \$again);
$second->pump until $again =~ /BA.*\n/;
unlike($again, qr/INTC/, 'within the timeout it is the other\'s');
$second->kill_kill;
$node->safe_psql('postgres', q{UPDATE "Desk ""1""".alert SET taken_at = taken_at - interval '1 minute' WHERE taken_by = 'dead'});
my $third = consumer('third', \$again);
$third->pump until $again =~ /INTC.*\n/;
pass('after the timeout it comes again');
$third->kill_kill;
is($node->safe_psql('postgres', q{SELECT count(*), count(DISTINCT news_key) FROM "Desk ""1""".alert}), '4|4', 'four alerts in all');

$node->stop;
done_testing();
