/*
 * company.c - SQL functions that show the table of companies.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"

#include "../core/company.h"
#include "compat.h"
#include "env.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_companies);
PG_FUNCTION_INFO_V1(finsent_symbol);

/*
 * The names of each issuer, put together in two passes: names [first[id],
 * first[id + 1]) of order are those of the issuer id.
 */
typedef struct NameIndex
{
	uint32_t *first;
	uint32_t *order;
	uint32_t  most; /* names of one issuer */
} NameIndex;

static void
index_names(NameIndex *names)
{
	uint32_t	companies = fs_company_count();
	uint32_t	count = fs_company_name_count();
	FsCompanyId company;
	unsigned	flags;

	names->first = palloc0((companies + 2) * sizeof(uint32_t));
	names->order = palloc(count * sizeof(uint32_t));
	names->most = 0;
	for (uint32_t i = 0; i < count; i++)
	{
		fs_company_name(i, &company, &flags);
		if (company >= 0)
			names->first[fs_company_issuer(company) + 2]++;
	}
	for (uint32_t id = 2; id < companies + 2; id++)
	{
		names->most = Max(names->most, names->first[id]);
		names->first[id] += names->first[id - 1];
	}
	/* first[id + 1] is where the next name of id goes, and so ends where its names do */
	for (uint32_t i = 0; i < count; i++)
	{
		fs_company_name(i, &company, &flags);
		if (company >= 0)
			names->order[names->first[fs_company_issuer(company) + 1]++] = i;
	}
}

/* Column aliases: all names of the issuer. */
static void
row_aliases(FsRow *row, FsReading *reading, const NameIndex *names, FsCompanyId issuer)
{
	Datum *elements = palloc((names->most + 1) * sizeof(Datum));
	int	   n = 0;

	for (uint32_t i = names->first[issuer]; i < names->first[issuer + 1]; i++)
	{
		FsCompanyId company;
		unsigned	flags;
		const char *name = fs_company_name(names->order[i], &company, &flags);

		elements[n++] = PointerGetDatum(fs_pg_text(reading, name, strlen(name)));
	}
	fs_row_datum(row, fs_pg_text_array(elements, n));
}

/* finsent_companies() */
Datum
finsent_companies(PG_FUNCTION_ARGS)
{
	FsReading reading;
	FsRowSet  rows;
	NameIndex names;

	fs_rows_start(&rows, fcinfo);
	fs_pg_open_empty(&reading);
	index_names(&names);
	for (FsCompanyId id = 0; id < (FsCompanyId) fs_company_count(); id++)
	{
		FsCompanyInfo info = fs_company_info(id);
		FsRow		 *row = fs_rows_next(&rows);

		fs_row_string(row, &reading, info.ticker);
		fs_row_string(row, &reading, info.name);
		fs_row_string(row, &reading, info.exchange);
		fs_row_string(row, &reading, info.country);
		if (info.cik > 0)
			fs_row_int(row, (int32_t) info.cik);
		else
			fs_row_null(row);
		fs_row_string(row, &reading, info.isin);
		row_aliases(row, &reading, &names, info.issuer);
		fs_rows_add(&rows);
	}
	fs_rows_end(&rows);
	pfree(names.first);
	pfree(names.order);
	fs_pg_close(&reading);
	return (Datum) 0;
}

/* A date as the core writes it, yyyymmdd; dates far away are as good as the first or last. */
static int32_t
core_date(DateADT date)
{
	int year;
	int month;
	int day;

	if (DATE_IS_NOBEGIN(date))
		return 0;
	if (DATE_IS_NOEND(date))
		return 99991231;
	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	if (year < 1)
		return 0;
	return year > 9999 ? 99991231 : year * 10000 + month * 100 + day;
}

/* finsent_symbol(ticker, on_date) */
Datum
finsent_symbol(PG_FUNCTION_ARGS)
{
	text	   *ticker = PG_GETARG_TEXT_PP(0);
	const char *symbol =
		fs_company_symbol_on(VARDATA_ANY(ticker), VARSIZE_ANY_EXHDR(ticker), core_date(PG_GETARG_DATEADT(1)));

	if (symbol == NULL)
		PG_RETURN_TEXT_P(ticker);
	PG_RETURN_TEXT_P(cstring_to_text(symbol)); /* ASCII in any encoding */
}
