/*
 * fuzz.h - what the fuzz targets share: memory of exact sizes, assertions.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base.h"

#define BLOCKS_MAX 100000

#define MUST(condition)                                                                                              \
	((condition) ? (void) 0 : (fprintf(stderr, "not true: %s (line %d)\n", #condition, __LINE__), abort()))

static void	 *blocks[BLOCKS_MAX];
static size_t nblocks;

/* FsEnv.alloc: a block of exactly the size, until fuzz_free. */
static inline void *
fuzz_alloc(void *ctx, size_t size)
{
	void *block = malloc(size ? size : 1);

	(void) ctx;
	MUST(block != NULL && nblocks < BLOCKS_MAX);
	return blocks[nblocks++] = block;
}

static inline void
fuzz_poll(void *ctx)
{
	(void) ctx;
}

static const FsEnv env = { fuzz_alloc, fuzz_poll, NULL };

/* A copy in a block of exactly its size. */
static inline FsText
copy_text(const uint8_t *data, size_t size)
{
	FsText text;
	char  *copy = fuzz_alloc(NULL, size);

	if (size > 0)
		memcpy(copy, data, size);
	text.data = copy;
	text.len = (uint32_t) size;
	return text;
}

/* Inside the text? */
static inline bool
inside(FsText text, FsSpan span)
{
	return span.start <= text.len && span.len <= text.len - span.start;
}

/* Give back all blocks. */
static inline void
fuzz_free(void)
{
	while (nblocks > 0)
		free(blocks[--nblocks]);
}

extern int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif /* FUZZ_H */
