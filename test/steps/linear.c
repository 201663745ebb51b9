/*
 * linear.c - the work for a text grows with its length, whatever it holds.
 *
 * The core is compiled so that it calls __sanitizer_cov_trace_pc in every basic
 * block (gcc -fsanitize-coverage=trace-pc), which counts here: steps, the same
 * in every run and on every machine.  A text of sixteen times the length must
 * take at most seventeen times the steps and the memory, for its score and with
 * everything wanted of it.
 *
 * usage: linear [BYTES]		(of the shorter text; more for a closer look)
 *
 * With BYTES it prints a table, else TAP.
 */
#include "document.h"
#include "../unit/unit.h"

#define TIMES 16
#define SHORT_BYTES 32768

/* Texts that repeat one thing. */
static const struct
{
	const char *name;
	const char *text;
} repeated[] = {
	{ "one word without an end", "a" },
	{ "digits", "7" },
	{ "groups of digits", "1,234" },
	{ "negators", "not " },
	{ "brackets", "(" },
	{ "brackets in and out", "()" },
	{ "square brackets", "[ " },
	{ "combining marks", "\xCC\x81" },
	{ "letters with combining marks", "e\xCC\x81" },
	{ "one cashtag", "$AMZN " },
	{ "cashtags with news", "$AMZN bad " },
	{ "profit and loss", "Acme's profit rose 5% to $3 million from $2 million, but losses fell. " },
	{ "money in ranges", "$5 million to $6 million " },
	{ "number words", "five hundred million " },
	{ "open tags", "<" },
	{ "open comments", "<!-- " },
	{ "open scripts", "<script>" },
	{ "ampersands", "&" },
	{ "dots", "." },
	{ "quotes", "\"" },
	{ "line breaks", "\n" },
	{ "headlines", "Acme shares fall\n" },
	{ "apostrophes", "a'" },
	{ "initials", "A. " },
	{ "hyphens", "a-" },
	{ "at signs", "a@b" },
	{ "host names", "a.b" },
	{ "exchange notation", "(NYSE: " },
	{ "names", "Bank of America and Morgan Stanley and " },
	{ "capitals", "Acme " },
	{ "emoji", "\xF0\x9F\x9A\x80" },
	{ "broken bytes", "\xF0" },
	{ "NUL bytes", "" },
};

static uint64_t steps;

extern void __sanitizer_cov_trace_pc(void);

void
__sanitizer_cov_trace_pc(void)
{
	steps++;
}

/* The thing again and again, cut at len bytes. */
static FsText
repeat(const char *thing, uint32_t len)
{
	size_t n = strlen(thing);
	char  *text = unit_alloc(NULL, len);

	if (n == 0)
		memset(text, 0, len);
	else
		for (uint32_t i = 0; i < len; i++)
			text[i] = thing[i % n];
	return (FsText){ text, len };
}

/* Cashtags that are all different. */
static FsText
many_tickers(uint32_t len)
{
	char *text = unit_alloc(NULL, len + 8);

	for (uint32_t i = 0; i < len; i += 6)
	{
		uint32_t n = i / 6;

		text[i] = '$';
		for (int k = 1; k < 5; k++, n /= 26)
			text[i + (uint32_t) k] = (char) ('A' + n % 26);
		text[i + 5] = ' ';
	}
	return (FsText){ text, len };
}

/* Names of people and things that are all different. */
static FsText
many_names(uint32_t len)
{
	char *text = unit_alloc(NULL, len + 16);

	for (uint32_t i = 0; i < len; i += 12)
	{
		uint32_t n = i / 12;

		memcpy(text + i, "Xaaaaa Corp ", 12);
		for (int k = 1; k < 6; k++, n /= 26)
			text[i + (uint32_t) k] = (char) ('a' + n % 26);
	}
	return (FsText){ text, len };
}

typedef struct Cost
{
	uint64_t steps;
	uint64_t bytes;
} Cost;

/* Memory of one reading, each block with a pointer to the one before. */
static void *
take(void *ctx, size_t size)
{
	char *block = malloc(size + 16);

	if (block == NULL)
		exit(1);
	*(void **) block = *(void **) ctx;
	*(void **) ctx = block;
	return block + 16;
}

static Cost
cost_of(FsText text, unsigned wants)
{
	void   *last = NULL;
	FsEnv	env = { take, NULL, &last };
	FsArena arena;
	FsError error;

	fs_arena_init(&arena, &env, NULL, 0);
	steps = 0;
	fs_document_read(&arena, text, (FsText){ "", 0 }, wants, &error);
	while (last != NULL)
	{
		void *before = *(void **) last;

		free(last);
		last = before;
	}
	return (Cost){ steps, arena.total };
}

static uint32_t short_bytes = SHORT_BYTES;
static bool		table;

/* Compare the costs of a short and a long text. */
static void
compare(const char *name, FsText small, FsText large)
{
	static const unsigned wants[] = { FS_WANT_SCORE, FS_WANT_ALL };

	for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++)
	{
		Cost a = cost_of(small, wants[i]);
		Cost b = cost_of(large, wants[i]);

		if (table)
			printf("%-30s %-6s %8.1f steps a byte %6.2f times for %d times the text, %6.2f bytes a byte\n", name,
				   i == 0 ? "score" : "all", (double) b.steps / large.len, (double) b.steps / (double) a.steps, TIMES,
				   (double) b.bytes / large.len);
		else
		{
			CHECK_MSG(b.steps <= a.steps * (TIMES + 1), "%s: %llu steps, then %llu", name,
					  (unsigned long long) a.steps, (unsigned long long) b.steps);
			CHECK_MSG(b.bytes <= a.bytes * (TIMES + 1), "%s: %llu bytes, then %llu", name,
					  (unsigned long long) a.bytes, (unsigned long long) b.bytes);
		}
	}
}

static void
one_thing_repeated_costs_what_its_length_costs(void)
{
	for (size_t i = 0; i < sizeof(repeated) / sizeof(repeated[0]); i++)
		compare(repeated[i].name, repeat(repeated[i].text, short_bytes),
				repeat(repeated[i].text, short_bytes * TIMES));
}

static void
a_million_different_tickers_cost_what_their_length_costs(void)
{
	compare("different cashtags", many_tickers(short_bytes), many_tickers(short_bytes * TIMES));
}

static void
different_names_cost_what_their_length_costs(void)
{
	compare("different names", many_names(short_bytes), many_names(short_bytes * TIMES));
}

int
main(int argc, char **argv)
{
	if (argc > 1)
	{
		short_bytes = (uint32_t) strtoul(argv[1], NULL, 10);
		table = true;
	}
	RUN(one_thing_repeated_costs_what_its_length_costs);
	RUN(a_million_different_tickers_cost_what_their_length_costs);
	RUN(different_names_cost_what_their_length_costs);
	return unit_done();
}
