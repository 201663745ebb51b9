/*
 * arena.c - memory of the core: what it hands out and what it asks for.
 */
#include "unit.h"

static void
memory_is_aligned_whatever_the_size(void)
{
	FsArena *arena = unit_arena();

	for (size_t size = 1; size < 100; size += 7)
		CHECK_INT((uintptr_t) fs_alloc(arena, size) % 16, 0);
}

static void
a_block_on_the_stack_is_used_before_the_environment(void)
{
	_Alignas(16) char block[512];
	FsArena			  arena;
	FsEnv			  env = { unit_alloc, NULL, NULL };
	char			 *p;

	fs_arena_init(&arena, &env, block, sizeof(block));
	p = fs_alloc(&arena, 100);
	CHECK(p >= block && p + 100 <= block + sizeof(block));
	CHECK_INT(arena.total, 0);
	p = fs_alloc(&arena, 1000);
	CHECK(p + 1000 <= block || p >= block + sizeof(block));
	memset(p, 1, 1000);
}

static void
a_vector_grows_and_keeps_its_elements(void)
{
	int		*numbers = NULL;
	uint32_t count = 0;
	uint32_t room = 0;

	for (int i = 0; i < 1000; i++)
		*FS_PUSH(unit_arena(), numbers, count, room) = i;
	CHECK_INT(count, 1000);
	for (int i = 0; i < 1000; i++)
		CHECK_INT(numbers[i], i);
}

static void
a_string_grows_and_formats(void)
{
	FsString s = { 0 };

	for (int i = 0; i < 100; i++)
		fs_appendf(unit_arena(), &s, "%d,", i);
	fs_append(unit_arena(), &s, "x\0y", 3);
	fs_append_cstr(unit_arena(), &s, "z");
	CHECK_INT(s.len, 294);
	CHECK(memcmp(s.data, "0,1,2,", 6) == 0);
	CHECK(memcmp(s.data + s.len - 4, "x\0yz", 4) == 0);
}

int
main(void)
{
	RUN(memory_is_aligned_whatever_the_size);
	RUN(a_block_on_the_stack_is_used_before_the_environment);
	RUN(a_vector_grows_and_keeps_its_elements);
	RUN(a_string_grows_and_formats);
	return unit_done();
}
