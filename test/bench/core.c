/*
 * core.c - how fast the core reads, without a server: for profiling.
 *
 * usage: core FILE [WANTS [SECONDS]]
 *
 * FILE has one text a line.  Reads all of them again and again with each set of
 * wants (or the one named) and prints MB/s and microseconds a text of processor time, the median
 * of the rounds.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "document.h"
#include "unit.h"

#define ROUNDS_MAX 200

static const struct
{
	const char *name;
	unsigned	wants;
} answers[] = {
	{ "score", FS_WANT_SCORE },
	{ "explain", FS_WANT_EVIDENCE },
	{ "tickers", FS_WANT_COMPANIES },
	{ "targets", FS_WANT_TARGETS },
	{ "quantities", FS_WANT_QUANTITIES },
	{ "metrics", FS_WANT_METRICS },
	{ "analyze", FS_WANT_TARGETS | FS_WANT_METRICS | FS_WANT_DIGEST },
	{ "all", FS_WANT_ALL },
};

/* One block of memory, begun again for every text. */
static char	 *pool;
static size_t pool_used;
static size_t pool_size;

static void *
pool_alloc(void *ctx, size_t size)
{
	char *p = pool + pool_used;

	(void) ctx;
	pool_used += (size + 15) & ~(size_t) 15;
	if (pool_used > pool_size)
	{
		fprintf(stderr, "core: a text needs more than %zu bytes of memory\n", pool_size);
		exit(1);
	}
	return p;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *) a;
	double y = *(const double *) b;

	return (x > y) - (x < y);
}

/* Read every text once; the sum of the scores, so that nothing is optimised away. */
static long
read_all(const FsText *texts, size_t ntexts, unsigned wants)
{
	static const FsEnv	env = { pool_alloc, NULL, NULL };
	static const FsText none = { NULL, 0 };
	static char			block[16384] __attribute__((aligned(16)));
	long				sum = 0;

	for (size_t i = 0; i < ntexts; i++)
	{
		FsArena			  arena;
		FsError			  error;
		const FsDocument *document;

		pool_used = 0;
		fs_arena_init(&arena, &env, block, sizeof(block));
		document = fs_document_read(&arena, texts[i], none, wants, &error);
		sum += document ? document->score : 0;
	}
	return sum;
}

/* The file's lines as texts. */
static FsText *
read_lines(const char *path, size_t *n, size_t *bytes)
{
	FILE   *file = fopen(path, "rb");
	FsText *texts = NULL;
	size_t	room = 0;
	char   *all;
	long	size;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
	{
		perror(path);
		exit(1);
	}
	rewind(file);
	all = malloc((size_t) size + 1);
	if (all == NULL || fread(all, 1, (size_t) size, file) != (size_t) size)
	{
		perror(path);
		exit(1);
	}
	fclose(file);
	*n = *bytes = 0;
	for (char *p = all, *end = all + size; p < end;)
	{
		char *stop = memchr(p, '\n', (size_t) (end - p));

		stop = stop ? stop : end;
		if (*n == room)
			texts = realloc(texts, (room = room ? room * 2 : 1024) * sizeof(FsText));
		if (texts == NULL)
			exit(1);
		texts[*n].data = p;
		texts[*n].len = (uint32_t) (stop - p);
		*bytes += (size_t) (stop - p);
		(*n)++;
		p = stop + 1;
	}
	return texts;
}

int
main(int argc, char **argv)
{
	size_t	ntexts;
	size_t	bytes;
	FsText *texts;
	double	seconds = argc > 3 ? atof(argv[3]) : 0.5;

	if (argc < 2)
	{
		fprintf(stderr, "usage: core FILE [WANTS [SECONDS]]\n");
		return 2;
	}
	texts = read_lines(argv[1], &ntexts, &bytes);
	pool_size = (size_t) 64 << 20;
	pool = malloc(pool_size);
	printf("%zu texts, %.1f kB on average\n", ntexts, ntexts ? (double) bytes / (double) ntexts / 1000 : 0.0);
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
	{
		double rounds[ROUNDS_MAX];
		int	   n = 0;
		double begin = now();

		if (argc > 2 && strcmp(argv[2], answers[i].name) != 0)
			continue;
		while (n < ROUNDS_MAX && (n < 3 || now() - begin < seconds))
		{
			double start = now();

			read_all(texts, ntexts, answers[i].wants);
			rounds[n++] = now() - start;
		}
		qsort(rounds, (size_t) n, sizeof(double), by_size);
		printf("%-12s %8.1f MB/s %10.2f us a text\n", answers[i].name, (double) bytes / rounds[n / 2] / 1e6,
			   rounds[n / 2] * 1e6 / (double) ntexts);
	}
	return 0;
}
