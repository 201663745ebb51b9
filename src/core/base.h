/*
 * base.h - level 0: status, spans, the environment and the arena.
 *
 * The core is C11 + libc (+ ICU in unicode.c alone).  What it needs from its
 * host comes in through FsEnv; what it allocates lives in an FsArena and is
 * never freed piecemeal.
 *
 * alloc and poll may leave by longjmp (a server's ERROR).  The core therefore
 * holds nothing but arena memory across a call of either, and neither ever
 * "fails": alloc returns memory or does not return.
 */
#ifndef FS_BASE_H
#define FS_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Longest text that is read, in bytes (256 MB); spans are 32 bit. */
#define FS_TEXT_MAX ((size_t) 256 * 1024 * 1024)

/* The host's poll is called at the latest after this many bytes of text. */
#define FS_POLL_BYTES 65536

typedef enum FsStatus
{
	FS_OK = 0,
	FS_TEXT_TOO_LONG, /* body or title longer than FS_TEXT_MAX */
	FS_BAD_OPTION,	  /* an option string has an unknown name or value */
} FsStatus;

/* A status with the place it speaks of; the glue words the message. */
typedef struct FsError
{
	FsStatus status;
	uint32_t offset; /* byte offset into the input at fault */
	uint32_t length; /* bytes at fault, 0 if unknown */
} FsError;

typedef struct FsEnv
{
	void *(*alloc)(void *ctx, size_t size); /* 16-byte aligned */
	void (*poll)(void *ctx);				/* may be NULL */
	void *ctx;
} FsEnv;

/* A stretch of the original text, in bytes. */
typedef struct FsSpan
{
	uint32_t start;
	uint32_t len;
} FsSpan;

/* UTF-8, not terminated; bytes that are no UTF-8 are read as separators. */
typedef struct FsText
{
	const char *data;
	uint32_t	len;
} FsText;

/* A string that the core built in an arena; not terminated. */
typedef struct FsString
{
	char  *data;
	size_t len;
	size_t room;
} FsString;

typedef struct FsArena
{
	const FsEnv *env;
	char		*next;
	char		*end;
	size_t		 total; /* bytes taken from the environment */
} FsArena;

/* The first of n bytes, from one on, that is not 0; n if all are. */
static inline int
fs_next_set(const uint8_t *bytes, int from, int n)
{
	for (; from + 8 <= n; from += 8)
	{
		uint64_t eight;

		memcpy(&eight, bytes + from, 8);
		if (eight != 0)
			break;
	}
	while (from < n && bytes[from] == 0)
		from++;
	return from;
}

/*
 * Start an arena.  block (of size bytes, may be NULL) is used before the
 * environment is asked, so that a short text allocates nothing.
 */
extern void fs_arena_init(FsArena *arena, const FsEnv *env, void *block, size_t size);

/* Uninitialised memory, 16-byte aligned, living as long as the arena. */
extern void *fs_alloc(FsArena *arena, size_t size);

/* The same, the first bytes or all zero. */
extern void *fs_alloc_cleared(FsArena *arena, size_t size, size_t cleared);
extern void *fs_alloc0(FsArena *arena, size_t size);

/*
 * Make room for one more element: items points to the array pointer, count is
 * the number in use, *room the number allocated.  Doubles; the old copy stays
 * in the arena, so a vector costs at most twice its final size.
 */
extern void *fs_grow(FsArena *arena, void *items, size_t count, uint32_t *room, size_t item_size);

#define FS_PUSH(arena, array, count, room)                                                                           \
	((count) < (room)                                                                                                \
		 ? &(array)[(count)++]                                                                                       \
		 : ((array) = fs_grow((arena), (array), (count), &(room), sizeof(*(array))), &(array)[(count)++]))

/* Append to a growing string. */
extern void fs_append(FsArena *arena, FsString *s, const char *data, size_t len);
extern void fs_append_cstr(FsArena *arena, FsString *s, const char *cstr);
extern void fs_appendf(FsArena *arena, FsString *s, const char *format, ...) __attribute__((format(printf, 3, 4)));

static inline void
fs_poll(const FsArena *arena)
{
	if (arena->env->poll)
		arena->env->poll(arena->env->ctx);
}

static inline uint32_t
fs_span_end(FsSpan span)
{
	return span.start + span.len;
}

#endif /* FS_BASE_H */
