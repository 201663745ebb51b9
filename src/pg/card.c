/*
 * card.c - SQL functions of the group Card.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "parser/scansup.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "../core/card.h"
#include "../core/highlight.h"
#include "../core/insight.h"
#include "compat.h"
#include "env.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_summary);
PG_FUNCTION_INFO_V1(finsent_insights);
PG_FUNCTION_INFO_V1(finsent_highlight);
PG_FUNCTION_INFO_V1(finsent_card_html);

#define SENTENCES_MAX 1000

/* Column of finsent_insight whose type is looked at. */
#define COLUMN_MONTHS 3

/* The argument sentences; ERROR unless it is a number that makes sense. */
static uint32_t
get_sentences(FunctionCallInfo fcinfo, int argument)
{
	int32 value = PG_ARGISNULL(argument) ? 0 : PG_GETARG_INT32(argument);

	if (value < 1 || value > SENTENCES_MAX)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("sentences must be between 1 and %d, not %s", SENTENCES_MAX,
							   PG_ARGISNULL(argument) ? "null" : psprintf("%d", value))));
	return (uint32_t) value;
}

/* finsent_summary(body, sentences) */
Datum
finsent_summary(PG_FUNCTION_ARGS)
{
	FsReading reading;
	uint32_t  sentences = get_sentences(fcinfo, 1);
	text	 *result;

	if (!fs_pg_open(&reading, fcinfo, 0, -1))
		PG_RETURN_NULL();
	result = fs_pg_summary(&reading, fs_pg_document(&reading, FS_WANT_SCORE | FS_WANT_COMPANIES | FS_WANT_DIGEST),
						   sentences);
	fs_pg_close(&reading);
	PG_RETURN_TEXT_P(result);
}

/* Symbols of the companies that an insight names, those without one left out. */
static Datum
insight_tickers(FsReading *reading, const FsInsight *insight)
{
	Datum *symbols = palloc((insight->ncompanies + 1) * sizeof(Datum));
	int	   n = 0;

	for (uint32_t i = 0; i < insight->ncompanies; i++)
	{
		const char *symbol = fs_pg_symbol(reading->knowledge, insight->companies[i], NULL);

		if (symbol && *symbol)
			symbols[n++] = PointerGetDatum(fs_pg_text(reading, symbol, strlen(symbol)));
	}
	return fs_pg_text_array(symbols, n);
}

/* A horizon in months as a range, both ends counted. */
static Datum
months_range(TypeCacheEntry *type, int32_t low, int32_t high)
{
	RangeBound lower = { Int32GetDatum(low), false, true, true };
	RangeBound upper = { Int32GetDatum(high), false, true, false };

	return RangeTypePGetDatum(fs_pg_make_range(type, &lower, &upper));
}

/* finsent_insights(body) */
Datum
finsent_insights(PG_FUNCTION_ARGS)
{
	FsReading		  reading;
	FsRowSet		  rows;
	TypeCacheEntry	 *months;
	const FsDocument *document;
	const FsInsight	 *insights;
	uint32_t		  n;

	fs_rows_start(&rows, fcinfo);
	if (!fs_pg_open(&reading, fcinfo, 0, -1))
		return (Datum) 0;
	months = lookup_type_cache(fs_rows_column_type(&rows, COLUMN_MONTHS), TYPECACHE_RANGE_INFO);
	document = fs_pg_document(&reading, FS_WANT_SCORE | FS_WANT_COMPANIES);
	insights = fs_insights(&reading.arena, document, &n);
	for (uint32_t i = 0; i < n; i++)
	{
		const FsInsight *insight = &insights[i];
		FsRow			*row = fs_rows_next(&rows);

		fs_row_string(row, &reading, fs_insight_kind_name(insight->kind));
		fs_row_span(row, &reading, insight->span);
		fs_row_datum(row, insight_tickers(&reading, insight));
		if (insight->has_months)
			fs_row_datum(row, months_range(months, insight->months_low, insight->months_high));
		else
			fs_row_null(row);
		fs_row_float(row, fs_pg_score(insight->score));
		fs_row_place(row, &reading, insight->span);
		fs_rows_add(&rows);
	}
	fs_rows_end(&rows);
	fs_pg_close(&reading);
	return (Datum) 0;
}

/* Options of finsent_highlight and what each allows, for messages. */
static const struct
{
	const char *name;
	const char *allowed;
} option_rules[] = {
	{ "StartPos", "a text, in double quotes if it holds a comma" },
	{ "StopPos", "a text, in double quotes if it holds a comma" },
	{ "StartNeg", "a text, in double quotes if it holds a comma" },
	{ "StopNeg", "a text, in double quotes if it holds a comma" },
	{ "MaxFragments", "a number from 0 to " CppAsString2(FS_FRAGMENTS_MAX) },
	{ "MaxWords", "a number from 1 to " CppAsString2(FS_FRAGMENT_WORDS_MAX) },
	{ "HighlightTickers", "true or false" },
	{ "HighlightMetrics", "true or false" },
	{ "Escape", "true or false" },
};

/* A piece of the options for a message: terminated, in the database's encoding, cut where it is long. */
static char *
option_piece(FsReading *reading, uint32_t start, uint32_t end)
{
	FsText piece = fs_pg_original(&reading->arena, &reading->extra, (FsSpan){ start, end - start });

	return pnstrdup(piece.data, pg_mbcliplen(piece.data, (int) piece.len, NAMEDATALEN));
}

/* Start and end of the option name before the value at a byte; an empty stretch if none is. */
static void
option_name(FsText options, uint32_t value, uint32_t *start, uint32_t *end)
{
	*end = value;
	while (*end > 0 && scanner_isspace(options.data[*end - 1]))
		--*end;
	if (*end == 0 || options.data[*end - 1] != '=')
	{
		*start = *end;
		return;
	}
	do
		--*end;
	while (*end > 0 && scanner_isspace(options.data[*end - 1]));
	for (*start = *end; *start > 0 && options.data[*start - 1] != ','; --*start)
		;
	while (*start < *end && scanner_isspace(options.data[*start]))
		++*start;
}

/* ERROR for an option: names it and says what is allowed. */
static void
fail_option(FsReading *reading, FsError error)
{
	FsText		   options = reading->extra.text;
	char		  *fault = option_piece(reading, error.offset, error.offset + error.length);
	char		  *name = fault;
	char		  *value = "";
	StringInfoData names;
	uint32_t	   start;
	uint32_t	   end;

	option_name(options, error.offset, &start, &end);
	if (end > start)
	{
		name = option_piece(reading, start, end);
		value = fault;
	}
	initStringInfo(&names);
	for (size_t i = 0; i < lengthof(option_rules); i++)
	{
		if (pg_strcasecmp(name, option_rules[i].name) == 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("highlight option %s must be %s, not \"%s\"", option_rules[i].name,
								   option_rules[i].allowed, value)));
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", option_rules[i].name);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unknown name \"%s\" in highlight options", name),
			 errdetail("The options are %s.", names.data),
			 errhint("Options are written Name=value, with commas between them.")));
}

/* finsent_highlight(body, options) */
Datum
finsent_highlight(PG_FUNCTION_ARGS)
{
	FsReading		   reading;
	FsHighlightOptions options;
	FsError			   error = { FS_OK, 0, 0 };
	unsigned		   wants = FS_WANT_EVIDENCE;
	FsString		   marked;
	text			  *result;

	if (!fs_pg_open(&reading, fcinfo, 0, -1))
		PG_RETURN_NULL();
	fs_pg_fetch_extra(&reading, fcinfo, 1, "options");
	if (!fs_highlight_options(&reading.arena, reading.extra.text, &options, &error))
		fail_option(&reading, error);
	if (options.tickers)
		wants |= FS_WANT_COMPANIES;
	if (options.metrics)
		wants |= FS_WANT_METRICS;
	marked = fs_highlight(&reading.arena, fs_pg_document(&reading, wants), &options);
	result = fs_pg_text(&reading, marked.data, marked.len);
	fs_pg_close(&reading);
	PG_RETURN_TEXT_P(result);
}

/* finsent_card_html(body, title) */
Datum
finsent_card_html(PG_FUNCTION_ARGS)
{
	FsReading reading;
	FsString  page;
	text	 *result;

	if (!fs_pg_open(&reading, fcinfo, 0, 1))
		PG_RETURN_NULL();
	page = fs_card_html(&reading.arena, fs_pg_document(&reading, FS_WANT_ALL));
	result = fs_pg_text(&reading, page.data, page.len);
	fs_pg_close(&reading);
	PG_RETURN_TEXT_P(result);
}
