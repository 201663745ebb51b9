/*
 * env.c - what the core needs of a server: memory, interrupts, texts, errors.
 *
 * Memory.  An arena starts in a static block, which serves headlines and most
 * articles: they allocate nothing, and its pages stay mapped from call to call.
 * Only one reading is open at a time, because the core never calls back into
 * SQL and a function copies its answer before it returns; after an ERROR the
 * block is simply used again.  What does not fit goes into a memory context of
 * the call, below the function's own, so that an ERROR frees it.
 *
 * Interrupts.  The core polls after every 64 kB at the latest.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "compat.h"
#include "env.h"

FS_PG_MODULE_MAGIC;

#define FIRST_BLOCK_BYTES (256 * 1024)
#define ALIGN_BYTES 16

static char first_block[FIRST_BLOCK_BYTES] __attribute__((aligned(ALIGN_BYTES)));

/* FsEnv.alloc: memory of the call, 16-byte aligned. */
static void *
env_alloc(void *ctx, size_t size)
{
	FsReading  *reading = ctx;
	char	   *p;

	if (reading->context == NULL)
		reading->context = AllocSetContextCreate(reading->parent, "finsent document", ALLOCSET_DEFAULT_SIZES);
	p = MemoryContextAllocHuge(reading->context, size + ALIGN_BYTES);
	return (void *) TYPEALIGN(ALIGN_BYTES, p);
}

/* FsEnv.poll: a cancelled query ends here. */
static void
env_poll(void *ctx)
{
	(void) ctx;
	CHECK_FOR_INTERRUPTS();
}

/* ERROR for a text that is longer than finsent reads. */
static void
fail_too_long(const char *argument)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("%s is longer than %d MB", argument, (int) (FS_TEXT_MAX >> 20)),
			 errdetail("The longest text that is read has %zu bytes in UTF-8.", FS_TEXT_MAX),
			 errhint("Pass a part of the text, for instance its first million characters with left().")));
}

/*
 * Fetch a text argument.  Its size is known before it is decompressed, which
 * is done only for what will be read; a short header is left alone.
 */
static void
source_fetch(FsReading *reading, FsSource *source, Datum argument, const char *name)
{
	struct varlena *raw = (struct varlena *) DatumGetPointer(argument);
	size_t		size;

	if (VARATT_IS_EXTERNAL(raw) || VARATT_IS_COMPRESSED(raw))
		size = toast_raw_datum_size(argument) - VARHDRSZ;
	else
		size = VARSIZE_ANY_EXHDR(raw);
	if (size > FS_TEXT_MAX)
		fail_too_long(name);
	source->argument = raw;
	source->datum = pg_detoast_datum_packed(raw);
	source->data = VARDATA_ANY(source->datum);
	source->len = (uint32_t) VARSIZE_ANY_EXHDR(source->datum);
	if (!fs_pg_decode(&reading->arena, source))
		fail_too_long(name);
}

/* An argument that is absent: an empty text. */
static void
source_clear(FsSource *source)
{
	memset(source, 0, sizeof(*source));
	source->text.data = source->data = "";
}

/* Give back the copy that detoasting made. */
static void
source_release(FsSource *source)
{
	if (source->datum != source->argument)
		pfree(source->datum);
}

bool
fs_pg_open(FsReading *reading, FunctionCallInfo fcinfo, int body, int title)
{
	if (PG_ARGISNULL(body))
		return false;
	reading->env.alloc = env_alloc;
	reading->env.poll = env_poll;
	reading->env.ctx = reading;
	reading->parent = CurrentMemoryContext;
	reading->context = NULL;
	fs_arena_init(&reading->arena, &reading->env, first_block, sizeof(first_block));
	source_clear(&reading->body);
	source_clear(&reading->title);
	source_clear(&reading->extra);
	source_fetch(reading, &reading->body, PG_GETARG_DATUM(body), "body");
	if (title >= 0 && !PG_ARGISNULL(title))
		source_fetch(reading, &reading->title, PG_GETARG_DATUM(title), "title");
	return true;
}

void
fs_pg_fetch_extra(FsReading *reading, FunctionCallInfo fcinfo, int argument, const char *name)
{
	if (!PG_ARGISNULL(argument))
		source_fetch(reading, &reading->extra, PG_GETARG_DATUM(argument), name);
}

void
fs_pg_close(FsReading *reading)
{
	source_release(&reading->body);
	source_release(&reading->title);
	source_release(&reading->extra);
	if (reading->context)
		MemoryContextDelete(reading->context);
}

void
fs_pg_fail(FsReading *reading, FsError error)
{
	switch (error.status)
	{
		case FS_TEXT_TOO_LONG:
			fail_too_long(error.offset == 0 ? "body" : reading->extra.datum ? "target" : "title");
			break;
		case FS_BAD_OPTION:		/* worded by the function that has options */
		case FS_OK:
			break;
	}
	elog(ERROR, "unexpected status of the core: %d", (int) error.status);
}

const FsDocument *
fs_pg_document(FsReading *reading, unsigned wants)
{
	FsError		error = { FS_OK, 0, 0 };
	const FsDocument *document;

	document = fs_document_read(&reading->arena, reading->body.text, reading->title.text, wants, &error);
	if (document == NULL)
		fs_pg_fail(reading, error);
	return document;
}

/* A SQL text of bytes that are in the database's encoding. */
static text *
make_text(const char *data, size_t len)
{
	if (len > MaxAllocSize - VARHDRSZ)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("result is longer than %d MB", (int) (MaxAllocSize >> 20)),
				 errhint("Pass a part of the text.")));
	return cstring_to_text_with_len(len > 0 ? data : "", (int) len);
}

text *
fs_pg_text(FsReading *reading, const char *data, size_t len)
{
	FsText		encoded;

	if (len > MaxAllocSize)
		return make_text(data, len);	/* refused there */
	encoded = fs_pg_encode(&reading->arena, data, len);
	return make_text(encoded.data, encoded.len);
}

text *
fs_pg_span_text(FsReading *reading, FsSource *source, FsSpan span)
{
	FsText		original = fs_pg_original(&reading->arena, source, span);

	return make_text(original.data, original.len);
}

text *
fs_pg_folded_text(FsReading *reading, FsSpan span)
{
	FsString	out = { NULL, 0, 0 };

	fs_append_folded(&reading->arena, &out, reading->body.text, span);
	return fs_pg_text(reading, out.data, out.len);
}
