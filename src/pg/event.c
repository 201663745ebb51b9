/*
 * event.c - SQL functions of the group Research: event study.
 *
 * event_data.c reads events and prices, a ticker at a time; here each event
 * gets its model and adds its days to the figures of the window.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "../stat/event.h"
#include "../stat/student.h"
#include "compat.h"
#include "event_data.h"
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

#define STATUSES (FS_STUDY_NO_MARKET + 1)

static const char *const status_names[STATUSES] = { "used", "no prices", "no price within a week of the event",
													"too few days before the event",
													"no model: the market has no returns or does not move" };

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
	FsStudyData	 data;
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
	study->data.market = PG_ARGISNULL(5) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(5));
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

/* The place of the first day of the series that is not before the event; n if there is none near. */
static int
find_day(const FsSeries *series, DateADT day)
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
add_return(const Study *study, const FsStudyTicker *ticker, const FsStudyEvent *event, const FsSeries *series,
		   int place, int day, double abnormal, double standardised)
{
	FsRow *row = fs_rows_next(study->rows);

	fs_row_text(row, cstring_to_text(ticker->ticker));
	fs_row_datum(row, DateADTGetDatum(event->day));
	fs_row_text(row, cstring_to_text(status_names[event->status]));
	if (event->status == FS_STUDY_USED)
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
static FsStudyStatus
fit_event(const Study *study, const FsSeries *series, int place, FsEventFit *fit)
{
	/* The first day of the series has no return. */
	int first = place - study->gap - study->estimation + 1;

	if (study->estimation == 0)
		first = 0;
	else if (first < 1)
		return FS_STUDY_TOO_EARLY;
	if (!fs_event_fit(fit, study->model, series->returns + first, series->market + first, study->estimation) ||
		fit->n * 2 < study->estimation)
		return FS_STUDY_NO_MARKET;
	return FS_STUDY_USED;
}

/* One event: its days are added to the figures. */
static void
study_event(const Study *study, const FsStudyTicker *ticker, FsStudyEvent *event, const FsSeries *series)
{
	FsEventFit fit;
	int		   place = find_day(series, event->day);
	FsSum	   cumulated = { 0, 0 };
	bool	   whole = true;

	event->status = place == series->n ? FS_STUDY_NO_DAY : fit_event(study, series, place, &fit);
	for (int day = -study->before; event->status == FS_STUDY_USED && day <= study->after; day++)
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
	for (int i = 0; i < study->data.ntickers; i++)
	{
		bool noted[STATUSES] = { false };

		for (int j = 0; j < study->data.tickers[i].n; j++)
		{
			FsStudyStatus status = study->data.events[study->data.tickers[i].first + j].status;

			counts[status]++;
			if (noted[status] || status == FS_STUDY_USED)
				continue;
			noted[status] = true;
			if (named[status]++ < NAMED)
				appendStringInfo(&names[status], "%s%s", named[status] > 1 ? ", " : "",
								 study->data.tickers[i].ticker);
		}
	}
	initStringInfo(&detail);
	for (int status = FS_STUDY_USED + 1; status < STATUSES; status++)
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
		ereport(NOTICE, (errmsg("%d of %d events were left out", all, study->data.nevents),
						 errdetail("%s", detail.data), errhint("finsent_event_returns lists them.")));
}

/* Everything but the answer. */
static void
run_study(Study *study, FunctionCallInfo fcinfo, FsRowSet *rows)
{
	char				*events = fs_query_argument(fcinfo, 0, "events");
	char				*prices = fs_query_argument(fcinfo, 1, "prices");
	const FsStudyTicker *ticker;

	memset(study, 0, sizeof(*study));
	get_arguments(study, fcinfo);
	study->rows = rows;
	study->window = palloc0((study->before + study->after + 1) * sizeof(StudyDay));
	study->data.market_wanted = study->model != FS_EVENT_MEAN;
	fs_study_read(&study->data, events, prices);
	while ((ticker = fs_study_next(&study->data)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < ticker->n; i++)
			study_event(study, ticker, &study->data.events[ticker->first + i], &study->data.series);
	}
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
	for (int day = -study.before; study.data.nevents > 0 && day <= study.after; day++)
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
	for (int i = 0; i < study.data.ntickers; i++)
		for (int j = 0; j < study.data.tickers[i].n; j++)
		{
			FsStudyEvent *event = &study.data.events[study.data.tickers[i].first + j];

			if (event->status != FS_STUDY_USED)
				add_return(&study, &study.data.tickers[i], event, NULL, 0, 0, NAN, NAN);
		}
	fs_rows_end(&rows);
	return (Datum) 0;
}
