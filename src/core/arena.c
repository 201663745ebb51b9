/*
 * arena.c - level 0: memory that lives as long as one document.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base.h"

#define ARENA_ALIGN 16
#define ARENA_CHUNK_MIN ((size_t) 32 * 1024)
#define ARENA_CHUNK_MAX ((size_t) 1024 * 1024)

void
fs_arena_init(FsArena *arena, const FsEnv *env, void *block, size_t size)
{
	uintptr_t start = ((uintptr_t) block + ARENA_ALIGN - 1) & ~(uintptr_t) (ARENA_ALIGN - 1);
	size_t	  lost = start - (uintptr_t) block;

	arena->env = env;
	arena->total = 0;
	arena->next = block && size > lost ? (char *) start : NULL;
	arena->end = arena->next ? (char *) block + size : NULL;
}

/*
 * A request that does not fit starts a new chunk; what was left of the old one
 * is given up.  Chunks grow with the arena, so that they stay few; a request
 * larger than a chunk gets memory of its own and leaves the current chunk.
 */
void *
fs_alloc(FsArena *arena, size_t size)
{
	size_t chunk;
	char  *p;

	size = (size + ARENA_ALIGN - 1) & ~(size_t) (ARENA_ALIGN - 1);
	if (arena->next && (size_t) (arena->end - arena->next) >= size)
	{
		p = arena->next;
		arena->next += size;
		return p;
	}
	chunk = arena->total < ARENA_CHUNK_MIN ? ARENA_CHUNK_MIN : arena->total;
	if (chunk > ARENA_CHUNK_MAX)
		chunk = ARENA_CHUNK_MAX;
	if (size > chunk / 2)
	{
		p = arena->env->alloc(arena->env->ctx, size);
		arena->total += size;
		return p;
	}
	p = arena->env->alloc(arena->env->ctx, chunk);
	arena->total += chunk;
	arena->next = p + size;
	arena->end = p + chunk;
	return p;
}

void *
fs_alloc_cleared(FsArena *arena, size_t size, size_t cleared)
{
	return memset(fs_alloc(arena, size), 0, cleared);
}

void *
fs_alloc0(FsArena *arena, size_t size)
{
	return fs_alloc_cleared(arena, size, size);
}

void *
fs_grow(FsArena *arena, void *items, size_t count, uint32_t *room, size_t item_size)
{
	uint32_t want = *room < 8 ? 8 : *room * 2;
	void	*copy = fs_alloc(arena, want * item_size);

	if (count > 0)
		memcpy(copy, items, count * item_size);
	*room = want;
	return copy;
}

void
fs_append(FsArena *arena, FsString *s, const char *data, size_t len)
{
	if (s->room - s->len < len)
	{
		size_t want = s->room < 256 ? 256 : s->room * 2;
		char  *copy;

		while (want - s->len < len)
			want *= 2;
		copy = fs_alloc(arena, want);
		if (s->len > 0)
			memcpy(copy, s->data, s->len);
		s->data = copy;
		s->room = want;
	}
	if (len > 0)
		memcpy(s->data + s->len, data, len);
	s->len += len;
}

void
fs_append_cstr(FsArena *arena, FsString *s, const char *cstr)
{
	fs_append(arena, s, cstr, strlen(cstr));
}

/* For numbers and short names; what is longer than the buffer is cut. */
void
fs_appendf(FsArena *arena, FsString *s, const char *format, ...)
{
	char	buffer[512];
	va_list args;
	int		n;

	va_start(args, format);
	n = vsnprintf(buffer, sizeof(buffer), format, args);
	va_end(args);
	if (n > 0)
		fs_append(arena, s, buffer, (size_t) n < sizeof(buffer) ? (size_t) n : sizeof(buffer) - 1);
}
