/*
 * env.h - what the core needs of a server: memory, interrupts, texts, errors.
 *
 * A SQL function opens a reading over its text arguments, asks the core, copies
 * the answer into SQL values and closes the reading.
 */
#ifndef FS_PG_ENV_H
#define FS_PG_ENV_H

#include "../core/document.h"
#include "recode.h"

typedef struct FsReading
{
	FsEnv			   env;
	FsArena			   arena;
	MemoryContext	   parent;	  /* the function's */
	MemoryContext	   context;	  /* NULL as long as the first block suffices */
	bool			   again;	  /* the texts are the last document's */
	const FsKnowledge *knowledge; /* of a workspace, NULL: the compiled tables alone */
	FsSource		   body;
	FsSource		   title;
	FsSource		   extra; /* target, options */
} FsReading;

/*
 * Open a reading.  body and title are argument numbers, title -1 if the function
 * has none; a NULL title is an empty one.  Returns false, with nothing to
 * close, if the body is NULL.
 */
extern bool fs_pg_open(FsReading *reading, FunctionCallInfo fcinfo, int body, int title);

/*
 * The same for functions with a workspace: its name, body, title, in the first
 * three arguments; the version of the model in the one of that number, -1: the
 * newest.
 */
extern bool fs_pg_open_as(FsReading *reading, FunctionCallInfo fcinfo, int version);

/* The same for texts at hand; title 0: none.  knowledge may be NULL, and lives at least until the reading is closed. */
extern void fs_pg_open_texts(FsReading *reading, Datum body, Datum title, const FsKnowledge *knowledge);

/* Open a reading without texts, for answers that speak of none. */
extern void fs_pg_open_empty(FsReading *reading);

/* Fetch a third text, by its number and name; NULL is an empty one. */
extern void fs_pg_fetch_extra(FsReading *reading, FunctionCallInfo fcinfo, int argument, const char *name);

/* Give back what the reading took; what the core returned is gone. */
extern void fs_pg_close(FsReading *reading);

/* The document with what is wanted (FsWants). */
extern const FsDocument *fs_pg_document(FsReading *reading, unsigned wants);

/* ERROR for a failure of the core. */
extern _Noreturn void fs_pg_fail(FsReading *reading, FsError error);

/* A SQL text of a string that the core made (UTF-8). */
extern text *fs_pg_text(FsReading *reading, const char *data, size_t len);

/* A SQL text of what stands at a span of body or title. */
extern text *fs_pg_span_text(FsReading *reading, FsSource *source, FsSpan span);

#endif /* FS_PG_ENV_H */
