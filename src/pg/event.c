/*
 * event.c - SQL functions of the group Research: event study.
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
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/buffile.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/float.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "../stat/event.h"
#include "../stat/student.h"
#include "compat.h"
#include "query.h"
#include "result.h"
#include "state.h"

PG_FUNCTION_INFO_V1(finsent_event_study);
PG_FUNCTION_INFO_V1(finsent_event_returns);

/* Days before and after an event, of an estimation window and of its distance. */
#define MAX_DAYS 10000

/* An event takes the first trading day from its own, at most so many days later. */
#define MAX_WAIT_DAYS 7

/* Names that a message lists. */
#define NAMED 10

/* Bytewise, whatever the database's collation: abbreviated keys, and one order for both queries. */
#define ORDER "q.ticker::pg_catalog.text COLLATE pg_catalog.\"C\", q.day"

/* What became of an event. */
typedef enum EventStatus
{
	EVENT_USED,
	EVENT_NO_PRICES, /* the ticker has none */
	EVENT_NO_DAY,	 /* the ticker has no price within a week of it */
	EVENT_TOO_EARLY, /* too few days before it */
	EVENT_NO_MARKET	 /* too few days on which the market has a return, or it does not move */
} EventStatus;

#define STATUSES (EVENT_NO_MARKET + 1)

static const char *const status_names[STATUSES] = { "used", "no prices", "no price within a week of the event",
													"too few days before the event",
													"no model: the market has no returns or does not move" };

typedef struct Event
{
	DateADT		day;
	EventStatus status;
} Event;

/* A ticker's events: a part of the list of all. */
typedef struct EventTicker
{
	char *ticker;
	int	  first;
	int	  n;
} EventTicker;

/* The market's return of a day. */
typedef struct MarketDay
{
	DateADT day; /* the key */
	FsSum	sum;
	double	n;
} MarketDay;

/* One ticker's prices. */
typedef struct Series
{
	char		 *ticker;
	int			  n;
	int			  room;
	DateADT		 *days;
	double		 *returns; /* of the day; closes while they are read */
	double		 *market;
	MemoryContext context;
} Series;

/* Figures of a day of the event window, over events. */
typedef struct StudyDay
{
	FsEventSums abnormal;
	FsEventSums standardised;
	FsEventSums cumulated; /* from the first day of the window to this one, of events that have them all */
} StudyDay;

typedef struct Study
{
	int			 before, after, estimation, gap;
	FsEventModel model;
	char		*market; /* ticker; NULL: mean of all */
	int			 nevents;
	Event		*events;
	int			 ntickers;
	EventTicker *tickers;
	HTAB		*days; /* MarketDay */
	bool		 market_seen;
	BufFile		*file; /* series of tickers with events */
	int			 nseries;
	StudyDay	*window;
	FsRowSet	*rows; /* of finsent_event_returns, else NULL */
} Study;

/* A whole number in an argument; SQLSTATE 22023 unless it is in range. */
static int
get_days(FunctionCallInfo fcinfo, int number, const char *name, int least)
{
	int value = PG_ARGISNULL(number) ? -1 : PG_GETARG_INT32(number);

	if (value < least || value > MAX_DAYS)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be between %d and %d, not %s", name, least, MAX_DAYS,
							   PG_ARGISNULL(number) ? "null" : psprintf("%d", value))));
	return value;
}

/* The model of a name. */
static FsEventModel
get_model(const char *name)
{
	static const char *const names[][3] = { [FS_EVENT_MEAN] = { "mean", "mean_adjusted", "mean-adjusted" },
											[FS_EVENT_MARKET_ADJUSTED] = { "market_adjusted", "market-adjusted", "" },
											[FS_EVENT_MARKET] = { "market", "", "" } };

	for (FsEventModel model = FS_EVENT_MEAN; model <= FS_EVENT_MARKET; model++)
		for (int i = 0; i < 3; i++)
			if (*name && strcmp(name, names[model][i]) == 0)
				return model;
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("model must be mean, market_adjusted or market, not \"%s\"", name)));
}

/* The arguments but for the queries. */
static void
get_arguments(Study *study, FunctionCallInfo fcinfo)
{
	study->before = get_days(fcinfo, 2, "before", 0);
	study->after = get_days(fcinfo, 3, "after", 0);
	study->model = get_model(PG_ARGISNULL(4) ? "null" : text_to_cstring(PG_GETARG_TEXT_PP(4)));
	study->market = PG_ARGISNULL(5) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(5));
	/* Without a model's parameters an estimation window only serves the standardised test. */
	study->estimation = get_days(fcinfo, 6, "estimation", study->model == FS_EVENT_MARKET_ADJUSTED ? 0 : 3);
	study->gap = get_days(fcinfo, 7, "gap", 1);
	if (study->gap <= study->before)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("gap must be greater than before, which is %d, not %d", study->before, study->gap),
				 errdetail("The estimation window ends gap days before the event and must not overlap the days "
						   "that are studied.")));
}

/* The events, by ticker. */
static void
read_events(Study *study, const char *query_text)
{
	static const FsQueryColumn columns[] = { { "ticker", TEXTOID, false }, { "day", DATEOID, false } };
	FsQuery					  *query = fs_query_open(query_text, "events", columns, lengthof(columns), ORDER, 0);
	int						   room = 64, ticker_room = 64;

	study->events = palloc(room * sizeof(Event));
	study->tickers = palloc(ticker_room * sizeof(EventTicker));
	while (fs_query_next(query))
	{
		char		*ticker;
		EventTicker *last = study->ntickers > 0 ? &study->tickers[study->ntickers - 1] : NULL;

		if (query->nulls[0] || query->nulls[1])
			continue;
		ticker = TextDatumGetCString(query->values[0]);
		if (last == NULL || strcmp(last->ticker, ticker) != 0)
		{
			if (study->ntickers == ticker_room)
				study->tickers = repalloc_huge(study->tickers, (ticker_room *= 2) * sizeof(EventTicker));
			last = &study->tickers[study->ntickers++];
			last->ticker = ticker;
			last->first = study->nevents;
			last->n = 0;
		}
		else
			pfree(ticker);
		if (study->nevents == room)
			study->events = repalloc_huge(study->events, (Size) (room *= 2) * sizeof(Event));
		study->events[study->nevents].day = DatumGetDateADT(query->values[1]);
		study->events[study->nevents++].status = EVENT_NO_PRICES;
		last->n++;
	}
	fs_query_close(query);
}

/* ERROR for a price that is none. */
static void
check_close(const Series *series, DateADT day, double close)
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
series_room(Series *series, int n)
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
market_return(const Study *study, DateADT day)
{
	MarketDay *market = hash_search(study->days, &day, HASH_FIND, NULL);

	return market ? fs_sum_value(market->sum) / market->n : NAN;
}

/* All prices of a ticker are there: returns, the market's sums, and the file. */
static void
series_end(Study *study, Series *series, const EventTicker *events)
{
	bool in_market = study->market == NULL || strcmp(study->market, series->ticker) == 0;

	for (int i = series->n - 1; i > 0; i--)
		series->returns[i] = series->returns[i] / series->returns[i - 1] - 1;
	if (series->n > 0)
		series->returns[0] = NAN;
	study->market_seen |= in_market;
	for (int i = 1; in_market && study->model != FS_EVENT_MEAN && i < series->n; i++)
	{
		bool	   found;
		MarketDay *market = hash_search(study->days, &series->days[i], HASH_ENTER, &found);

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
		int header[2] = { (int) (events - study->tickers), series->n };

		BufFileWrite(study->file, header, sizeof(header));
		BufFileWrite(study->file, series->days, series->n * sizeof(DateADT));
		BufFileWrite(study->file, series->returns, series->n * sizeof(double));
		study->nseries++;
	}
}

/* The events of a ticker, which comes after those asked for before; NULL if it has none. */
static const EventTicker *
next_events(const Study *study, const char *ticker, int *from)
{
	int order = -1;

	while (*from < study->ntickers && (order = strcmp(study->tickers[*from].ticker, ticker)) < 0)
		(*from)++;
	return *from < study->ntickers && order == 0 ? &study->tickers[*from] : NULL;
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
read_prices(Study *study, Series *series, const char *query_text)
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
				series_end(study, series, next_events(study, series->ticker, &from));
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
		series_end(study, series, next_events(study, series->ticker, &from));
	fs_query_close(query);
	if (study->market && !study->market_seen && study->model != FS_EVENT_MEAN)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("query \"prices\" has no close of the market \"%s\"", study->market)));
}

/* Read what must be there. */
static void
file_read(BufFile *file, void *data, size_t size)
{
	if (BufFileRead(file, data, size) != size)
		ereport(ERROR, (errcode_for_file_access(), errmsg("could not read a temporary file")));
}

/* A series from the file, with the market's return of each day. */
static EventTicker *
series_read(const Study *study, Series *series)
{
	int header[2];

	file_read(study->file, header, sizeof(header));
	series->n = header[1];
	series_room(series, series->n);
	file_read(study->file, series->days, series->n * sizeof(DateADT));
	file_read(study->file, series->returns, series->n * sizeof(double));
	for (int i = 0; i < series->n; i++)
		series->market[i] = market_return(study, series->days[i]);
	return &study->tickers[header[0]];
}

/* The place of the first day of the series that is not before the event; n if there is none near. */
static int
find_day(const Series *series, DateADT day)
{
	int low = 0, high = series->n;

	while (low < high)
	{
		int middle = low + (high - low) / 2;

		if (series->days[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < series->n && (int64) series->days[low] - day <= MAX_WAIT_DAYS ? low : series->n;
}

/* One row of finsent_event_returns. */
static void
add_return(const Study *study, const EventTicker *ticker, const Event *event, const Series *series, int place,
		   int day, double abnormal, double standardised)
{
	FsRow *row = fs_rows_next(study->rows);

	fs_row_text(row, cstring_to_text(ticker->ticker));
	fs_row_datum(row, DateADTGetDatum(event->day));
	fs_row_text(row, cstring_to_text(status_names[event->status]));
	if (event->status == EVENT_USED)
	{
		fs_row_int(row, day);
		fs_row_datum(row, DateADTGetDatum(series->days[place]));
		fs_row_number(row, series->returns[place]);
		fs_row_number(row, series->returns[place] - abnormal);
		fs_row_number(row, abnormal);
		fs_row_number(row, standardised);
	}
	fs_rows_add(study->rows);
}

/* Estimate the model of an event at a place of its series. */
static EventStatus
fit_event(const Study *study, const Series *series, int place, FsEventFit *fit)
{
	/* The first day of the series has no return. */
	int first = place - study->gap - study->estimation + 1;

	if (study->estimation == 0)
		first = 0;
	else if (first < 1)
		return EVENT_TOO_EARLY;
	if (!fs_event_fit(fit, study->model, series->returns + first, series->market + first, study->estimation) ||
		fit->n * 2 < study->estimation)
		return EVENT_NO_MARKET;
	return EVENT_USED;
}

/* One event: its days are added to the figures. */
static void
study_event(const Study *study, const EventTicker *ticker, Event *event, const Series *series)
{
	FsEventFit fit;
	int		   place = find_day(series, event->day);
	FsSum	   cumulated = { 0, 0 };
	bool	   whole = true;

	event->status = place == series->n ? EVENT_NO_DAY : fit_event(study, series, place, &fit);
	for (int day = -study->before; event->status == EVENT_USED && day <= study->after; day++)
	{
		int		  at = place + day;
		StudyDay *figures = &study->window[day + study->before];
		double	  abnormal, standardised;

		abnormal = at < 0 || at >= series->n ? NAN : fs_event_abnormal(&fit, series->returns[at], series->market[at]);
		if (isnan(abnormal))
		{
			whole = false;
			continue;
		}
		fs_event_sums_add(&figures->abnormal, abnormal);
		standardised = fs_event_standardised(&fit, abnormal, series->market[at]);
		if (!isnan(standardised))
			fs_event_sums_add(&figures->standardised, standardised);
		fs_sum_add(&cumulated, abnormal);
		if (whole)
			fs_event_sums_add(&figures->cumulated, fs_sum_value(cumulated));
		if (study->rows)
			add_return(study, ticker, event, series, at, day, abnormal, standardised);
	}
}

/* NOTICE of the events that were left out, by reason and ticker. */
static void
report_left_out(const Study *study)
{
	int			   counts[STATUSES] = { 0 };
	int			   named[STATUSES] = { 0 };
	StringInfoData names[STATUSES];
	StringInfoData detail;
	int			   all = 0;

	for (int i = 0; i < STATUSES; i++)
		initStringInfo(&names[i]);
	for (int i = 0; i < study->ntickers; i++)
	{
		bool noted[STATUSES] = { false };

		for (int j = 0; j < study->tickers[i].n; j++)
		{
			EventStatus status = study->events[study->tickers[i].first + j].status;

			counts[status]++;
			if (noted[status] || status == EVENT_USED)
				continue;
			noted[status] = true;
			if (named[status]++ < NAMED)
				appendStringInfo(&names[status], "%s%s", named[status] > 1 ? ", " : "", study->tickers[i].ticker);
		}
	}
	initStringInfo(&detail);
	for (int status = EVENT_USED + 1; status < STATUSES; status++)
	{
		if (counts[status] == 0)
			continue;
		all += counts[status];
		if (named[status] > NAMED)
			appendStringInfo(&names[status], " and %d more", named[status] - NAMED);
		appendStringInfo(&detail, "%s%s: %d (%s).", detail.len > 0 ? "\n" : "", status_names[status], counts[status],
						 names[status].data);
	}
	if (all > 0)
		ereport(NOTICE, (errmsg("%d of %d events were left out", all, study->nevents), errdetail("%s", detail.data),
						 errhint("finsent_event_returns lists them.")));
}

/* Everything but the answer. */
static void
run_study(Study *study, FunctionCallInfo fcinfo, FsRowSet *rows)
{
	char   *events = fs_query_argument(fcinfo, 0, "events");
	char   *prices = fs_query_argument(fcinfo, 1, "prices");
	HASHCTL control;
	Series	series;

	memset(study, 0, sizeof(*study));
	memset(&series, 0, sizeof(series));
	series.context = CurrentMemoryContext;
	get_arguments(study, fcinfo);
	study->rows = rows;
	study->window = palloc0((study->before + study->after + 1) * sizeof(StudyDay));
	memset(&control, 0, sizeof(control));
	control.keysize = sizeof(DateADT);
	control.entrysize = sizeof(MarketDay);
	control.hcxt = CurrentMemoryContext;
	study->days = hash_create("finsent market", 4096, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	read_events(study, events);
	study->file = BufFileCreateTemp(false);
	read_prices(study, &series, prices);
	if (BufFileSeek(study->file, 0, 0, SEEK_SET) != 0)
		ereport(ERROR, (errcode_for_file_access(), errmsg("could not rewind a temporary file")));
	for (int i = 0; i < study->nseries; i++)
	{
		EventTicker *ticker = series_read(study, &series);

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < ticker->n; j++)
			study_event(study, ticker, &study->events[ticker->first + j], &series);
	}
	BufFileClose(study->file);
	report_left_out(study);
}

/* finsent_event_study(events, prices, before, after, model, market, estimation, gap) */
Datum
finsent_event_study(PG_FUNCTION_ARGS)
{
	Study	 study;
	FsRowSet rows;
	FsSum	 car = { 0, 0 };

	fs_rows_start(&rows, fcinfo);
	run_study(&study, fcinfo, NULL);
	for (int day = -study.before; study.nevents > 0 && day <= study.after; day++)
	{
		const StudyDay *figures = &study.window[day + study.before];
		double			mean = fs_event_sums_mean(&figures->abnormal);
		double			t_cross = fs_event_sums_t(&figures->abnormal);
		double			t_bmp = fs_event_sums_t(&figures->standardised);
		double			t_car = fs_event_sums_t(&figures->cumulated);
		FsRow		   *row = fs_rows_next(&rows);

		if (!isnan(mean))
			fs_sum_add(&car, mean);
		fs_row_int(row, day);
		fs_row_int(row, (int) figures->abnormal.n);
		fs_row_number(row, mean);
		fs_row_number(row, isnan(mean) ? NAN : fs_sum_value(car));
		fs_row_number(row, t_cross);
		fs_row_number(row, t_bmp);
		fs_row_number(row, fs_student_p(t_bmp, figures->standardised.n - 1));
		fs_row_number(row, fs_student_p(t_cross, figures->abnormal.n - 1));
		fs_row_number(row, t_car);
		fs_row_number(row, fs_student_p(t_car, figures->cumulated.n - 1));
		fs_rows_add(&rows);
	}
	fs_rows_end(&rows);
	return (Datum) 0;
}

/* finsent_event_returns(events, prices, before, after, model, market, estimation, gap) */
Datum
finsent_event_returns(PG_FUNCTION_ARGS)
{
	Study	 study;
	FsRowSet rows;

	fs_rows_start(&rows, fcinfo);
	run_study(&study, fcinfo, &rows);
	for (int i = 0; i < study.ntickers; i++)
		for (int j = 0; j < study.tickers[i].n; j++)
		{
			Event *event = &study.events[study.tickers[i].first + j];

			if (event->status != EVENT_USED)
				add_return(&study, &study.tickers[i], event, NULL, 0, 0, NAN, NAN);
		}
	fs_rows_end(&rows);
	return (Datum) 0;
}
