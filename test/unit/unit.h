/*
 * unit.h - the harness of the unit tests.
 *
 * A test program has one function a behaviour and runs each by RUN; what it
 * prints is TAP ("ok 1 - numbers: reads crore").  A check that fails prints
 * where and what, and the behaviour goes on.
 *
 *		static void
 *		reads_crore(void)
 *		{
 *			FsText	text = unit_text("Rs 5 crore");
 *
 *			CHECK_INT(fs_something(unit_arena(), text), 5);
 *		}
 *
 *		int
 *		main(void)
 *		{
 *			RUN(reads_crore);
 *			return unit_done();
 *		}
 *
 * Texts and arena live until the behaviour ends.  Each is a block of its own of
 * exactly the size asked for, so that the sanitizers see every read beyond it.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base.h"

static struct
{
	int		run;	/* behaviours run */
	int		failed; /* behaviours failed */
	int		faults; /* checks failed in the one that runs */
	void  **blocks; /* to free when it ends */
	size_t	nblocks;
	size_t	room;
	long	polls; /* calls of the environment's poll */
	FsArena arena;
	bool	arena_open;
} unit;

/* Memory until the behaviour ends. */
static inline void *
unit_alloc(void *ctx, size_t size)
{
	void *block = malloc(size ? size : 1);

	(void) ctx;
	if (unit.nblocks == unit.room)
	{
		unit.room = unit.room ? unit.room * 2 : 64;
		unit.blocks = realloc(unit.blocks, unit.room * sizeof(void *));
	}
	if (block == NULL || unit.blocks == NULL)
	{
		printf("Bail out! out of memory\n");
		exit(1);
	}
	unit.blocks[unit.nblocks++] = block;
	return block;
}

/* Count the polls. */
static inline void
unit_poll(void *ctx)
{
	(void) ctx;
	unit.polls++;
}

/* The behaviour's arena. */
static inline FsArena *
unit_arena(void)
{
	static const FsEnv env = { unit_alloc, unit_poll, NULL };

	if (!unit.arena_open)
		fs_arena_init(&unit.arena, &env, NULL, 0);
	unit.arena_open = true;
	return &unit.arena;
}

/* A text in a block of exactly its size. */
static inline FsText
unit_bytes(const void *data, size_t len)
{
	FsText text;
	char  *copy = unit_alloc(NULL, len);

	if (len > 0)
		memcpy(copy, data, len);
	text.data = copy;
	text.len = (uint32_t) len;
	return text;
}

static inline FsText
unit_text(const char *s)
{
	return unit_bytes(s, strlen(s));
}

/* A span of a text as a terminated string. */
static inline const char *
unit_span(FsText text, FsSpan span)
{
	char *copy;

	if (span.start > text.len || span.len > text.len - span.start)
		return "(span outside the text)";
	copy = unit_alloc(NULL, (size_t) span.len + 1);
	memcpy(copy, text.data + span.start, span.len);
	copy[span.len] = '\0';
	return copy;
}

/* Report a failed check. */
__attribute__((format(printf, 3, 4))) static inline void
unit_fault(const char *file, int line, const char *format, ...)
{
	va_list args;

	printf("# %s:%d: ", file, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	unit.faults++;
}

/* Integers equal? */
static inline void
unit_check_int(const char *file, int line, const char *what, long long got, long long want)
{
	if (got != want)
		unit_fault(file, line, "%s is %lld, not %lld", what, got, want);
}

/* Strings equal?  NULL equals only NULL. */
static inline void
unit_check_str(const char *file, int line, const char *what, const char *got, const char *want)
{
	if (got == NULL || want == NULL ? got != want : strcmp(got, want) != 0)
		unit_fault(file, line, "%s is \"%s\", not \"%s\"", what, got ? got : "(null)", want ? want : "(null)");
}

#define CHECK(condition) ((condition) ? (void) 0 : unit_fault(__FILE__, __LINE__, "not true: %s", #condition))
#define CHECK_MSG(condition, ...) ((condition) ? (void) 0 : unit_fault(__FILE__, __LINE__, __VA_ARGS__))
#define CHECK_INT(got, want) unit_check_int(__FILE__, __LINE__, #got, (long long) (got), (long long) (want))
#define CHECK_STR(got, want) unit_check_str(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_SPAN(text, span, want) unit_check_str(__FILE__, __LINE__, #span, unit_span((text), (span)), (want))

/* End a behaviour: its line, its memory. */
static inline void
unit_end(const char *name)
{
	char   words[200];
	size_t i;

	for (i = 0; name[i] != '\0' && i < sizeof(words) - 1; i++)
		words[i] = name[i] == '_' ? ' ' : name[i];
	words[i] = '\0';
	unit.run++;
	unit.failed += unit.faults > 0;
	printf("%s %d - %s\n", unit.faults > 0 ? "not ok" : "ok", unit.run, words);
	fflush(stdout);
	unit.faults = 0;
	unit.arena_open = false;
	while (unit.nblocks > 0)
		free(unit.blocks[--unit.nblocks]);
}

#define RUN(behaviour) (behaviour(), unit_end(#behaviour))

/* The plan, and the program's exit status. */
static inline int
unit_done(void)
{
	printf("1..%d\n", unit.run);
	free(unit.blocks);
	return unit.failed > 0;
}

#endif /* UNIT_H */
