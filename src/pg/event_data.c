/*
 * event_data.c - what an event study reads: events, prices, the market.
 *
 * Both queries are sorted by ticker and day, bytewise, and merged.  The events,
 * which are few, are held in memory.  Prices, which are many, go by once: of
 * one ticker at a time the days and closes are held; its returns are added to
 * the market's mean of each day; and if the ticker has events, its series goes
 * to a temporary file.  When all prices have passed, the market is known, and
 * the series are read again, each for the events of its ticker.
 *
 * So memory holds the events, one ticker's prices, and one number a day.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/float.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "../stat/sum.h"
#include "event_data.h"
#include "query.h"

/* Bytewise, whatever the database's collation: abbreviated keys, and one order for both queries. */
#define ORDER "q.ticker::pg_catalog.text COLLATE pg_catalog.\"C\", q.day"

/* The market's return of a day. */
typedef struct MarketDay
{
	DateADT day; /* the key */
	FsSum	sum;
	double	n;
} MarketDay;

/* The events, by ticker. */
static void
read_events(FsStudyData *data, const char *query_text)
{
	static const FsQueryColumn columns[] = { { "ticker", TEXTOID, false }, { "day", DATEOID, false } };
	FsQuery					  *query = fs_query_open(query_text, "events", columns, lengthof(columns), ORDER, 0);
	int						   room = 64, ticker_room = 64;

	data->events = palloc(room * sizeof(FsStudyEvent));
	data->tickers = palloc(ticker_room * sizeof(FsStudyTicker));
	while (fs_query_next(query))
	{
		char		  *ticker;
		FsStudyTicker *last = data->ntickers > 0 ? &data->tickers[data->ntickers - 1] : NULL;

		if (query->nulls[0] || query->nulls[1])
			continue;
		ticker = TextDatumGetCString(query->values[0]);
		if (last == NULL || strcmp(last->ticker, ticker) != 0)
		{
			if (data->ntickers == ticker_room)
				data->tickers = repalloc_huge(data->tickers, (ticker_room *= 2) * sizeof(FsStudyTicker));
			last = &data->tickers[data->ntickers++];
			last->ticker = ticker;
			last->first = data->nevents;
			last->n = 0;
		}
		else
			pfree(ticker);
		if (data->nevents == room)
			data->events = repalloc_huge(data->events, (Size) (room *= 2) * sizeof(FsStudyEvent));
		data->events[data->nevents].day = DatumGetDateADT(query->values[1]);
		data->events[data->nevents++].status = FS_STUDY_NO_PRICES;
		last->n++;
	}
	fs_query_close(query);
}

/* ERROR for a price that is none. */
static void
check_close(const FsSeries *series, DateADT day, double close)
{
	if (!isfinite(close) || close <= 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("close of %s on %s must be above 0, not %s", series->ticker,
							   DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(day))),
							   float8out_internal(close))));
	if (DATE_NOT_FINITE(day))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a day of %s is not finite", series->ticker)));
	if (series->n > 0 && series->days[series->n - 1] == day)
		ereport(ERROR, (errcode(ERRCODE_CARDINALITY_VIOLATION),
						errmsg("query \"prices\" has more than one close of %s on %s", series->ticker,
							   DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(day))))));
}

/* Memory of another size, new at first. */
static void *
resize(MemoryContext context, void *memory, Size size)
{
	return memory ? repalloc_huge(memory, size) : MemoryContextAllocHuge(context, size);
}

/* Let a series have room for n days. */
static void
series_room(FsSeries *series, int n)
{
	Size room = Max(series->room, 2048);

	while (room < (Size) n)
		room *= 2;
	if (room == (Size) series->room)
		return;
	series->days = resize(series->context, series->days, room * sizeof(DateADT));
	series->returns = resize(series->context, series->returns, room * sizeof(double));
	series->market = resize(series->context, series->market, room * sizeof(double));
	series->room = (int) room;
}

/* The market's return of a day; NaN if it has none. */
static double
market_return(const FsStudyData *data, DateADT day)
{
	MarketDay *market = hash_search(data->days, &day, HASH_FIND, NULL);

	return market ? fs_sum_value(market->sum) / market->n : NAN;
}

/* All prices of a ticker are there: returns, the market's sums, and the file. */
static void
series_end(FsStudyData *data, FsSeries *series, const FsStudyTicker *events)
{
	bool in_market = data->market == NULL || strcmp(data->market, series->ticker) == 0;

	for (int i = series->n - 1; i > 0; i--)
		series->returns[i] = series->returns[i] / series->returns[i - 1] - 1;
	if (series->n > 0)
		series->returns[0] = NAN;
	data->market_seen |= in_market;
	for (int i = 1; in_market && data->market_wanted && i < series->n; i++)
	{
		bool	   found;
		MarketDay *market = hash_search(data->days, &series->days[i], HASH_ENTER, &found);

		if (!found)
		{
			market->sum.hi = market->sum.lo = 0;
			market->n = 0;
		}
		fs_sum_add(&market->sum, series->returns[i]);
		market->n++;
	}
	if (events)
	{
		int header[2] = { (int) (events - data->tickers), series->n };

		BufFileWrite(data->file, header, sizeof(header));
		BufFileWrite(data->file, series->days, series->n * sizeof(DateADT));
		BufFileWrite(data->file, series->returns, series->n * sizeof(double));
		data->nseries++;
	}
}

/* The events of a ticker, which comes after those asked for before; NULL if it has none. */
static const FsStudyTicker *
next_events(const FsStudyData *data, const char *ticker, int *from)
{
	int order = -1;

	while (*from < data->ntickers && (order = strcmp(data->tickers[*from].ticker, ticker)) < 0)
		(*from)++;
	return *from < data->ntickers && order == 0 ? &data->tickers[*from] : NULL;
}

/* Whether a text is the string. */
static bool
text_is(const text *value, const char *string)
{
	size_t len = strlen(string);

	return VARSIZE_ANY_EXHDR(value) == len && memcmp(VARDATA_ANY(value), string, len) == 0;
}

/* Let all prices pass. */
static void
read_prices(FsStudyData *data, FsSeries *series, const char *query_text)
{
	static const FsQueryColumn columns[] = { { "ticker", TEXTOID, false },
											 { "day", DATEOID, false },
											 { "close", FLOAT8OID, false } };
	FsQuery					  *query = fs_query_open(query_text, "prices", columns, lengthof(columns), ORDER, 0);
	int						   from = 0;

	while (fs_query_next(query))
	{
		DateADT day = DatumGetDateADT(query->values[1]);
		double	close = DatumGetFloat8(query->values[2]);
		text   *ticker;

		if (query->nulls[0] || query->nulls[1] || query->nulls[2])
			continue;
		ticker = DatumGetTextPP(query->values[0]);
		if (series->ticker == NULL || !text_is(ticker, series->ticker))
		{
			if (series->ticker)
			{
				series_end(data, series, next_events(data, series->ticker, &from));
				pfree(series->ticker);
			}
			series->ticker = text_to_cstring(ticker);
			series->n = 0;
		}
		check_close(series, day, close);
		series_room(series, series->n + 1);
		series->days[series->n] = day;
		series->returns[series->n++] = close;
	}
	if (series->ticker)
		series_end(data, series, next_events(data, series->ticker, &from));
	fs_query_close(query);
	if (data->market && !data->market_seen && data->market_wanted)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("query \"prices\" has no close of the market \"%s\"", data->market)));
}

/* Read what must be there. */
static void
file_read(BufFile *file, void *data, size_t size)
{
	if (BufFileRead(file, data, size) != size)
		ereport(ERROR, (errcode_for_file_access(), errmsg("could not read a temporary file")));
}

void
fs_study_read(FsStudyData *data, const char *events, const char *prices)
{
	HASHCTL	 control = { .keysize = sizeof(DateADT), .entrysize = sizeof(MarketDay), .hcxt = CurrentMemoryContext };
	FsSeries series = { .context = CurrentMemoryContext };

	data->days = hash_create("finsent market", 4096, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	read_events(data, events);
	data->file = BufFileCreateTemp(false);
	read_prices(data, &series, prices);
	if (BufFileSeek(data->file, 0, 0, SEEK_SET) != 0)
		ereport(ERROR, (errcode_for_file_access(), errmsg("could not rewind a temporary file")));
	data->series = series;
}

const FsStudyTicker *
fs_study_next(FsStudyData *data)
{
	FsSeries *series = &data->series;
	int		  header[2];

	if (data->nseries == 0)
	{
		BufFileClose(data->file);
		return NULL;
	}
	data->nseries--;
	file_read(data->file, header, sizeof(header));
	series->n = header[1];
	series_room(series, series->n);
	file_read(data->file, series->days, series->n * sizeof(DateADT));
	file_read(data->file, series->returns, series->n * sizeof(double));
	for (int i = 0; i < series->n; i++)
		series->market[i] = market_return(data, series->days[i]);
	return &data->tickers[header[0]];
}
