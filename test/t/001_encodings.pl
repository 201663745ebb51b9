# A text scores the same in every database encoding, and no byte makes a query fail.
use strict;
use warnings;
use utf8;
use Encode;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('encodings');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->start;

# Encoding, Perl's name for it, and the name of the database.
my %encodings = (
	UTF8 => 'UTF-8',
	LATIN1 => 'iso-8859-1',
	WIN1252 => 'cp1252',
	EUC_JP => 'euc-jp',
	SQL_ASCII => 'UTF-8');

for my $encoding (sort keys %encodings)
{
	$node->safe_psql('postgres', "CREATE DATABASE \"$encoding\" ENCODING '$encoding' TEMPLATE template0 LOCALE 'C'");
	$node->safe_psql($encoding, 'CREATE EXTENSION finsent');
}

# The bytes of a text as a literal that the server takes unchecked by psql's own encoding.
sub literal
{
	my ($encoding, $bytes) = @_;
	return sprintf "convert_from('\\x%s', '%s')", unpack('H*', $bytes), $encoding;
}

# Run a query in a database with its own encoding on the client's side.
sub ask
{
	my ($encoding, $query) = @_;
	local $ENV{PGCLIENTENCODING} = $encoding;
	return $node->safe_psql($encoding, $query);
}

# What finsent says about a text, places in characters.
sub reading
{
	my ($encoding, $text) = @_;
	my $body = literal($encoding, encode($encodings{$encoding}, $text));
	return ask($encoding, qq{
		SELECT finsent_score(b), finsent_label(b), finsent_tickers(b),
			(SELECT array_agg((n, pos, len, score)) FROM finsent_sentences(b)),
			(SELECT array_agg((pos, len, rule, weight)) FROM finsent_explain(b)),
			(SELECT array_agg((value, unit, pos, len)) FROM finsent_quantities(b)),
			(SELECT array_agg((metric ~ '^[a-z_]+\$', value, direction, pos, len)) FROM finsent_metrics(b)),
			length(finsent_card_html(b)) > 1000
		FROM (SELECT $body AS b OFFSET 0) AS t});
}

# Evidence and sentences are the original's bytes.
sub misplaced
{
	my ($encoding, $bytes) = @_;
	my $body = literal($encoding, $bytes);
	return ask($encoding, qq{
		SELECT (SELECT count(*) FROM finsent_explain(b) WHERE pos IS NOT NULL AND substr(b, pos, len) <> term)
			+ (SELECT count(*) FROM finsent_sentences(b) WHERE substr(b, pos, len) <> sentence)
		FROM (SELECT $body AS b OFFSET 0) AS t});
}

my %texts = (
	'accents' => [
		"Nestlé said profit surged 45% to a record £5 million. Société Générale's losses widened, its forecast was cut.",
		[qw(UTF8 LATIN1 WIN1252 SQL_ASCII)] ],
	'euro sign and curly quotes' => [
		"\x{20AC}5 million \x{2013} \x{201C}profit surged to a record\x{201D}, it said. Apple\x{2019}s sales fell 3%.",
		[qw(UTF8 WIN1252 SQL_ASCII)] ],
	'ideographs' => [
		"\x{30C8}\x{30E8}\x{30BF} profit surged 45% to a record \x{FF15} million yen. \x{5229}\x{76CA} losses widened at Apple Inc.",
		[qw(UTF8 EUC_JP SQL_ASCII)] ],
	'ASCII' => [ 'Apple Inc profit surged 45% to a record $5 million. Losses widened.', [ sort keys %encodings ] ],
	'long' => [ "Zürich profit surged 45% to a record. Loss widened à la carte. " x 400, [qw(UTF8 LATIN1 WIN1252)] ],
	'long ideographs' => [ "\x{30C8}\x{30E8}\x{30BF} profit surged 45% to a record. " x 400, [qw(UTF8 EUC_JP)] ]);

for my $name (sort keys %texts)
{
	my ($text, $encodings) = @{ $texts{$name} };
	my $expected = reading('UTF8', $text);
	isnt($expected, '', "$name: read in UTF8");
	for my $encoding (@$encodings)
	{
		my $got = reading($encoding, $text);
		# SQL_ASCII counts bytes: compare score, label and tickers alone.
		my $want = $expected;
		if ($encoding eq 'SQL_ASCII')
		{
			($got, $want) = map { join '|', (split /\|/, $_)[ 0 .. 2 ] } $got, $want;
		}
		is($got, $want, "$name: $encoding reads it as UTF8 does");
		is(misplaced($encoding, encode($encodings{$encoding}, $text)), '0', "$name: places in $encoding");
	}
}

# Bytes that are no character, or none that Unicode has, separate words.
my $plain = 'Profit surged 45% to a record. Losses widened.';
my $expected = ask('UTF8', "SELECT finsent_score('$plain')");
my %broken = (
	WIN1252 => [ "\x81", "\x8D\x90", "\x9D" ],
	LATIN1 => [ "\x81", "\xA0", "\x85" ],
	EUC_JP => [ "\xFD\xFE", "\xA9\xA9" ],
	SQL_ASCII => [ "\x81", "\xFF\xFE", "\xC3", "\xE2\x82", "\xF4\x90\x80\x80", "\xED\xA0\x80" ]);
for my $encoding (sort keys %broken)
{
	for my $bytes (@{ $broken{$encoding} })
	{
		(my $broken = $plain) =~ s/ /$bytes/g;
		my $body = literal($encoding, $broken);
		my $name = sprintf '%s: bytes %s', $encoding, unpack('H*', $bytes);
		is(ask($encoding, "SELECT finsent_score($body)"), $expected, "$name separate words");
		is(misplaced($encoding, $broken), '0', "$name do not move places");
		is( ask($encoding, "
				SELECT finsent_summary(b) IS NOT NULL AND finsent_highlight(b) IS NOT NULL AND finsent_card_html(b, b) IS NOT NULL
					AND finsent_analyze(b) IS NOT NULL
				FROM (SELECT $body AS b OFFSET 0) AS t"),
			't', "$name are no error");
	}
}

# A stored generated column takes such rows.
for my $encoding (sort keys %broken)
{
	my $body = literal($encoding, join ' ', $plain, @{ $broken{$encoding} });
	is( ask($encoding, "
			CREATE TABLE news (body text, score float8 GENERATED ALWAYS AS (finsent_score(body)) STORED);
			INSERT INTO news VALUES ($body);
			SELECT score = $expected FROM news"),
		't', "$encoding: a row with such bytes is inserted");
}

# What finsent makes itself and the database cannot hold becomes a question mark, not an error.
like(ask('LATIN1', "SELECT finsent_card_html('Profit surged 45%, Apple Inc said.')"), qr/<html/, 'a card in LATIN1');

# Names and options pass through the database's encoding.
is( ask('LATIN1', 'SELECT finsent_target_score(' . literal('LATIN1', "Soci\xE9t\xE9 profit surged to a record.") . ', '
		. literal('LATIN1', "SOCI\xC9T\xC9") . ') > 0'), 't', 'a target with accents in LATIN1');
is( ask('LATIN1', 'SELECT finsent_highlight(\'Profit surged.\', ' . literal('LATIN1', "StartPos=\xAB, StopPos=\xBB") . ')'
		. ' LIKE ' . literal('LATIN1', "%\xAB%\xBB%")), 't', 'marks with accents in LATIN1');

$node->stop;
done_testing();
