/*
 * fingerprint.c - versions of one story have like fingerprints, different stories do not.
 *
 * The thousand stories are drawn from the sentences of the sample news by a
 * generator of fixed seed; two of them are different when they share no sentence.
 */
#include <ctype.h>

#include "fingerprint.h"
#include "unit.h"

#define STORIES 1000
#define MAX_SENTENCES 12
#define FILE_BYTES (256 * 1024)
#define STORY_BYTES 16384

/* Sentences and headlines of the sample news. */
static char *pool[2000];
static char *headlines[200];
static int	 npool;
static int	 nheadlines;

typedef struct Story
{
	int		 n;
	int		 sentences[MAX_SENTENCES];
	uint64_t fingerprint;
} Story;

static Story	story[STORIES];
static uint64_t seed;

/* 0 to n - 1. */
static int
draw(int n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int) ((seed >> 33) % (uint64_t) n);
}

/* Cut a body into sentences of the pool; it lives as long as the behaviour. */
static void
pool_body(char *body)
{
	char *from = body;

	for (char *p = body; *p; p++)
	{
		if (p[0] == '\\' && p[1] == 'n')
			p[0] = p[1] = ' ';
		if ((p[0] == '.' || p[0] == '!') && strchr(")%\"abcdefghijklmnopqrstuvwxyz", p[-1]) && p[1] == ' ' &&
			isupper((unsigned char) p[2]))
		{
			p[1] = '\0';
			if (p - from > 40 && npool < 2000)
				pool[npool++] = from;
			from = p + 2;
			p++;
		}
	}
	if (strlen(from) > 40 && npool < 2000)
		pool[npool++] = from;
}

/* Fill the pools. */
static void
read_news(void)
{
	char  *text = unit_alloc(NULL, FILE_BYTES);
	FILE  *file = fopen("demo/news.tsv", "r");
	size_t size = file ? fread(text, 1, FILE_BYTES - 1, file) : 0;
	char  *line;

	CHECK(size > 10000);
	text[size] = '\0';
	if (file)
		fclose(file);
	npool = nheadlines = 0;
	line = strchr(text, '\n');
	while (line && *++line)
	{
		char *next = strchr(line, '\n');
		char *column = line;

		if (next)
			*next = '\0';
		for (int i = 0; i < 3 && column; i++)
			column = strchr(column + 1, '\t');
		if (column)
		{
			char *body = strchr(column + 1, '\t');

			*body = '\0';
			headlines[nheadlines++] = column + 1;
			pool_body(body + 1);
		}
		line = next;
	}
	CHECK(npool > 400);
}

/* A story drawn from the pool: distinct sentences. */
static void
draw_story(Story *s)
{
	s->n = 6 + draw(MAX_SENTENCES - 5);
	for (int i = 0; i < s->n; i++)
	{
		bool again = true;

		while (again)
		{
			s->sentences[i] = draw(npool);
			again = false;
			for (int k = 0; k < i; k++)
				again |= s->sentences[k] == s->sentences[i];
		}
	}
}

/* Put sentences from to n - 1 behind what out holds. */
static void
put_sentences(char *out, const Story *s, int from, int n, const char *between)
{
	for (int i = from; i < n; i++)
	{
		strcat(out, pool[s->sentences[i]]);
		strcat(out, between);
	}
}

static uint64_t
fingerprint_of(const char *text)
{
	static char		   block[1 << 20];
	static const FsEnv env = { unit_alloc, unit_poll, NULL };
	FsArena			   arena;
	FsError			   error = { FS_OK, 0, 0 };
	FsText			   body = { text, (uint32_t) strlen(text) };
	uint64_t		   fingerprint;

	fs_arena_init(&arena, &env, block, sizeof(block));
	fs_fingerprint(&arena, body, &fingerprint, &error);
	return fingerprint;
}

/* Versions of a story, as wires make them. */

static void
version_with_its_tail_cut(const Story *s, char *out)
{
	put_sentences(out, s, 0, s->n - (s->n + 4) / 6, " ");
}

static void
version_with_another_lead(const Story *s, char *out)
{
	strcat(strcat(out, pool[draw(npool)]), " ");
	put_sentences(out, s, 1, s->n, " ");
}

static void
version_with_a_headline(const Story *s, char *out)
{
	strcat(strcat(out, headlines[draw(nheadlines)]), "\n\n");
	put_sentences(out, s, 0, s->n, " ");
}

static void
version_in_capitals(const Story *s, char *out)
{
	put_sentences(out, s, 0, s->n, " ");
	for (char *p = out; *p; p++)
		*p = (char) toupper((unsigned char) *p);
}

static void
version_with_other_blanks(const Story *s, char *out)
{
	put_sentences(out, s, 0, s->n, "\n\n   ");
}

static void
version_in_markup(const Story *s, char *out)
{
	strcat(out, "<p>");
	put_sentences(out, s, 0, s->n, "</p>\n<p class=\"next\">");
}

static void
version_with_boilerplate(const Story *s, char *out)
{
	strcat(out, "NEW YORK, Nov 24 (Reuters) - ");
	put_sentences(out, s, 0, s->n, " ");
	strcat(out, "(Reporting by Jane Doe in London; Editing by John Smith)\n\nCopyright 2026. All rights reserved.");
}

static void
version_with_everything_at_once(const Story *s, char *out)
{
	strcat(strcat(out, headlines[draw(nheadlines)]), "\n\n(Newswire) - ");
	put_sentences(out, s, 0, s->n - 1, "\n");
	strcat(out, "Click here for the full story.");
}

static const struct
{
	const char *name;
	void (*make)(const Story *s, char *out);
} versions[] = {
	{ "tail cut", version_with_its_tail_cut },	   { "another lead", version_with_another_lead },
	{ "a headline", version_with_a_headline },	   { "capitals", version_in_capitals },
	{ "other blanks", version_with_other_blanks }, { "mark-up", version_in_markup },
	{ "boilerplate", version_with_boilerplate },   { "everything", version_with_everything_at_once },
};

/* Make the stories. */
static void
make_stories(void)
{
	char *text = unit_alloc(NULL, STORY_BYTES);

	read_news();
	seed = 20260302;
	for (int i = 0; i < STORIES; i++)
	{
		draw_story(&story[i]);
		*text = '\0';
		put_sentences(text, &story[i], 0, story[i].n, " ");
		story[i].fingerprint = fingerprint_of(text);
	}
}

/* Whether two fingerprints have a band in common. */
static bool
share_band(uint64_t a, uint64_t b)
{
	int32_t x[FS_BANDS];
	int32_t y[FS_BANDS];

	fs_fingerprint_bands(a, x);
	fs_fingerprint_bands(b, y);
	for (int i = 0; i < FS_BANDS; i++)
		if (x[i] == y[i])
			return true;
	return false;
}

/* At least .95 of each kind of version is found, and the index leads to .98 of those. */
static void
versions_of_a_story_are_one_story(void)
{
	char *text = unit_alloc(NULL, STORY_BYTES);

	make_stories();
	for (size_t v = 0; v < sizeof(versions) / sizeof(versions[0]); v++)
	{
		int same = 0;
		int led = 0;

		for (int i = 0; i < STORIES; i++)
		{
			uint64_t fingerprint;

			*text = '\0';
			versions[v].make(&story[i], text);
			fingerprint = fingerprint_of(text);
			if (fs_similarity(story[i].fingerprint, fingerprint) < FS_SAME_STORY)
				continue;
			same++;
			led += share_band(story[i].fingerprint, fingerprint);
		}
		printf("# %s: %d of %d found, the index leads to %d\n", versions[v].name, same, STORIES, led);
		CHECK_MSG(same >= STORIES * 95 / 100, "%s: only %d of %d are one story", versions[v].name, same, STORIES);
		CHECK_MSG(led >= same * 98 / 100, "%s: the index leads to %d of %d", versions[v].name, led, same);
	}
}

/* Fewer than 1 in 10,000 pairs of different stories look like one, and few share a band. */
static void
different_stories_are_not(void)
{
	int pairs = 0;
	int same = 0;
	int led = 0;

	make_stories();
	for (int i = 0; i < STORIES; i++)
	{
		char has[2000] = { 0 };

		for (int k = 0; k < story[i].n; k++)
			has[story[i].sentences[k]] = 1;
		for (int j = i + 1; j < STORIES; j++)
		{
			bool shared = false;

			for (int k = 0; k < story[j].n; k++)
				shared |= has[story[j].sentences[k]];
			if (shared)
				continue;
			pairs++;
			same += fs_similarity(story[i].fingerprint, story[j].fingerprint) >= FS_SAME_STORY;
			if (j % 50 == 0)
				led += share_band(story[i].fingerprint, story[j].fingerprint);
		}
	}
	printf("# %d of %d pairs taken for one story; the index leads to %d of every 50th\n", same, pairs, led);
	CHECK(pairs > 300000);
	CHECK(same * 10000.0 < pairs);
	CHECK(led < pairs / 50 * 4 / 100);
}

/* What is no content changes nothing at all. */
static void
form_does_not_count(void)
{
	const char *plain = "Boeing delivered 52 airplanes in February. Shares of Boeing rose 3% to $181.20 in New York.";
	uint64_t	fingerprint = fingerprint_of(plain);

	CHECK(fingerprint != 0);
	CHECK(fingerprint ==
		  fingerprint_of("  BOEING   delivered 52\nairplanes in\tFebruary.\n\nShares of Boeing rose 3% to "
						 "$181.20 in NEW YORK. "));
	CHECK(fingerprint ==
		  fingerprint_of("<p>Boeing <b>delivered</b> 52 airplanes in February.</p><script>x()</script> "
						 "Shares of Boeing rose 3% to $181.20 in New&nbsp;York."));
	CHECK(fingerprint ==
		  fingerprint_of("CHICAGO, March 2 (Reuters) - Boeing delivered 52 airplanes in February. Shares "
						 "of Boeing rose 3% to $181.20 in New York. (Reporting by A. Writer; editing by "
						 "B. Editor)"));
	CHECK(fingerprint !=
		  fingerprint_of("Boeing delivered 53 airplanes in February. Shares of Boeing rose 4% to $181.20 "
						 "in New York."));
}

static void
no_content_is_no_fingerprint(void)
{
	const char *nothing[] = { "", " \n", "...", "It is of the.", "Reporting by Jane Doe." };

	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
	{
		FsError	 error = { FS_OK, 0, 0 };
		uint64_t fingerprint;

		CHECK_MSG(!fs_fingerprint(unit_arena(), unit_text(nothing[i]), &fingerprint, &error), "\"%s\" has content",
				  nothing[i]);
		CHECK_INT(error.status, FS_OK);
	}
}

static void
similarity_is_the_share_of_equal_bits(void)
{
	CHECK(fs_similarity(0, 0) == 1);
	CHECK(fs_similarity(0, UINT64_MAX) == 0);
	CHECK(fs_similarity(UINT64_C(0xFFFF), 0) == 0.75);
	CHECK(fs_similarity(UINT64_C(1) << 63, 0) == fs_similarity(0, 1));
}

/* Equal values in two bands would lead an index astray. */
static void
bands_know_their_place(void)
{
	int32_t zeros[FS_BANDS];
	int32_t ones[FS_BANDS];

	fs_fingerprint_bands(0, zeros);
	fs_fingerprint_bands(UINT64_MAX, ones);
	for (int i = 0; i < FS_BANDS; i++)
		for (int j = 0; j < FS_BANDS; j++)
		{
			CHECK(i == j || zeros[i] != zeros[j]);
			CHECK(zeros[i] != ones[j]);
		}
}

int
main(void)
{
	RUN(versions_of_a_story_are_one_story);
	RUN(different_stories_are_not);
	RUN(form_does_not_count);
	RUN(no_content_is_no_fingerprint);
	RUN(similarity_is_the_share_of_equal_bits);
	RUN(bands_know_their_place);
	return unit_done();
}
