/*
 * evaluate.c - the aggregate finsent_eval: predicted classes against gold ones.
 *
 * The state is a bytea, so that it travels: between the workers of a parallel
 * plan, and between servers of any byte order.
 *
 *     4 bytes   "FsE1"
 *     4 bytes   number of classes
 *     a class:  8 bytes right, 8 predicted, 8 gold, 4 length, the name
 *
 * Numbers are big-endian; classes stand in the order of their bytes, so that
 * serial and parallel runs end with the same state.  Anybody can call the
 * support functions with bytes of his own, so every function checks what it
 * reads.  Adding a row to a known class changes the state in place.
 */
#include "postgres.h"

#include "common/shortest_dec.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "port/pg_bswap.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/lsyscache.h"

#include "../core/evaluation.h"
#include "compat.h"
#include "evaluate.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_eval_add);
PG_FUNCTION_INFO_V1(finsent_eval_combine);
PG_FUNCTION_INFO_V1(finsent_eval_final);

#define MAGIC "FsE1"
#define HEADER 8 /* magic and number of classes */
#define COUNTS 24
#define CLASS_HEADER (COUNTS + 4)
#define CLASSES_MAX 1000
#define NAME_MAX_BYTES 1000

/* A state as it is read: its bytes without the varlena header. */
typedef struct State
{
	uint8 *data;
	Size   size;
	int	   n; /* classes */
} State;

/* A class of a state. */
typedef struct Class
{
	uint8 *counts; /* right, predicted, gold, big-endian */
	uint8 *name;
	uint32 len;
} Class;

/* ERROR for bytes that are no state. */
static void
refuse_state(const char *why)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("invalid state of finsent_eval"),
					errdetail("%s", why)));
}

static uint32
read32(const uint8 *from)
{
	uint32 value;

	memcpy(&value, from, sizeof(value));
	return pg_ntoh32(value);
}

static uint64
read64(const uint8 *from)
{
	uint64 value;

	memcpy(&value, from, sizeof(value));
	return pg_ntoh64(value);
}

static void
write32(uint8 *to, uint32 value)
{
	value = pg_hton32(value);
	memcpy(to, &value, sizeof(value));
}

static void
write64(uint8 *to, uint64 value)
{
	value = pg_hton64(value);
	memcpy(to, &value, sizeof(value));
}

/* Add to a count; ERROR beyond the largest bigint. */
static void
add64(uint8 *to, uint64 more)
{
	uint64 value = read64(to);

	if (value > PG_INT64_MAX || more > PG_INT64_MAX - value)
		refuse_state("A count is beyond the range of bigint.");
	write64(to, value + more);
}

/* The order of names in a state. */
static int
compare_names(const uint8 *a, uint32 a_len, const uint8 *b, uint32 b_len)
{
	int order = memcmp(a, b, Min(a_len, b_len));

	return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

/* Open a state's bytes. */
static State
open_state(bytea *bytes)
{
	State  s = { (uint8 *) VARDATA(bytes), VARSIZE(bytes) - VARHDRSZ, 0 };
	uint32 n;

	if (s.size < HEADER || memcmp(s.data, MAGIC, 4) != 0)
		refuse_state("The bytes do not begin as a state does.");
	n = read32(s.data + 4);
	if (n > CLASSES_MAX)
		refuse_state("It claims too many classes.");
	s.n = (int) n;
	return s;
}

/* The class at an offset, which moves behind it; whatever the bytes say, it lies within them. */
static Class
next_class(const State *s, Size *offset)
{
	Class c;

	if (s->size - *offset < CLASS_HEADER)
		refuse_state("It ends within a class.");
	c.counts = s->data + *offset;
	c.len = read32(c.counts + COUNTS);
	c.name = c.counts + CLASS_HEADER;
	*offset += CLASS_HEADER;
	if (c.len > NAME_MAX_BYTES || c.len > s->size - *offset)
		refuse_state("It ends within the name of a class.");
	*offset += c.len;
	return c;
}

/* All of a state: order, counts that can be, names that are text.  Fills tallies and names unless NULL. */
static void
check_state(const State *s, FsTally *tallies, Class *classes)
{
	Size   offset = HEADER;
	Class  last = { 0 };
	uint64 predicted = 0;
	uint64 gold = 0;

	for (int i = 0; i < s->n; i++)
	{
		Class	c = next_class(s, &offset);
		FsTally t = { read64(c.counts), read64(c.counts + 8), read64(c.counts + 16) };

		if (i > 0 && compare_names(last.name, last.len, c.name, c.len) >= 0)
			refuse_state("Its classes are out of order.");
		if (t.right > t.predicted || t.right > t.gold || t.predicted > PG_INT64_MAX - predicted ||
			t.gold > PG_INT64_MAX - gold || t.predicted + t.gold == 0)
			refuse_state("Its counts contradict each other.");
		if (!pg_verifymbstr((const char *) c.name, (int) c.len, true))
			refuse_state("The name of a class is no text of this database's encoding.");
		predicted += t.predicted;
		gold += t.gold;
		last = c;
		if (tallies)
			tallies[i] = t;
		if (classes)
			classes[i] = c;
	}
	if (offset != s->size || predicted != gold)
		refuse_state("Its counts contradict each other.");
}

/* Room for a state of so many bytes (without the varlena header) and classes. */
static bytea *
new_state(Size size, int n)
{
	bytea *bytes = palloc(VARHDRSZ + size);

	SET_VARSIZE(bytes, VARHDRSZ + size);
	memcpy(VARDATA(bytes), MAGIC, 4);
	write32((uint8 *) VARDATA(bytes) + 4, (uint32) n);
	return bytes;
}

/* ERROR for more classes than a state holds. */
static void
refuse_classes(int n)
{
	if (n > CLASSES_MAX)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("finsent_eval takes at most %d classes", CLASSES_MAX),
						errhint("Classes are compared as text; are these values scores?")));
}

/*
 * Where a class stands in a state, or would: sets found.  A state is walked from
 * its beginning: the classes of a task are few.
 */
static Size
find_class(const State *s, const char *name, uint32 len, bool *found)
{
	Size offset = HEADER;

	*found = false;
	for (int i = 0; i < s->n; i++)
	{
		Size  here = offset;
		Class c = next_class(s, &offset);
		int	  order = compare_names(c.name, c.len, (const uint8 *) name, len);

		*found = order == 0;
		if (order >= 0)
			return here;
	}
	return offset;
}

/* A state with a class more, of count 0, at an offset that find_class gave. */
static bytea *
insert_class(const State *s, Size at, const char *name, uint32 len)
{
	Size   more = CLASS_HEADER + len;
	bytea *bytes;
	uint8 *to;

	refuse_classes(s->n + 1);
	bytes = new_state(s->size + more, s->n + 1);
	to = (uint8 *) VARDATA(bytes);
	memcpy(to + HEADER, s->data + HEADER, at - HEADER);
	memset(to + at, 0, COUNTS);
	write32(to + at + COUNTS, len);
	memcpy(to + at + CLASS_HEADER, name, len);
	memcpy(to + at + more, s->data + at, s->size - at);
	return bytes;
}

/* Add a row to the counts of a class on one side; returns the state, which may have moved. */
static bytea *
count_class(bytea *bytes, const char *name, bool gold, bool right)
{
	uint32 len = (uint32) strlen(name);
	State  s = open_state(bytes);
	bool   found;
	Size   at = find_class(&s, name, len, &found);

	if (len > NAME_MAX_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the name of a class has %u bytes; finsent_eval takes at most %d", len, NAME_MAX_BYTES)));
	if (!found)
	{
		bytes = insert_class(&s, at, name, len);
		s = open_state(bytes);
	}
	add64(s.data + at + (gold ? 16 : 8), 1);
	if (right)
		add64(s.data + at, 1);
	return bytes;
}

/* finsent_eval_add(state, predicted, gold): a row more; the classes are the values as text. */
Datum
finsent_eval_add(PG_FUNCTION_ARGS)
{
	bool	  aggregate = AggCheckCallContext(fcinfo, NULL) != 0;
	bytea	 *state;
	char	 *predicted;
	char	 *gold;
	bool	  right;
	FmgrInfo *output = fs_pg_extra(fcinfo, sizeof(FmgrInfo));

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	if (output->fn_oid == InvalidOid)
	{
		Oid	 type = get_fn_expr_argtype(fcinfo->flinfo, 1);
		Oid	 function;
		bool varlena;

		if (!OidIsValid(type))
			elog(ERROR, "could not determine the type of the classes");
		getTypeOutputInfo(type, &function, &varlena);
		fmgr_info_cxt(function, output, fcinfo->flinfo->fn_mcxt);
	}
	if (PG_ARGISNULL(0))
		state = new_state(HEADER, 0);
	else
		state = aggregate ? PG_GETARG_BYTEA_P(0) : PG_GETARG_BYTEA_P_COPY(0);
	predicted = OutputFunctionCall(output, PG_GETARG_DATUM(1));
	gold = OutputFunctionCall(output, PG_GETARG_DATUM(2));
	right = strcmp(predicted, gold) == 0;
	state = count_class(state, predicted, false, right);
	PG_RETURN_BYTEA_P(count_class(state, gold, true, false));
}

/* finsent_eval_combine(state, state): counts of both, classes merged in their order. */
Datum
finsent_eval_combine(PG_FUNCTION_ARGS)
{
	State  a = open_state(PG_GETARG_BYTEA_P(0));
	State  b = open_state(PG_GETARG_BYTEA_P(1));
	Class *left = palloc(sizeof(Class) * (a.n + 1));
	Class *right = palloc(sizeof(Class) * (b.n + 1));
	bytea *bytes = new_state(a.size + b.size - HEADER, 0);
	uint8 *start = (uint8 *) VARDATA(bytes);
	uint8 *to = start + HEADER;
	int	   n = 0;

	check_state(&a, NULL, left);
	check_state(&b, NULL, right);
	for (int i = 0, j = 0; i < a.n || j < b.n; n++)
	{
		int	   order = i == a.n	  ? 1
					   : j == b.n ? -1
								  : compare_names(left[i].name, left[i].len, right[j].name, right[j].len);
		Class *from = order <= 0 ? &left[i] : &right[j];

		memcpy(to, from->counts, CLASS_HEADER + from->len);
		if (order == 0)
			for (int k = 0; k < COUNTS; k += 8)
				add64(to + k, read64(right[j].counts + k));
		to += CLASS_HEADER + from->len;
		i += order <= 0;
		j += order >= 0;
	}
	refuse_classes(n);
	write32(start + 4, (uint32) n);
	SET_VARSIZE(bytes, VARHDRSZ + (to - start));
	PG_RETURN_BYTEA_P(bytes);
}

/* "key": value, or null for a figure that is none. */
static void
append_figure(StringInfo json, const char *key, double value)
{
	char digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(value, digits);
	appendStringInfo(json, ", \"%s\": %s", key, value < 0 ? "null" : digits);
}

Datum
fs_pg_per_class(const FsTally *tallies, char **names, int n)
{
	StringInfoData json;

	initStringInfo(&json);
	appendStringInfoChar(&json, '{');
	for (int i = 0; i < n; i++)
	{
		if (i > 0)
			appendStringInfoString(&json, ", ");
		escape_json(&json, names[i]);
		appendStringInfo(&json, ": {\"gold\": " UINT64_FORMAT ", \"predicted\": " UINT64_FORMAT, tallies[i].gold,
						 tallies[i].predicted);
		append_figure(&json, "precision", fs_precision(&tallies[i]));
		append_figure(&json, "recall", fs_recall(&tallies[i]));
		append_figure(&json, "f1", fs_f1(&tallies[i]));
		appendStringInfoChar(&json, '}');
	}
	appendStringInfoChar(&json, '}');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data));
}

/* finsent_eval_final(state): the figures. */
Datum
finsent_eval_final(PG_FUNCTION_ARGS)
{
	State		 s = open_state(PG_GETARG_BYTEA_P(0));
	FsTally		*tallies = palloc(sizeof(FsTally) * (s.n + 1));
	Class		*classes = palloc(sizeof(Class) * (s.n + 1));
	char	   **names = palloc(sizeof(char *) * (s.n + 1));
	FsEvaluation e;
	FsRow		 row;
	TupleDesc	 type;

	check_state(&s, tallies, classes);
	for (int i = 0; i < s.n; i++)
		names[i] = pnstrdup((char *) classes[i].name, classes[i].len);
	e = fs_evaluate(tallies, s.n);
	if (e.n == 0)
		PG_RETURN_NULL();
	if (get_call_result_type(fcinfo, NULL, &type) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "the result is no row type");
	fs_row_clear(&row);
	fs_row_float(&row, e.accuracy);
	fs_row_float(&row, e.macro_f1);
	fs_row_float(&row, e.mcc);
	fs_row_float(&row, e.majority);
	fs_row_datum(&row, Int64GetDatum((int64) e.n));
	fs_row_datum(&row, fs_pg_per_class(tallies, names, s.n));
	PG_RETURN_DATUM(fs_row_tuple(&row, BlessTupleDesc(type)));
}
