/*
 * workspace.c - the fuzz target: a user's own words and companies over a text.
 *
 * The input is rows, a NUL, and a text.  A row is a line: its first byte is the
 * weight of a term, or 0x80 and above for a company, whose ticker, name and
 * aliases are parted by tabs.  Whatever the rows are, what holds of every
 * document holds, and the same rows give the same answer when they are built
 * again.
 */
#include "checks.h"

/* The part of a row up to the next tab; *rest is what follows it. */
static FsText
next_part(FsText *rest)
{
	const char *tab = rest->len > 0 ? memchr(rest->data, '\t', rest->len) : NULL;
	FsText		part = { rest->data, tab ? (uint32_t) (tab - rest->data) : rest->len };

	rest->data += tab ? part.len + 1 : part.len;
	rest->len -= tab ? part.len + 1 : part.len;
	return part;
}

/* Add a row, if it is one that the tables' checks would let in: up to 200 bytes a word, none empty. */
static void
add_row(FsOwn *own, FsText row)
{
	uint8_t first;
	FsText	part;
	int32_t company;
	FsText	ticker;

	if (row.len < 2)
		return;
	first = (uint8_t) row.data[0];
	row.data++;
	row.len--;
	if (first < 0x80)
	{
		if (row.len <= 200)
			fs_own_term(own, row, (int) first % 201 - 100);
		return;
	}
	ticker = next_part(&row);
	part = next_part(&row);
	if (ticker.len == 0 || ticker.len > 20 || part.len == 0 || part.len > 200)
		return;
	company = fs_own_company(own, ticker, part, first & 1 ? FS_DAY_FIRST : 0, first & 2 ? FS_DAY_LAST : 10);
	while (row.len > 0)
	{
		part = next_part(&row);
		if (part.len > 0 && part.len <= 200)
			fs_own_alias(own, company, part);
	}
}

/* All rows of the input. */
static const FsOwn *
build(FsArena *arena, FsText rows)
{
	FsOwn *own = fs_own_start(arena);

	while (rows.len > 0)
	{
		const char *end = memchr(rows.data, '\n', rows.len);
		FsText		row = { rows.data, end ? (uint32_t) (end - rows.data) : rows.len };

		add_row(own, row);
		rows.data += end ? row.len + 1 : row.len;
		rows.len -= end ? row.len + 1 : row.len;
	}
	fs_own_finish(own);
	return own;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t	 *nul = size > 0 ? memchr(data, 0, size) : NULL;
	size_t			  rows_size = nul ? (size_t) (nul - data) : 0;
	FsText			  rows = copy_text(data, rows_size);
	FsText			  body = copy_text(nul ? nul + 1 : data, nul ? size - rows_size - 1 : size);
	FsText			  title = { "", 0 };
	FsArena			  arena;
	FsKnowledge		  knowledge = { .generation = 1, .day = 5 };
	FsError			  error;
	const FsDocument *one;
	const FsDocument *two;

	fs_arena_init(&arena, &env, NULL, 0);
	knowledge.own = build(&arena, rows);
	one = fs_document_read_with(&arena, body, title, FS_WANT_ALL, &knowledge, &error);
	MUST(one != NULL);
	check_document(one);

	knowledge.own = build(&arena, rows);
	two = fs_document_read_with(&arena, body, title, FS_WANT_SCORE | FS_WANT_COMPANIES, &knowledge, &error);
	MUST(one->score == two->score && one->ncompanies == two->ncompanies);
	fuzz_free();
	return 0;
}
