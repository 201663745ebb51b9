/*
 * score.c - SQL functions of the group Scoring.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "../core/document.h"
#include "../core/label.h"
#include "compat.h"
#include "env.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_score);
PG_FUNCTION_INFO_V1(finsent_label);
PG_FUNCTION_INFO_V1(finsent_label_of_score);
PG_FUNCTION_INFO_V1(finsent_class);
PG_FUNCTION_INFO_V1(finsent_target_score);
PG_FUNCTION_INFO_V1(finsent_sentences);
PG_FUNCTION_INFO_V1(finsent_explain);
PG_FUNCTION_INFO_V1(finsent_model);
PG_FUNCTION_INFO_V1(finsent_score_as);
PG_FUNCTION_INFO_V1(finsent_label_as);
PG_FUNCTION_INFO_V1(finsent_explain_as);

/* Label of a score argument; ERROR if it is none.  The bounds of the bands are exact in 1/10000. */
static FsLabel
label_of_argument(double score)
{
	if (isnan(score) || score < -1 || score > 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("score must be between -1 and 1, not %s", float8out_internal(score))));
	return fs_label((int32_t) (score * 10000));
}

/* The value of a label in the type that the function returns. */
static Datum
label_result(FunctionCallInfo fcinfo, FsLabel label)
{
	FsLabelOids *oids = fs_pg_extra(fcinfo, sizeof(FsLabelOids));

	if (!OidIsValid(oids->type))
		get_call_result_type(fcinfo, &oids->type, NULL);
	return fs_pg_label(oids, label);
}

/* The score of an open reading, which is closed. */
static inline int32_t
read_score(FsReading *reading)
{
	int32_t score = fs_pg_document(reading, FS_WANT_SCORE)->score;

	fs_pg_close(reading);
	return score;
}

/* finsent_score(body, title) */
Datum
finsent_score(PG_FUNCTION_ARGS)
{
	FsReading reading;

	if (!fs_pg_open(&reading, fcinfo, 0, 1))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(fs_pg_score(read_score(&reading)));
}

/* finsent_score_as(workspace, body, title, version) */
Datum
finsent_score_as(PG_FUNCTION_ARGS)
{
	FsReading reading;

	if (!fs_pg_open_as(&reading, fcinfo, 3))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(fs_pg_score(read_score(&reading)));
}

/* finsent_label(body, title) */
Datum
finsent_label(PG_FUNCTION_ARGS)
{
	FsReading reading;

	if (!fs_pg_open(&reading, fcinfo, 0, 1))
		PG_RETURN_NULL();
	return label_result(fcinfo, fs_label(read_score(&reading)));
}

/* finsent_label_as(workspace, body, title, version) */
Datum
finsent_label_as(PG_FUNCTION_ARGS)
{
	FsReading reading;

	if (!fs_pg_open_as(&reading, fcinfo, 3))
		PG_RETURN_NULL();
	return label_result(fcinfo, fs_label(read_score(&reading)));
}

/* finsent_label(score) */
Datum
finsent_label_of_score(PG_FUNCTION_ARGS)
{
	return label_result(fcinfo, label_of_argument(PG_GETARG_FLOAT8(0)));
}

/* finsent_class(score) */
Datum
finsent_class(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(fs_class_name(label_of_argument(PG_GETARG_FLOAT8(0)))));
}

/* finsent_target_score(body, target) */
Datum
finsent_target_score(PG_FUNCTION_ARGS)
{
	FsReading reading;
	FsError	  error = { FS_OK, 0, 0 };
	int32_t	  score = 0;
	bool	  mentioned;

	if (!fs_pg_open(&reading, fcinfo, 0, -1))
		PG_RETURN_NULL();
	fs_pg_fetch_extra(&reading, fcinfo, 1, "target");
	mentioned = fs_target_score(&reading.arena, reading.body.text, reading.extra.text, &score, &error);
	if (error.status != FS_OK)
		fs_pg_fail(&reading, error);
	fs_pg_close(&reading);
	if (!mentioned)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(fs_pg_score(score));
}

/* Sentences of the title stand before those of the body. */
static uint32_t
title_sentences(const FsDocument *document)
{
	uint32_t n = 0;

	while (n < document->nsentences && document->sentences[n].flags & FS_S_TITLE)
		n++;
	return n;
}

/* finsent_sentences(body) */
Datum
finsent_sentences(PG_FUNCTION_ARGS)
{
	FsReading		  reading;
	FsRowSet		  rows;
	FsLabelOids		 *oids = fs_pg_extra(fcinfo, sizeof(FsLabelOids));
	const FsDocument *document;

	fs_rows_start(&rows, fcinfo);
	if (!fs_pg_open(&reading, fcinfo, 0, -1))
		return (Datum) 0;
	oids->type = fs_rows_column_type(&rows, 5);
	document = fs_pg_document(&reading, FS_WANT_SCORE);
	for (uint32_t i = 0; i < document->nsentences; i++)
	{
		const FsSentenceInfo *sentence = &document->sentences[i];
		FsRow				 *row = fs_rows_next(&rows);

		fs_row_int(row, (int32_t) i + 1);
		fs_row_place(row, &reading, sentence->span);
		fs_row_span(row, &reading, sentence->span);
		fs_row_float(row, fs_pg_score(sentence->score));
		fs_row_datum(row, fs_pg_label(oids, fs_label(sentence->score)));
		fs_rows_add(&rows);
	}
	fs_rows_end(&rows);
	fs_pg_close(&reading);
	return (Datum) 0;
}

/* Columns of finsent_evidence; ntitle sentences are the title's. */
static void
row_evidence(FsRow *row, FsReading *reading, uint32_t ntitle, const FsEvidence *evidence)
{
	bool nowhere = evidence->span.len == 0;
	bool in_title = !nowhere && evidence->sentence < ntitle;

	if (nowhere || in_title)
	{
		fs_row_null(row);
		fs_row_null(row);
	}
	else
		fs_row_place(row, reading, evidence->span);
	if (nowhere)
		fs_row_null(row);
	else
		fs_row_text(row, fs_pg_span_text(reading, in_title ? &reading->title : &reading->body, evidence->span));
	fs_row_string(row, reading, fs_rule_name(evidence->rule));
	fs_row_string(row, reading, fs_pg_symbol(reading->knowledge, evidence->company, NULL));
	fs_row_float(row, fs_pg_score(evidence->weight));
	if (nowhere || in_title || evidence->sentence == UINT32_MAX)
		fs_row_null(row);
	else
		fs_row_int(row, (int32_t) (evidence->sentence - ntitle) + 1);
}

/* The evidence of an open reading as rows; both are closed. */
static void
rows_evidence(FsRowSet *rows, FsReading *reading)
{
	const FsDocument *document = fs_pg_document(reading, FS_WANT_EVIDENCE | FS_WANT_COMPANIES);
	uint32_t		  ntitle = title_sentences(document);

	for (uint32_t i = 0; i < document->nevidence; i++)
	{
		row_evidence(fs_rows_next(rows), reading, ntitle, &document->evidence[i]);
		fs_rows_add(rows);
	}
	fs_rows_end(rows);
	fs_pg_close(reading);
}

/* finsent_explain(body, title) */
Datum
finsent_explain(PG_FUNCTION_ARGS)
{
	FsReading reading;
	FsRowSet  rows;

	fs_rows_start(&rows, fcinfo);
	if (fs_pg_open(&reading, fcinfo, 0, 1))
		rows_evidence(&rows, &reading);
	return (Datum) 0;
}

/* finsent_explain_as(workspace, body, title) */
Datum
finsent_explain_as(PG_FUNCTION_ARGS)
{
	FsReading reading;
	FsRowSet  rows;

	fs_rows_start(&rows, fcinfo);
	if (fs_pg_open_as(&reading, fcinfo, -1))
		rows_evidence(&rows, &reading);
	return (Datum) 0;
}

/* finsent_model() */
Datum
finsent_model(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(fs_model_name()));
}
