/*
 * analyze.c - finsent_analyze: everything about one text as one composite.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "../core/document.h"
#include "compat.h"
#include "env.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_analyze);

#define SUMMARY_SENTENCES 2
#define MIN_CONFIDENCE 0.5

/* Columns of finsent_analysis whose types are looked at. */
#define COLUMN_LABEL 1
#define COLUMN_TICKER_SENTIMENT 8
#define COLUMN_METRICS 9

/* Types of the result, found at a query's first call. */
typedef struct AnalysisTypes
{
	FsLabelOids oids;
	TupleDesc	row;	/* finsent_analysis */
	Oid			ticker; /* finsent_ticker */
	Oid			metric; /* finsent_metric */
	TupleDesc	ticker_row;
	TupleDesc	metric_row;
} AnalysisTypes;

/* Element type of an array column, and its row. */
static TupleDesc
element_row(TupleDesc row, int column, Oid *type)
{
	*type = get_element_type(TupleDescAttr(row, column)->atttypid);
	return lookup_rowtype_tupdesc_copy(*type, -1);
}

/* The types, cached in the function's own memory. */
static AnalysisTypes *
analysis_types(FunctionCallInfo fcinfo)
{
	AnalysisTypes *types = fs_pg_extra(fcinfo, sizeof(AnalysisTypes));
	MemoryContext  caller;

	if (types->row)
		return types;
	caller = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	if (get_call_result_type(fcinfo, NULL, &types->row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	if (types->row->natts > FS_PG_COLUMNS)
		elog(ERROR, "row type has %d columns", types->row->natts);
	types->oids.type = TupleDescAttr(types->row, COLUMN_LABEL)->atttypid;
	types->ticker_row = element_row(types->row, COLUMN_TICKER_SENTIMENT, &types->ticker);
	types->metric_row = element_row(types->row, COLUMN_METRICS, &types->metric);
	BlessTupleDesc(types->row);
	MemoryContextSwitchTo(caller);
	return types;
}

/* finsent_ticker[] of the document. */
static Datum
ticker_array(FsReading *reading, const FsDocument *document, AnalysisTypes *types)
{
	Datum *elements = palloc((document->nlikely + 1) * sizeof(Datum));
	FsRow  row;

	for (uint32_t i = 0; i < document->nlikely; i++)
	{
		fs_row_clear(&row);
		fs_row_ticker(&row, reading, &document->companies[i], &types->oids);
		elements[i] = fs_row_tuple(&row, types->ticker_row);
	}
	return fs_pg_row_array(elements, (int) document->nlikely, types->ticker);
}

/* finsent_metric[] of the document. */
static Datum
metric_array(FsReading *reading, const FsDocument *document, AnalysisTypes *types)
{
	Datum *elements = palloc((document->nmetrics + 1) * sizeof(Datum));
	FsRow  row;

	for (uint32_t i = 0; i < document->nmetrics; i++)
	{
		fs_row_clear(&row);
		fs_row_metric(&row, reading, &document->metrics[i]);
		elements[i] = fs_row_tuple(&row, types->metric_row);
	}
	return fs_pg_row_array(elements, (int) document->nmetrics, types->metric);
}

/*
 * The three probabilities with six decimals, which keep the order of any two
 * that differ; neutral is the rest, so that they add up to 1.
 */
static void
row_probabilities(FsRow *row, FsProbability p)
{
	int64_t positive = ((int64_t) p.positive * 1000000 + 32768) / 65536;
	int64_t negative = ((int64_t) p.negative * 1000000 + 32768) / 65536;

	fs_row_float(row, positive / 1000000.0);
	fs_row_float(row, (1000000 - positive - negative) / 1000000.0);
	fs_row_float(row, negative / 1000000.0);
}

/* finsent_analyze(body, title) */
Datum
finsent_analyze(PG_FUNCTION_ARGS)
{
	FsReading		  reading;
	AnalysisTypes	 *types = analysis_types(fcinfo);
	const FsDocument *document;
	FsRow			  row;
	Datum			  result;

	if (!fs_pg_open(&reading, fcinfo, 0, 1))
		PG_RETURN_NULL();
	document = fs_pg_document(&reading, FS_WANT_SCORE | FS_WANT_TARGETS | FS_WANT_METRICS | FS_WANT_DIGEST);
	fs_row_clear(&row);
	fs_row_float(&row, fs_pg_score(document->score));
	fs_row_datum(&row, fs_pg_label(&types->oids, fs_label(document->score)));
	fs_row_float(&row, document->confidence / 1000.0);
	row_probabilities(&row, document->p);
	fs_row_bool(&row, document->mixed);
	fs_row_datum(&row, fs_pg_tickers(&reading, document, MIN_CONFIDENCE));
	fs_row_datum(&row, ticker_array(&reading, document, types));
	fs_row_datum(&row, metric_array(&reading, document, types));
	fs_row_text(&row, fs_pg_summary(&reading, document, SUMMARY_SENTENCES));
	fs_row_int(&row, (int32_t) document->words);
	fs_row_text(&row, cstring_to_text(fs_model_name()));
	result = fs_row_tuple(&row, types->row);
	fs_pg_close(&reading);
	return result;
}
