# What make demo prints: the sample news, and the card of a file, whatever is in it.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('demo');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION finsent');
$ENV{PGCLIENTENCODING} = 'UTF8';

# Run psql on a file of the demo; its output, with what it says on standard error.
sub output_of
{
	my (@options) = @_;
	my ($stdout, $stderr) = ('', '');
	my $ok = IPC::Run::run([ 'psql', '-X', '-v', 'ON_ERROR_STOP=1', @options, $node->connstr('postgres') ],
		'<', \undef, '>', \$stdout, '2>', \$stderr);
	return ($ok, $stdout, $stderr);
}

# The card of a text.
sub card_of
{
	my ($text) = @_;
	my $file = "$PostgreSQL::Test::Utils::tmp_check/story.txt";
	open my $handle, '>:raw', $file or die "$file: $!";
	print $handle $text;
	close $handle;
	return output_of('-v', "file=$file", '-f', 'demo/card.sql');
}

my $pages = $PostgreSQL::Test::Utils::tmp_check;
my ($ok, $stdout, $stderr) = output_of('-v', "pages=$pages", '-f', 'demo/demo.sql');
ok($ok, 'the demo runs to its end');
is($stderr, '', 'without a warning');
like($stdout, qr/\| *score *\||│ *score *│/, 'it shows a table of scores');
like($stdout, qr/Overall sentiment +(strongly|moderately|mildly) positive/, 'a card with its sentiment');
like($stdout, qr/Ticker sentiment/, 'the sentiment toward companies');
like($stdout, qr/Insights/, 'insights');
like($stdout, qr/same sign/, 'and a join with prices');
like($stdout, qr/total .*±/, 'a portfolio with the error of its total');
like($stdout, qr/SYNTHETIC/, 'an event study that says its data are synthetic');
like($stdout, qr/good news │ \+0 +│ +\d+ │ \+\d\.\d\d %/, 'on the day of good news prices rise');
like($stdout, qr/bad news +│ \+0 +│ +\d+ │ -\d\.\d\d %.*< 0\.0001/, 'on that of bad news they fall, significantly');

for my $page ('card.html', 'report.html')
{
	like(slurp_file("$pages/$page"), qr/\A<!DOCTYPE html>.*<h1.*<\/html>\s*\z/s, "it writes the page $page");
	like($stdout, qr/\Q$pages\E\/\Q$page\E/, "and says where $page is");
}
($ok, $stdout, $stderr) = output_of('-f', 'demo/demo.sql');
ok($ok && $stdout !~ /\.html/, 'without a folder for pages it writes none') or diag $stderr;

($ok, $stdout, $stderr) = output_of('-f', 'demo/views.sql');
ok($ok, 'the views of docs/research.md run') or diag $stderr;
is($stderr, '', 'without a warning');
like($stdout, qr/sector .*Semiconductors.*ticker .*sentiment .*news .*move %/s, 'each has rows');

($ok, $stdout, $stderr) = card_of("Boeing (NYSE: BA) cut its outlook\n\nBoeing's free cash flow fell to \$1.2 billion from "
	. "\$2.6 billion a year ago. It's 'bad'; the key risk over the next 3-6 months is a further delay.\n");
ok($ok, 'the card of a file') or diag $stderr;
like($stdout, qr/Overall sentiment +(strongly|moderately|mildly) negative/, 'says how bad the news is');
like($stdout, qr/\bBA\b/, 'for whom');
like($stdout, qr/free cash flow.*1\.2 bn/, 'by which numbers');
like($stdout, qr/3-6 months/, 'with its horizon');

for (['an empty file', ''], ['blanks', " \n\t\n"], ['bytes that are no UTF-8', "\xff\xfeProfit\x80 rose \xc3 12%.\n"],
	['quotes and backslashes', "Profit 'rose' \\d \"12%\" :file :'title' \$\$ ; --\n"], ['a page', "<p>Profit <b>rose</b> 12%.</p>\n"])
{
	my ($name, $text) = @$_;
	($ok, $stdout, $stderr) = card_of($text);
	ok($ok, "the card of $name") or diag $stderr;
	like($stdout, qr/Overall sentiment/, "$name: has a sentiment");
}

$node->stop;
done_testing();
