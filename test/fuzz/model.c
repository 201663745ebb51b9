/*
 * model.c - fuzz target: the bytes of a trained model.
 *
 * The input is taken as bytes, and once more with size and checksum made right,
 * so that the fuzzer gets behind them.  What is accepted must compute within its
 * integers and be written to the same bytes again.
 */
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "trained.h"

static char block[16 * 1024 * 1024];

static void *
take_memory(void *ctx, size_t size)
{
	(void) ctx;
	(void) size;
	abort(); /* all fits into the block */
}

static const FsEnv env = { take_memory, NULL, NULL };

static void
read_bytes(const char *bytes, size_t size)
{
	FsArena			 arena;
	FsModelFault	 fault;
	FsText			 found = { "", 0 };
	const FsTrained *model;
	FsSight			 sight;
	FsFeatures		*f;
	FsText			 again;

	fs_arena_init(&arena, &env, block, sizeof(block));
	model = fs_trained_read(&arena, bytes, size, "finsent", &fault, &found);
	if ((model == NULL) == (fault == FS_MODEL_GOOD))
		abort();
	if (model == NULL)
		return;
	sight = (FsSight){ .features = fs_alloc(&arena, sizeof(FsFeatures)), .compiled = { 1 << 20, 0, -(1 << 20) } };
	f = sight.features;
	f->n = 0;
	for (uint32_t i = 0; i < FS_STACK_ALL; i++)
		f->item[f->n++] = (FsFeature){ FS_MODEL_BUCKETS + i, i % 2 ? 1 << 20 : -(1 << 20) };
	for (uint32_t i = 0; i < 32; i++)
		f->item[f->n++] = (FsFeature){ i * 37, 1024 };
	for (int i = 0; i < FS_MEASURES; i++)
		sight.measures.value[i] = (int16_t) (i * 4099);
	fs_trained_logits(model, &sight);
	again = fs_trained_write(&arena, model, "finsent");
	if (again.len != size || memcmp(again.data, bytes, size) != 0)
		abort();
}

extern int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char copy[65536];

	read_bytes((const char *) data, size);
	if (size < 16 || size > sizeof(copy))
		return 0;
	memcpy(copy, data, size);
	memcpy(copy, "FSMODEL\0\2\0\21\0", 12);
	if (size >= 48)
		memcpy(copy + 16, "finsent\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 32);
	fs_trained_seal(copy, size);
	read_bytes(copy, size);
	return 0;
}
