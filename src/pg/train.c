/*
 * train.c - SQL functions of the group Training: models fitted to the rows of a query.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "portability/instr_time.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "../core/label.h"
#include "../core/learn.h"
#include "compat.h"
#include "env.h"
#include "evaluate.h"
#include "query.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_fit);

#define FOLDS_MIN 2
#define FOLDS_MAX 50
#define TEXTS_MIN 20
#define CLASS_TEXTS_MIN 2 /* one for each side of a fold */

/* Columns of the query. */
enum
{
	TEXT_COLUMN,
	LABEL_COLUMN,
	SCORE_COLUMN,
	COLUMNS
};

static const FsQueryColumn columns[COLUMNS] = { { "text", TEXTOID, false },
												{ "label", TEXTOID, true },
												{ "score", FLOAT8OID, true } };

/* The class of a label's name: one of the three classes or of the seven labels. */
static int
class_of_name(const char *name)
{
	for (int i = FS_STRONGLY_NEGATIVE; i <= FS_STRONGLY_POSITIVE; i++)
		if (strcmp(name, fs_label_name((FsLabel) i)) == 0 || strcmp(name, fs_class_name((FsLabel) i)) == 0)
			return fs_class((FsLabel) i);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("label must be negative, neutral, positive or a finsent_sentiment, not \"%s\"",
						   pnstrdup(name, pg_mbcliplen(name, (int) strlen(name), NAMEDATALEN)))));
}

/* The class of the query's row; -1 if it has none. */
static int
class_of_row(const FsQuery *query)
{
	double score;

	if (query->present[LABEL_COLUMN])
		return query->nulls[LABEL_COLUMN] ? -1 : class_of_name(TextDatumGetCString(query->values[LABEL_COLUMN]));
	if (query->nulls[SCORE_COLUMN])
		return -1;
	score = DatumGetFloat8(query->values[SCORE_COLUMN]);
	if (isnan(score) || score < -1 || score > 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("score must be between -1 and 1, not %s", float8out_internal(score))));
	return fs_class(fs_label((int32_t) (score * 10000)));
}

/* Add a text of the database's encoding. */
static void
add_text(FsLearner *learner, text *datum, int label)
{
	FsReading reading;
	bool	  added;

	fs_pg_open_empty(&reading);
	reading.body.data = VARDATA_ANY(datum);
	reading.body.len = (uint32_t) VARSIZE_ANY_EXHDR(datum);
	added = fs_pg_decode(&reading.arena, &reading.body) && fs_learn_add(learner, reading.body.text, label);
	fs_pg_close(&reading);
	if (!added)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("too much to train on"),
				 errdetail("At most %d texts of %d kB each are taken, and %d MB of memory.", FS_LEARN_TEXTS_MAX,
						   (int) (FS_LEARN_TEXT_MAX >> 10), (int) (FS_LEARN_MEMORY_MAX >> 20)),
				 errhint("Train on a sample of the rows, or on the beginnings of the texts.")));
}

/* ERROR if the texts are too few to train on. */
static void
check_texts(const FsLearner *learner)
{
	int n = 0;
	int classes = 0;

	for (int i = 0; i < FS_LEARN_CLASSES; i++)
	{
		n += fs_learn_count(learner, i);
		classes += fs_learn_count(learner, i) >= CLASS_TEXTS_MIN;
	}
	if (n < TEXTS_MIN)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("query must return at least %d texts with a label or score, not %d", TEXTS_MIN, n)));
	if (classes < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("query must return texts of at least two classes, %d or more of each", CLASS_TEXTS_MIN),
				 errdetail("It returned %d negative, %d neutral and %d positive texts.", fs_learn_count(learner, 0),
						   fs_learn_count(learner, 1), fs_learn_count(learner, 2))));
}

/* All rows of the query; returns how many had neither a label nor a score, or no text. */
static int64
read_rows(FsLearner *learner, char *sql)
{
	FsQuery *query = fs_query_open(sql, "query", columns, COLUMNS, NULL, 0);
	int64	 skipped = 0;

	if (!query->present[LABEL_COLUMN] && !query->present[SCORE_COLUMN])
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN),
						errmsg("query \"query\" has neither a column \"label\" nor a column \"score\"")));
	while (fs_query_next(query))
	{
		int label = query->nulls[TEXT_COLUMN] ? -1 : class_of_row(query);

		if (label < 0)
			skipped++;
		else
			add_text(learner, DatumGetTextPP(query->values[TEXT_COLUMN]), label);
	}
	fs_query_close(query);
	return skipped;
}

/* An integer argument within bounds. */
static int32
bounded_argument(FunctionCallInfo fcinfo, int number, const char *name, int32 min, int32 max)
{
	if (PG_ARGISNULL(number))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must not be null", name)));
	if (PG_GETARG_INT32(number) < min || PG_GETARG_INT32(number) > max)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be between %d and %d, not %d", name, min, max, PG_GETARG_INT32(number))));
	return PG_GETARG_INT32(number);
}

/* Columns of the figures. */
static void
row_validation(FsRow *row, const FsValidation *validation)
{
	static char *names[FS_LEARN_CLASSES] = { "negative", "neutral", "positive" };
	FsEvaluation trained = fs_evaluate(validation->trained, FS_LEARN_CLASSES);
	FsEvaluation compiled = fs_evaluate(validation->compiled, FS_LEARN_CLASSES);

	fs_row_datum(row, Int64GetDatum((int64) trained.n));
	fs_row_float(row, trained.accuracy);
	fs_row_float(row, trained.macro_f1);
	fs_row_float(row, trained.mcc);
	fs_row_float(row, trained.majority);
	fs_row_float(row, compiled.accuracy);
	fs_row_float(row, compiled.macro_f1);
	fs_row_datum(row, fs_pg_per_class(validation->trained, names, FS_LEARN_CLASSES));
}

/* finsent_fit(query, folds, seed): a model of the query's rows, and how good it is on rows that it has not seen. */
Datum
finsent_fit(PG_FUNCTION_ARGS)
{
	char		*query = fs_query_argument(fcinfo, 0, "query");
	int32		 folds = bounded_argument(fcinfo, 1, "folds", FOLDS_MIN, FOLDS_MAX);
	int32		 seed = bounded_argument(fcinfo, 2, "seed", PG_INT32_MIN, PG_INT32_MAX);
	FsReading	 reading;
	FsLearner	*learner;
	FsValidation validation;
	FsText		 bytes;
	int64		 skipped;
	instr_time	 start;
	instr_time	 end;
	FsRow		 row;
	TupleDesc	 type;

	if (get_call_result_type(fcinfo, NULL, &type) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "the result is no row type");
	INSTR_TIME_SET_CURRENT(start);
	fs_pg_open_empty(&reading);
	learner = fs_learn_start(&reading.arena);
	skipped = read_rows(learner, query);
	check_texts(learner);
	fs_learn_validate(learner, folds, (uint32) seed, &validation);
	bytes = fs_trained_write(&reading.arena, fs_learn_model(learner), fs_model_name());
	fs_row_clear(&row);
	fs_row_datum(&row, PointerGetDatum(cstring_to_text_with_len(bytes.data, (int) bytes.len)));
	fs_row_text(&row, cstring_to_text(fs_model_name()));
	row_validation(&row, &validation);
	fs_row_datum(&row, Int64GetDatum(skipped));
	fs_row_datum(&row, Int64GetDatum((int64) fs_learn_memory(learner)));
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);
	fs_row_float(&row, INSTR_TIME_GET_DOUBLE(end));
	fs_pg_close(&reading);
	PG_RETURN_DATUM(fs_row_tuple(&row, BlessTupleDesc(type)));
}
