/*
 * linear.c - the committed tables say what the models said before their weights
 * were rounded to 8 bits (sentence_model.tsv and target_model.tsv, which the
 * trainer writes beside the tables).
 */
#include "document.h"
#include "sentiment.h"
#include "unit.h"

#define TOLERANCE 100 /* a score of 0.01 */
#define LINES_MIN 30  /* fewer would mean that the file was not read */

/* Split a line's columns in place. */
static int
split(char *line, char *columns[6])
{
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *p = line; p && n < 6; n++)
	{
		columns[n] = p;
		p = strchr(p, '\t');
		if (p)
			*p++ = '\0';
	}
	return n;
}

static int32_t
score_of(char *const logits[3])
{
	return fs_sentiment_of((FsLogits){ atoi(logits[0]), atoi(logits[1]), atoi(logits[2]) }).score;
}

/* The sentence model's score, by whatever form of text. */
static int32_t
sentence_score(FsText text)
{
	static FsFeatures features;
	FsParse			  parse;
	FsEvent			  events[FS_EVENTS_MAX];
	FsSentence		  sentence;
	FsScan			 *scan = fs_scan_start(unit_arena(), text, 0, text.len);

	fs_parse_init(unit_arena(), &parse);
	CHECK(fs_scan_next(scan, &sentence));
	fs_parse_sentence(&sentence, NULL, &parse);
	fs_model_features(&parse, events, fs_rules_apply(&parse, events), &features);
	return fs_sentiment_of(fs_linear(FS_MODEL_SENTENCE, &features)).score;
}

/* Compare every line; a target stands in the second column if there is one. */
static void
compare(const char *path, bool target)
{
	FILE *file = fopen(path, "r");
	char  line[1024];
	int	  lines = 0;

	CHECK(file != NULL);
	while (file && fgets(line, sizeof(line), file))
	{
		char   *columns[6];
		int32_t said = 0;
		int32_t before;
		FsError error;

		if (line[0] == '#')
			continue;
		CHECK_INT(split(line, columns), target ? 5 : 4);
		if (target)
			CHECK(fs_target_score(unit_arena(), unit_text(columns[0]), unit_text(columns[1]), &said, &error));
		else
			said = sentence_score(unit_text(columns[0]));
		before = score_of(columns + (target ? 2 : 1));
		CHECK_MSG(abs(said - before) <= TOLERANCE, "%s: %d, before rounding %d", columns[0], said, before);
		lines++;
	}
	CHECK(lines >= LINES_MIN);
	if (file)
		fclose(file);
}

static void
sentences_score_as_before_rounding(void)
{
	compare("test/unit/sentence_model.tsv", false);
}

static void
targets_score_as_before_rounding(void)
{
	compare("test/unit/target_model.tsv", true);
}

int
main(void)
{
	RUN(sentences_score_as_before_rounding);
	RUN(targets_score_as_before_rounding);
	return unit_done();
}
