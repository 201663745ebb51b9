/*
 * result.c - SQL values of what the core found: rows, row sets, arrays.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "utils/syscache.h"

#include "../core/company.h"
#include "../core/summary.h"
#include "compat.h"
#include "result.h"

/* Digits behind the point that are made of an integer. */
#define MAX_SCALE 18

/* All columns are NULL: those that the library does not know yet stay so, if it is older than the SQL. */
void
fs_row_clear(FsRow *row)
{
	row->n = 0;
	row->used = 0;
	memset(row->values, 0, sizeof(row->values));
	memset(row->nulls, true, sizeof(row->nulls));
}

void
fs_row_int(FsRow *row, int32_t value)
{
	fs_row_datum(row, Int32GetDatum(value));
}

void
fs_row_bool(FsRow *row, bool value)
{
	fs_row_datum(row, BoolGetDatum(value));
}

void
fs_row_float(FsRow *row, double value)
{
	fs_row_datum(row, Float8GetDatum(value));
}

void
fs_row_text(FsRow *row, text *value)
{
	fs_row_datum(row, PointerGetDatum(value));
}

/* A text of bytes in the database's encoding: in the row, if it is short. */
static void
row_bytes(FsRow *row, FsText data)
{
	size_t size = data.len + VARHDRSZ_SHORT;
	char  *at = row->bytes + row->used;

	if (size > VARATT_SHORT_MAX || size > sizeof(row->bytes) - (size_t) row->used)
	{
		fs_row_text(row, cstring_to_text_with_len(data.len > 0 ? data.data : "", (int) data.len));
		return;
	}
	SET_VARSIZE_SHORT(at, size);
	if (data.len > 0)
		memcpy(VARDATA_SHORT(at), data.data, data.len);
	row->used += (int) size;
	fs_row_datum(row, PointerGetDatum(at));
}

void
fs_row_string(FsRow *row, FsReading *reading, const char *string)
{
	if (string == NULL || *string == '\0')
		fs_row_null(row);
	else
		row_bytes(row, fs_pg_encode(&reading->arena, string, strlen(string)));
}

void
fs_row_span(FsRow *row, FsReading *reading, FsSpan span)
{
	if (span.len == 0)
		fs_row_null(row);
	else
		row_bytes(row, fs_pg_original(&reading->arena, &reading->body, span));
}

/* The words at a span of the body, folded. */
static void
row_folded(FsRow *row, FsReading *reading, FsSpan span)
{
	FsString out = { NULL, 0, 0 };

	fs_append_folded(&reading->arena, &out, reading->body.text, span);
	row_bytes(row, fs_pg_encode(&reading->arena, out.data, out.len));
}

void
fs_row_place(FsRow *row, FsReading *reading, FsSpan span)
{
	int32_t pos;
	int32_t len;

	fs_pg_place(&reading->arena, &reading->body, span, &pos, &len);
	fs_row_int(row, pos);
	fs_row_int(row, len);
}

Datum
fs_pg_label(FsLabelOids *oids, FsLabel label)
{
	if (!OidIsValid(oids->value[label]))
	{
		const char *name = fs_label_name(label);
		HeapTuple	tuple = SearchSysCache2(ENUMTYPOIDNAME, ObjectIdGetDatum(oids->type), CStringGetDatum(name));

		if (!HeapTupleIsValid(tuple))
			elog(ERROR, "label \"%s\" is missing in type %u", name, oids->type);
		oids->value[label] = ((Form_pg_enum) GETSTRUCT(tuple))->oid;
		ReleaseSysCache(tuple);
	}
	return ObjectIdGetDatum(oids->value[label]);
}

void *
fs_pg_extra(FunctionCallInfo fcinfo, size_t size)
{
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, size);
	return fcinfo->flinfo->fn_extra;
}

/*
 * Rows are materialised: a document is read in one go, and the arena's first
 * block must be free again when the function returns.
 */
void
fs_rows_start(FsRowSet *rows, FunctionCallInfo fcinfo)
{
	InitMaterializedSRF(fcinfo, 0);
	rows->info = (ReturnSetInfo *) fcinfo->resultinfo;
	rows->context = NULL;
	rows->caller = CurrentMemoryContext;
	if (rows->info->setDesc->natts > FS_PG_COLUMNS)
		ereport(ERROR, (errcode(ERRCODE_TOO_MANY_COLUMNS),
						errmsg("a row has at most %d columns, not %d", FS_PG_COLUMNS, rows->info->setDesc->natts)));
}

Oid
fs_rows_column_type(const FsRowSet *rows, int column)
{
	return TupleDescAttr(rows->info->setDesc, column)->atttypid;
}

FsRow *
fs_rows_next(FsRowSet *rows)
{
	CHECK_FOR_INTERRUPTS();
	if (rows->context == NULL)
		rows->context = AllocSetContextCreate(rows->caller, "finsent row", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(rows->context);
	fs_row_clear(&rows->row);
	return &rows->row;
}

void
fs_rows_add(FsRowSet *rows)
{
	MemoryContextSwitchTo(rows->caller);
	tuplestore_putvalues(rows->info->setResult, rows->info->setDesc, rows->row.values, rows->row.nulls);
	MemoryContextReset(rows->context);
}

void
fs_rows_end(FsRowSet *rows)
{
	if (rows->context)
		MemoryContextDelete(rows->context);
}

Datum
fs_row_tuple(FsRow *row, TupleDesc type)
{
	return HeapTupleGetDatum(heap_form_tuple(type, row->values, row->nulls));
}

Datum
fs_pg_text_array(Datum *elements, int n)
{
	return PointerGetDatum(construct_array(elements, n, TEXTOID, -1, false, TYPALIGN_INT));
}

Datum
fs_pg_row_array(Datum *elements, int n, Oid type)
{
	return PointerGetDatum(construct_array(elements, n, type, -1, false, TYPALIGN_DOUBLE));
}

/* The decimal as an integer to divide by a power of ten; false if it is too large. */
static bool
as_integer(FsDecimal value, int64 *integer, int *scale)
{
	int64 digits = (int64) value.digits;
	int	  exponent = value.exponent;

	if (value.digits > (uint64) PG_INT64_MAX || exponent < -MAX_SCALE)
		return false;
	if (digits == 0)
		exponent = 0;
	for (; exponent > 0; exponent--)
		if (pg_mul_s64_overflow(digits, 10, &digits))
			return false;
	*integer = value.negative ? -digits : digits;
	*scale = -exponent;
	return true;
}

/* Exact: of an integer, or through the server's own reader of decimal digits. */
void
fs_row_decimal(FsRow *row, FsDecimal value)
{
	char  digits[64];
	int64 integer;
	int	  scale;

	if (as_integer(value, &integer, &scale))
	{
		fs_row_datum(
			row, NumericGetDatum(scale == 0 ? int64_to_numeric(integer) : int64_div_fast_to_numeric(integer, scale)));
		return;
	}
	fs_decimal_print(value, digits);
	fs_row_datum(row, DirectFunctionCall3(numeric_in, CStringGetDatum(digits), ObjectIdGetDatum(InvalidOid),
										  Int32GetDatum(-1)));
}

void
fs_row_unit(FsRow *row, FsReading *reading, FsUnitKind kind, const char *currency, FsSpan noun)
{
	if (kind == FS_UNIT_COUNT && noun.len > 0)
		row_folded(row, reading, noun);
	else
		fs_row_string(row, reading, fs_unit_name(kind, currency));
}

/* A decimal that may be absent. */
static void
row_decimal_if(FsRow *row, bool present, FsDecimal value)
{
	if (present)
		fs_row_decimal(row, value);
	else
		fs_row_null(row);
}

const char *
fs_pg_symbol(const FsKnowledge *knowledge, FsCompanyId company, const char *symbol)
{
	const char *ticker = company >= 0 ? fs_known_company(knowledge, company).ticker : symbol;

	return ticker && *ticker ? ticker : NULL; /* a company may have no symbol */
}

void
fs_row_ticker(FsRow *row, FsReading *reading, const FsDocumentCompany *company, FsLabelOids *oids)
{
	fs_row_string(row, reading, fs_pg_symbol(reading->knowledge, company->company, company->symbol));
	fs_row_string(row, reading,
				  company->company >= 0 ? fs_known_company(reading->knowledge, company->company).name : NULL);
	fs_row_float(row, fs_pg_score(company->score));
	fs_row_datum(row, fs_pg_label(oids, fs_label(company->score)));
	fs_row_float(row, company->relevance / 1000.0);
	fs_row_float(row, company->confidence / 1000.0);
	fs_row_int(row, (int32_t) company->mentions);
	if (company->first.len > 0)
		fs_row_place(row, reading, company->first);
	else
	{
		fs_row_null(row);
		fs_row_null(row);
	}
}

void
fs_row_metric(FsRow *row, FsReading *reading, const FsMetric *metric)
{
	FsSpan no_noun = { 0, 0 };

	fs_row_string(row, reading,
				  fs_pg_symbol(reading->knowledge, metric->company, metric->symbol[0] ? metric->symbol : NULL));
	if (metric->name)
		fs_row_string(row, reading, metric->name);
	else
		row_folded(row, reading, metric->name_span);
	row_decimal_if(row, metric->has_value, metric->value);
	row_decimal_if(row, metric->has_high, metric->high);
	fs_row_unit(row, reading, metric->unit, metric->currency, metric->noun);
	fs_row_string(row, reading, fs_comparator_name(metric->comparator));
	fs_row_string(row, reading, fs_direction_name(metric->direction));
	row_decimal_if(row, metric->has_change, metric->change);
	fs_row_unit(row, reading, metric->has_change ? metric->change_unit : FS_UNIT_NONE, metric->change_currency,
				metric->unit == FS_UNIT_COUNT || !metric->has_value ? metric->noun : no_noun);
	row_decimal_if(row, metric->has_prior, metric->prior);
	fs_row_span(row, reading, metric->period);
	fs_row_span(row, reading, metric->prior_period);
	fs_row_string(row, reading, fs_basis_name(metric->basis));
	fs_row_place(row, reading, metric->span);
}

Datum
fs_pg_tickers(FsReading *reading, const FsDocument *document, double min_confidence)
{
	Datum *symbols = palloc((document->ncompanies + 1) * sizeof(Datum));
	int	   n = 0;

	for (uint32_t i = 0; i < document->ncompanies; i++)
	{
		const FsDocumentCompany *company = &document->companies[i];
		const char				*symbol = fs_pg_symbol(reading->knowledge, company->company, company->symbol);

		if (symbol && *symbol && company->confidence / 1000.0 >= min_confidence)
			symbols[n++] = PointerGetDatum(fs_pg_text(reading, symbol, strlen(symbol)));
	}
	return fs_pg_text_array(symbols, n);
}

text *
fs_pg_summary(FsReading *reading, const FsDocument *document, uint32_t sentences)
{
	FsString	  out = { NULL, 0, 0 };
	uint32_t	  n;
	const FsSpan *spans = fs_summary(&reading->arena, document, sentences, &n);
	text		 *result;

	for (uint32_t i = 0; i < n; i++)
	{
		FsText sentence = fs_pg_original(&reading->arena, &reading->body, spans[i]);

		if (i > 0)
			fs_append(&reading->arena, &out, " ", 1);
		fs_append(&reading->arena, &out, sentence.data, sentence.len);
	}
	result = palloc(out.len + VARHDRSZ);
	SET_VARSIZE(result, out.len + VARHDRSZ);
	if (out.len > 0)
		memcpy(VARDATA(result), out.data, out.len);
	return result;
}
