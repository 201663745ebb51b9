/*
 * memory.c - a host that runs out of memory, or cancels, at any moment.
 *
 * alloc and poll may leave by longjmp.  Wherever they do so, nothing but the
 * arena is lost: the next reading in the same process gives what it always gave.
 */
#include <setjmp.h>

#include "card.h"
#include "document.h"
#include "highlight.h"
#include "insight.h"
#include "summary.h"
#include "unit.h"

typedef struct Host
{
	jmp_buf left;
	long	allocs; /* that succeed before one fails; < 0: all */
	long	polls;	/* that return before one leaves; < 0: all */
} Host;

/* FsEnv.alloc that fails at a chosen call. */
static void *
host_alloc(void *ctx, size_t size)
{
	Host *host = ctx;

	if (host->allocs == 0)
		longjmp(host->left, 1);
	host->allocs -= host->allocs > 0;
	return unit_alloc(NULL, size);
}

/* FsEnv.poll that leaves at a chosen call. */
static void
host_poll(void *ctx)
{
	Host *host = ctx;

	if (host->polls == 0)
		longjmp(host->left, 1);
	host->polls -= host->polls > 0;
}

/* An answer of everything that reads a text, as one number. */
static uint32_t
read_everything(FsArena *arena, FsText body, FsText title)
{
	static const FsHighlightOptions options = { { "<b>", 3 }, { "</b>", 4 }, { "<i>", 3 }, { "</i>", 4 }, 0,
												35,			  true,			 true,		   true };
	FsError							error;
	const FsDocument			   *document = fs_document_read(arena, body, title, FS_WANT_ALL, &error);
	FsText							target = { "Apple", 5 };
	int32_t							score = 0;
	uint32_t						sum;
	uint32_t						n;
	FsString						page;

	sum = (uint32_t) document->score + document->ncompanies * 31 + document->nmetrics * 37 + document->nevidence * 41;
	fs_summary(arena, document, 2, &n);
	sum += n * 43;
	fs_insights(arena, document, &n);
	sum += n * 47;
	page = fs_highlight(arena, document, &options);
	sum += (uint32_t) page.len;
	page = fs_card_html(arena, document);
	for (size_t i = 0; i < page.len; i++)
		sum = sum * 33 + (unsigned char) page.data[i];
	fs_target_score(arena, body, target, &score, &error);
	return sum + (uint32_t) score;
}

/* A story of at least so many bytes. */
static FsText
long_story(size_t size)
{
	static const char *const sentences[] = {
		"Apple Inc (NASDAQ: AAPL) said revenue rose 12% to $1.2 billion from $1.07 billion a year ago. ",
		"The key risk over the next 3-6 months is <b>weaker</b> demand in Zürich. ",
		"Analysts at Oakline had expected earnings of 98 cents a share, and Boeing fell 4%.\n\n",
		"$AMZN and $NVDA are not cheap, but margins widened by 120 basis points &amp; costs fell. ",
	};
	FsString text = { NULL, 0, 0 };

	while (text.len < size)
		for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++)
			fs_append_cstr(unit_arena(), &text, sentences[i]);
	return unit_bytes(text.data, text.len);
}

/* Read, letting the n-th call of alloc or poll leave; false once so many are not made. */
static bool
read_until(Host *host, FsText body, FsText title, uint32_t *sum)
{
	FsEnv	env = { host_alloc, host_poll, host };
	FsArena arena;

	if (setjmp(host->left) != 0)
		return false;
	fs_arena_init(&arena, &env, NULL, 0);
	*sum = read_everything(&arena, body, title);
	return true;
}

/*
 * Leave at the first call counted by *calls, then later and later, until a
 * reading needs no more; the answer is then the usual one.  Returns the calls
 * that a whole reading makes at least.
 */
static long
leave_at_every(Host *host, long *calls, FsText body)
{
	FsText	 title = unit_text("Apple raises its outlook");
	uint32_t want = 0;
	size_t	 kept = unit.nblocks;

	CHECK(read_until(host, body, title, &want));
	for (long n = 0;; n += 1 + n / 16)
	{
		uint32_t sum = 0;
		bool	 whole;

		*calls = n;
		whole = read_until(host, body, title, &sum);
		while (unit.nblocks > kept)
			free(unit.blocks[--unit.nblocks]);
		if (whole)
		{
			CHECK_INT(sum, want);
			return n;
		}
	}
}

static void
memory_that_ends_at_any_allocation_harms_no_later_reading(void)
{
	Host host = { .allocs = -1, .polls = -1 };

	CHECK(leave_at_every(&host, &host.allocs, long_story(200 * 1024)) > 8);
}

static void
a_cancel_at_any_poll_harms_no_later_reading(void)
{
	Host host = { .allocs = -1, .polls = -1 };

	CHECK(leave_at_every(&host, &host.polls, long_story(200 * 1024)) > 4);
}

int
main(void)
{
	RUN(memory_that_ends_at_any_allocation_harms_no_later_reading);
	RUN(a_cancel_at_any_poll_harms_no_later_reading);
	return unit_done();
}
