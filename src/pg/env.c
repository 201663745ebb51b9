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
 * Last document.  A row's score, label and tickers are asked for one after the
 * other, so the last document stays in the block, with a copy of its text, as
 * long as all of it fits there; a function that asks for the same text gets it
 * without reading.  If it wants more, the text is read once more for all that
 * was wanted of it; and where one text was asked for several times, the next is
 * read at once for all that the last was.  What an answer holds does not depend
 * on what else was wanted (test/unit/document.c), so nobody can tell, but by the
 * time it takes.
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
#include "knowledge.h"

FS_PG_MODULE_MAGIC;

#define FIRST_BLOCK_BYTES (512 * 1024)
#define ALIGN_BYTES 16

/* A longer text is not kept: reading it costs far more than a call does. */
#define KEPT_TEXT_BYTES (64 * 1024)

static char first_block[FIRST_BLOCK_BYTES] __attribute__((aligned(ALIGN_BYTES)));

/* The last document, in first_block. */
static struct
{
	const FsDocument *document; /* NULL: none */
	unsigned		  wants;	/* what it was read for */
	unsigned		  asked;	/* what calls wanted of it */
	unsigned		  calls;
	uint64			  generation; /* of the knowledge that it was read with, 0: none */
	int32			  day;
	char			 *next; /* the arena after it */
	char			 *end;
} last;

/* FsEnv.alloc: memory of the call, 16-byte aligned. */
static void *
env_alloc(void *ctx, size_t size)
{
	FsReading *reading = ctx;
	char	  *p;

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
	ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					errmsg("%s is longer than %d MB", argument, (int) (FS_TEXT_MAX >> 20)),
					errdetail("The longest text that is read has %zu bytes in UTF-8.", FS_TEXT_MAX),
					errhint("Pass a part of the text, for instance its first million characters with left().")));
}

/*
 * Fetch a text argument.  Its size is known before it is decompressed, which
 * is done only for what will be read; a short header is left alone.
 */
static void
source_fetch(FsSource *source, Datum argument, const char *name)
{
	struct varlena *raw = (struct varlena *) DatumGetPointer(argument);
	size_t			size;

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
	source->name = name;
}

/* Make a fetched text the core's. */
static void
source_decode(FsReading *reading, FsSource *source)
{
	if (!fs_pg_decode(&reading->arena, source))
		fail_too_long(source->name);
}

/* Whether the source is the text, byte by byte. */
static bool
source_is(const FsSource *source, FsText text)
{
	return source->len == text.len && (text.len == 0 || memcmp(source->data, text.data, text.len) == 0);
}

/* Let the source stand in the block rather than in the argument. */
static void
source_keep(FsReading *reading, FsSource *source)
{
	char *copy = fs_alloc(&reading->arena, source->len + 1);

	memcpy(copy, source->data, source->len);
	source->data = copy;
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

/*
 * Start the arena: after the last document if the texts are its own, else in
 * the empty block, with copies of texts that may be kept.
 */
static void
arena_start(FsReading *reading)
{
	fs_arena_init(&reading->arena, &reading->env, first_block, sizeof(first_block));
	uint64 generation = reading->knowledge ? reading->knowledge->generation : 0;
	int32  day = reading->knowledge ? reading->knowledge->day : 0;

	reading->again = last.document && generation == last.generation && day == last.day &&
					 source_is(&reading->body, last.document->body) &&
					 source_is(&reading->title, last.document->title);
	if (reading->again)
	{
		reading->body.data = last.document->body.data;
		reading->title.data = last.document->title.data;
		reading->arena.next = last.next;
		reading->arena.end = last.end;
		return;
	}
	last.document = NULL;
	last.generation = generation;
	last.day = day;
	if (reading->body.len + reading->title.len <= KEPT_TEXT_BYTES)
	{
		source_keep(reading, &reading->body);
		source_keep(reading, &reading->title);
	}
}

/* The arena does not start in the block, where the last document stays. */
void
fs_pg_open_empty(FsReading *reading)
{
	reading->env.alloc = env_alloc;
	reading->env.poll = env_poll;
	reading->env.ctx = reading;
	reading->parent = CurrentMemoryContext;
	reading->context = NULL;
	reading->knowledge = NULL;
	source_clear(&reading->body);
	source_clear(&reading->title);
	source_clear(&reading->extra);
	fs_arena_init(&reading->arena, &reading->env, NULL, 0);
}

bool
fs_pg_open(FsReading *reading, FunctionCallInfo fcinfo, int body, int title)
{
	if (PG_ARGISNULL(body))
		return false;
	fs_pg_open_texts(reading, PG_GETARG_DATUM(body),
					 title >= 0 && !PG_ARGISNULL(title) ? PG_GETARG_DATUM(title) : (Datum) 0, NULL);
	return true;
}

bool
fs_pg_open_as(FsReading *reading, FunctionCallInfo fcinfo, int version)
{
	const FsKnowledge *knowledge = fs_pg_knowledge_argument(fcinfo, version);

	if (PG_ARGISNULL(1))
		return false;
	fs_pg_open_texts(reading, PG_GETARG_DATUM(1), PG_ARGISNULL(2) ? (Datum) 0 : PG_GETARG_DATUM(2), knowledge);
	return true;
}

void
fs_pg_open_texts(FsReading *reading, Datum body, Datum title, const FsKnowledge *knowledge)
{
	fs_pg_open_empty(reading);
	reading->knowledge = knowledge && knowledge->model ? knowledge : NULL;
	source_fetch(&reading->body, body, "body");
	if (title != (Datum) 0)
		source_fetch(&reading->title, title, "title");
	arena_start(reading);
	source_decode(reading, &reading->body);
	source_decode(reading, &reading->title);
}

void
fs_pg_fetch_extra(FsReading *reading, FunctionCallInfo fcinfo, int argument, const char *name)
{
	if (!PG_ARGISNULL(argument))
	{
		source_fetch(&reading->extra, PG_GETARG_DATUM(argument), name);
		source_decode(reading, &reading->extra);
	}
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
		case FS_BAD_OPTION: /* worded by the function that has options */
		case FS_OK:
			break;
	}
	elog(ERROR, "unexpected status of the core: %d", (int) error.status);
}

/* Whether all that was read stands in the block. */
static bool
is_kept(const FsReading *reading)
{
	return reading->context == NULL && !reading->body.recoded && !reading->title.recoded &&
		   reading->body.len + reading->title.len <= KEPT_TEXT_BYTES;
}

const FsDocument *
fs_pg_document(FsReading *reading, unsigned wants)
{
	FsError			  error = { FS_OK, 0, 0 };
	const FsDocument *document = last.document;
	bool			  more;

	if (!reading->again)
		last.asked = last.calls > 1 ? last.asked : 0;
	more = !reading->again || (wants & ~last.wants) != 0;
	if (more)
	{
		last.document = NULL;
		last.wants = last.asked | wants;
		document = fs_document_read_with(&reading->arena, reading->body.text, reading->title.text, last.wants,
										 reading->knowledge, &error);
		if (document == NULL)
			fs_pg_fail(reading, error);
	}
	last.asked = reading->again ? last.asked | wants : wants;
	last.calls = reading->again ? last.calls + 1 : 1;
	if (more && is_kept(reading))
	{
		last.document = document;
		last.next = reading->arena.next;
		last.end = reading->arena.end;
	}
	return document;
}

/* A SQL text of bytes that are in the database's encoding. */
static text *
make_text(const char *data, size_t len)
{
	if (len > MaxAllocSize - VARHDRSZ)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("result is longer than %d MB", (int) (MaxAllocSize >> 20)),
						errhint("Pass a part of the text.")));
	return cstring_to_text_with_len(len > 0 ? data : "", (int) len);
}

text *
fs_pg_text(FsReading *reading, const char *data, size_t len)
{
	FsText encoded;

	if (len > MaxAllocSize)
		return make_text(data, len); /* refused there */
	encoded = fs_pg_encode(&reading->arena, data, len);
	return make_text(encoded.data, encoded.len);
}

text *
fs_pg_span_text(FsReading *reading, FsSource *source, FsSpan span)
{
	FsText original = fs_pg_original(&reading->arena, source, span);

	return make_text(original.data, original.len);
}
