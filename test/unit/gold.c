/*
 * gold.c - evaluates every gold line of test/gold (formats: test/gold/README.md).
 *
 *	gold				one TAP line a gold line that is right or wrong
 *	gold --list			for every line: FILE<tab>LINE<tab>right|wrong<tab>todo|-
 *
 * A line with the mark todo is a known gap: it is reported as a comment, and
 * fails when the code gets it right, so that the mark is taken away.
 */
#define _DEFAULT_SOURCE /* timegm */
#include <time.h>

#include "document.h"
#include "insight.h"
#include "label.h"
#include "period.h"
#include "scan.h"
#include "unit.h"

#define LINE_BYTES 65536
#define MAX_COLUMNS 6
#define WHY_BYTES 4000

static char why[WHY_BYTES]; /* what was found, for a line that fails */

/* Say what was found. */
__attribute__((format(printf, 1, 2))) static void
found(const char *format, ...)
{
	size_t	used = strlen(why);
	va_list args;

	va_start(args, format);
	vsnprintf(why + used, sizeof(why) - used, format, args);
	va_end(args);
}

/* Resolve \n, \r and \t in place. */
static char *
unescape(char *s)
{
	char *out = s;

	for (char *p = s; *p != '\0'; p++)
	{
		if (p[0] == '\\' && p[1] == 'n')
			*out++ = '\n', p++;
		else if (p[0] == '\\' && p[1] == 'r')
			*out++ = '\r', p++;
		else if (p[0] == '\\' && p[1] == 't')
			*out++ = '\t', p++;
		else
			*out++ = *p;
	}
	*out = '\0';
	return s;
}

/* The next piece of *list before the separator, NULL at the end; cuts the list. */
static char *
next_piece(char **list, const char *separator)
{
	char *piece = *list;
	char *at;

	if (piece == NULL)
		return NULL;
	at = strstr(piece, separator);
	if (at)
	{
		*at = '\0';
		*list = at + strlen(separator);
	}
	else
		*list = NULL;
	return piece;
}

/* Read the text as a document without title. */
static const FsDocument *
read_text(const char *text, unsigned wants)
{
	FsText	none = { NULL, 0 };
	FsError error;

	return fs_document_read(unit_arena(), unit_text(text), none, wants, &error);
}

static const char *
class_name(int32_t score)
{
	FsLabel label = fs_label(score);

	return label < FS_NEUTRAL ? "negative" : label > FS_NEUTRAL ? "positive" : "neutral";
}

/* sentence, class, family */
static bool
check_sentiment(char **column)
{
	int32_t score = read_text(column[0], FS_WANT_SCORE)->score;

	found("score %d, %s", score, class_name(score));
	return strcmp(class_name(score), column[1]) == 0;
}

/* sentence, target, class */
static bool
check_target(char **column)
{
	int32_t score = 0;
	FsError error;
	bool	mentioned = fs_target_score(unit_arena(), unit_text(column[0]), unit_text(column[1]), &score, &error);

	if (!mentioned)
		found("not mentioned");
	else
		found("score %d, %s", score, class_name(score));
	return strcmp(mentioned ? class_name(score) : "-", column[2]) == 0;
}

/* A day as days since 2000-01-01; "-" gives false. */
static bool
read_day(const char *s, FsDay *day)
{
	struct tm t = { 0 };

	if (sscanf(s, "%d-%d-%d", &t.tm_year, &t.tm_mon, &t.tm_mday) != 3)
		return false;
	t.tm_year -= 1900;
	t.tm_mon--;
	*day = (FsDay) (timegm(&t) / 86400 - 10957);
	return true;
}

/* period, as_of, first, end */
static bool
check_period(char **column)
{
	FsDay  as_of = 0;
	FsDays right;
	FsDays days;
	bool   known = read_day(column[2], &right.first) && read_day(column[3], &right.end);

	read_day(column[1], &as_of);
	if (!fs_period_resolve(unit_arena(), unit_text(column[0]), as_of, &days))
	{
		found("unknown");
		return !known;
	}
	for (int i = 0; i < 2; i++)
	{
		time_t	  t = ((time_t) (i ? days.end : days.first) + 10957) * 86400;
		struct tm day;

		gmtime_r(&t, &day);
		found("%04d-%02d-%02d ", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
	}
	return known && days.first == right.first && days.end == right.end;
}

/* text with | at every boundary */
static bool
check_sentences(char **column)
{
	uint32_t   ends[64];
	int		   npieces = 0;
	int		   n = 0;
	char	  *out = column[0];
	FsText	   text;
	FsScan	  *scan;
	FsSentence sentence;
	bool	   right = true;

	for (char *p = column[0]; *p != '\0'; p++)
	{
		if (*p == '|')
			ends[npieces++] = (uint32_t) (out - column[0]);
		else
			*out++ = *p;
	}
	*out = '\0';
	ends[npieces++] = (uint32_t) (out - column[0]);
	text = unit_text(column[0]);
	scan = fs_scan_start(unit_arena(), text, 0, text.len);
	for (; fs_scan_next(scan, &sentence); n++)
	{
		right &= n < npieces && sentence.span.start >= (n ? ends[n - 1] : 0) && fs_span_end(sentence.span) <= ends[n];
		found("[%s]", unit_span(text, sentence.span));
	}
	return right && n == npieces;
}

/* text, tokens */
static bool
check_tokens(char **column)
{
	FsText	   text = unit_text(column[0]);
	FsScan	  *scan = fs_scan_start(unit_arena(), text, 0, text.len);
	FsSentence sentence;

	while (fs_scan_next(scan, &sentence))
		for (int i = 0; i < sentence.ntokens; i++)
		{
			char   folded[FS_WORD_BYTES + 8];
			size_t len = fs_token_fold(text, &sentence.tokens[i], folded);

			if (len > 0)
				found("%s%.*s", why[0] ? " " : "", (int) len, folded);
			else
				found("%s%.*s", why[0] ? " " : "", (int) sentence.tokens[i].len,
					  text.data + sentence.tokens[i].start);
		}
	return strcmp(why[0] ? why : "-", column[1]) == 0;
}

/* A decimal as digits. */
static const char *
digits(FsDecimal value)
{
	char *out = unit_alloc(NULL, 64);

	fs_decimal_print(value, out);
	return out;
}

/* A span as the scanner sees it, terminated. */
static const char *
folded(FsText text, FsSpan span)
{
	FsString s = { NULL, 0, 0 };

	fs_append_folded(unit_arena(), &s, text, span);
	fs_append(unit_arena(), &s, "", 1);
	return s.data;
}

/* What a unit is called; "none" without one. */
static const char *
unit_name(FsText text, FsUnitKind kind, const char *currency, FsSpan noun)
{
	const char *name = kind == FS_UNIT_COUNT && noun.len > 0 ? folded(text, noun) : fs_unit_name(kind, currency);

	return name ? name : "none";
}

/* Whether the string starts with a comparator; steps over it. */
static bool
take_comparator(char **s, const char *comparator, bool *same)
{
	static const char *const names[] = { "gt ", "lt ", "ge ", "le ", "approx ", "eq " };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strncmp(*s, names[i], strlen(names[i])) == 0)
		{
			*same =
				strncmp(names[i], comparator, strlen(comparator)) == 0 && strlen(comparator) + 1 == strlen(names[i]);
			*s += strlen(names[i]);
			return true;
		}
	return false;
}

/* text, quantities */
static bool
check_quantities(char **column)
{
	const FsDocument *document = read_text(column[0], FS_WANT_QUANTITIES);
	char			 *list = strcmp(column[1], "-") == 0 ? NULL : column[1];
	char			 *want;
	bool			  right = true;
	uint32_t		  n = 0;

	for (; n < document->nquantities; n++)
	{
		const FsQuantity *q = &document->quantities[n].quantity;
		FsString		  got = { NULL, 0, 0 };

		fs_append_cstr(unit_arena(), &got, digits(q->value));
		if (q->range)
			fs_appendf(unit_arena(), &got, "..%s", digits(q->high));
		fs_appendf(unit_arena(), &got, " %s", unit_name(document->body, q->kind, q->currency, q->noun));
		fs_append(unit_arena(), &got, "", 1);
		found("%s%s %s", n ? "; " : "", fs_comparator_name(q->comparator), got.data);
		want = next_piece(&list, "; ");
		if (want)
		{
			bool same = true;

			take_comparator(&want, fs_comparator_name(q->comparator), &same);
			right &= same && strcmp(want, got.data) == 0;
		}
		else
			right = false;
	}
	return right && next_piece(&list, "; ") == NULL;
}

/* The symbol of a company, "-" if there is none. */
static const char *
symbol_of(FsCompanyId company, const char *symbol)
{
	const char *ticker = company >= 0 ? fs_company_info(company).ticker : symbol;

	return ticker && *ticker ? ticker : "-";
}

/* A field of a metric as finsent_metric gives it; "-" for NULL. */
static const char *
metric_field(FsText text, const FsMetric *m, const char *key)
{
	const char *answer = "-";
	FsSpan		none = { 0, 0 };

	if (strcmp(key, "value") == 0)
		answer = m->has_value ? digits(m->value) : "-";
	else if (strcmp(key, "high") == 0)
		answer = m->has_high ? digits(m->high) : "-";
	else if (strcmp(key, "unit") == 0)
		answer = unit_name(text, m->unit, m->currency, m->noun);
	else if (strcmp(key, "comparator") == 0)
		answer = fs_comparator_name(m->comparator);
	else if (strcmp(key, "direction") == 0)
		answer = fs_direction_name(m->direction);
	else if (strcmp(key, "change") == 0)
		answer = m->has_change ? digits(m->change) : "-";
	else if (strcmp(key, "change_unit") == 0)
		answer = m->has_change
					 ? unit_name(text, m->change_unit, m->change_currency, m->unit == FS_UNIT_COUNT ? m->noun : none)
					 : "-";
	else if (strcmp(key, "prior") == 0)
		answer = m->has_prior ? digits(m->prior) : "-";
	else if (strcmp(key, "period") == 0)
		answer = m->period.len ? unit_span(text, m->period) : "-";
	else if (strcmp(key, "prior_period") == 0)
		answer = m->prior_period.len ? unit_span(text, m->prior_period) : "-";
	else if (strcmp(key, "basis") == 0)
		answer = fs_basis_name(m->basis);
	else if (strcmp(key, "ticker") == 0)
		answer = symbol_of(m->company, m->symbol);
	else
		answer = "(unknown key)";
	return answer && strcmp(answer, "none") != 0 ? answer : "-";
}

/* text, metrics */
static bool
check_metrics(char **column)
{
	static const char *const shown[] = { "value",		"high",	 "unit",   "direction", "change",
										 "change_unit", "prior", "period", "basis",		"ticker" };
	const FsDocument		*document = read_text(column[0], FS_WANT_METRICS);
	char					*list = strcmp(column[1], "-") == 0 ? NULL : column[1];
	bool					 right = true;
	bool					 open = false;

	for (uint32_t n = 0; n < document->nmetrics; n++)
	{
		const FsMetric *m = &document->metrics[n];
		const char	   *name = m->name ? m->name : folded(document->body, m->name_span);
		char		   *row = open ? NULL : next_piece(&list, "; ");
		char		   *field;

		found("%s%s", n ? "; " : "", name);
		for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		{
			const char *value = metric_field(document->body, m, shown[i]);

			if (strcmp(value, "-") != 0)
				found(", %s=%s", shown[i], value);
		}
		if (row && strcmp(row, "...") == 0)
			open = true;
		if (open)
			continue;
		field = next_piece(&row, ", ");
		right &= field != NULL && strcmp(field, name) == 0;
		while ((field = next_piece(&row, ", ")) != NULL)
		{
			char *value = field;
			char *key = next_piece(&value, "=");

			right &= value != NULL && strcmp(metric_field(document->body, m, key), value) == 0;
		}
	}
	list = open ? NULL : list;
	return right && (list == NULL || strcmp(list, "...") == 0);
}

/* Whether a list separated by blanks has the word. */
static bool
has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = list; (p = strstr(p, word)) != NULL; p++)
		if ((p == list || p[-1] == ' ') && (p[len] == '\0' || p[len] == ' '))
			return true;
	return false;
}

/* text, expected, forbidden */
static bool
check_tickers(char **column)
{
	const FsDocument *document = read_text(column[0], FS_WANT_COMPANIES);
	char			 *expected = strcmp(column[1], "-") == 0 ? NULL : column[1];
	const char		 *forbidden = column[2];
	bool			  only = strcmp(forbidden, "*") == 0;
	bool			  right = true;

	for (uint32_t i = 0; i < document->ncompanies; i++)
	{
		const FsDocumentCompany *c = &document->companies[i];
		const char				*symbol = symbol_of(c->company, c->symbol);

		if (strcmp(symbol, "-") == 0 || c->confidence < 500)
			continue;
		found("%s%s", why[0] ? " " : "", symbol);
		right &= only ? expected != NULL && has_word(expected, symbol) : !has_word(forbidden, symbol);
	}
	for (char *symbol; (symbol = next_piece(&expected, " ")) != NULL;)
		right &= has_word(why, symbol);
	return right;
}

/* text, read or unread */
static bool
check_language(char **column)
{
	bool readable = read_text(column[0], FS_WANT_SCORE)->readable;

	found("%s", readable ? "read" : "unread");
	return strcmp(why, column[1]) == 0;
}

/* text, insights */
static bool
check_insights(char **column)
{
	const FsDocument *document = read_text(column[0], FS_WANT_SCORE | FS_WANT_COMPANIES);
	uint32_t		  n;
	const FsInsight	 *insights = fs_insights(unit_arena(), document, &n);
	char			 *list = strcmp(column[1], "-") == 0 ? NULL : column[1];
	bool			  right = true;
	bool			  open = false;
	bool			 *used = unit_alloc(NULL, n + 1);

	memset(used, 0, n + 1);
	for (uint32_t i = 0; i < n; i++)
	{
		found("%s%s", i ? "; " : "", fs_insight_kind_name(insights[i].kind));
		if (insights[i].has_months)
			found(" %d-%d", insights[i].months_low, insights[i].months_high);
	}
	for (char *row; (row = next_piece(&list, "; ")) != NULL;)
	{
		char *months = row;
		char *kind = next_piece(&months, " ");
		bool  there = false;

		if (strcmp(row, "*") == 0)
		{
			open = true;
			continue;
		}
		for (uint32_t i = 0; i < n && !there; i++)
		{
			char got[40];

			snprintf(got, sizeof(got), "%d-%d", insights[i].months_low, insights[i].months_high);
			there = !used[i] && strcmp(kind, fs_insight_kind_name(insights[i].kind)) == 0 &&
					(months == NULL || (insights[i].has_months && strcmp(months, got) == 0));
			used[i] |= there;
		}
		right &= there;
	}
	for (uint32_t i = 0; i < n; i++)
		right &= open || used[i];
	return right;
}

static const struct
{
	const char *file;
	int			columns; /* without todo */
	bool (*check)(char **column);
} kinds[] = {
	{ "sentences", 1, check_sentences }, { "tokens", 2, check_tokens },		{ "quantities", 2, check_quantities },
	{ "metrics", 2, check_metrics },	 { "tickers", 3, check_tickers },	{ "sentiment", 3, check_sentiment },
	{ "target", 3, check_target },		 { "language", 2, check_language }, { "insights", 2, check_insights },
	{ "periods", 4, check_period },
};

/* Evaluate one line; whether it is right.  Prints nothing. */
static bool
evaluate(size_t kind, char *line, bool *todo, bool *malformed)
{
	char *column[MAX_COLUMNS + 1];
	int	  n = 0;
	char *rest = line;

	for (char *piece; n <= MAX_COLUMNS && (piece = next_piece(&rest, "\t")) != NULL;)
		column[n++] = piece;
	*todo = n > 1 && strcmp(column[n - 1], "todo") == 0;
	n -= *todo;
	*malformed = n != kinds[kind].columns;
	/* forbidden tickers may be left out */
	if (*malformed && kinds[kind].check == check_tickers && n == 2)
	{
		column[2] = "-";
		*malformed = false;
	}
	if (*malformed)
		return false;
	unescape(column[0]);
	return kinds[kind].check(column);
}

/* Evaluate a file. */
static void
run_file(size_t kind, bool list)
{
	char		path[100];
	static char line[LINE_BYTES];
	FILE	   *file;
	int			gaps = 0;

	snprintf(path, sizeof(path), "test/gold/%s.tsv", kinds[kind].file);
	file = fopen(path, "r");
	if (file == NULL)
		return;
	for (int number = 1; fgets(line, sizeof(line), file); number++)
	{
		char   name[160];
		bool   todo;
		bool   malformed;
		bool   right;
		size_t cut;

		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		snprintf(name, sizeof(name), "%s %d: %.100s", kinds[kind].file, number, line);
		cut = strlen(name);
		while (cut > 0 && ((unsigned char) name[cut - 1] & 0xC0) == 0x80)
			cut--; /* whole characters only */
		if (cut > 0 && (unsigned char) name[cut - 1] >= 0xC0)
			name[cut - 1] = '\0';
		for (char *p = name; *p; p++)
			if (*p == '\t')
				*p = ' ';
		why[0] = '\0';
		right = evaluate(kind, line, &todo, &malformed);
		if (list)
			printf("%s\t%d\t%s\t%s\n", kinds[kind].file, number, right ? "right" : "wrong", todo ? "todo" : "-");
		else if (malformed)
			unit_fault(path, number, "not %d columns", kinds[kind].columns);
		else if (!todo && !right)
			unit_fault(path, number, "found: %s", why);
		else if (todo && right)
			unit_fault(path, number, "is right now: take the mark todo away");
		gaps += todo && !right;
		if (list || (todo && !right))
		{
			/* no result: forget the line's memory only */
			unit.arena_open = false;
			while (unit.nblocks > 0)
				free(unit.blocks[--unit.nblocks]);
		}
		else
			unit_end(name);
	}
	if (!list)
		printf("# %s: %d known gaps\n", kinds[kind].file, gaps);
	fclose(file);
}

int
main(int argc, char **argv)
{
	bool list = argc > 1 && strcmp(argv[1], "--list") == 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		run_file(i, list);
	return list ? 0 : unit_done();
}
