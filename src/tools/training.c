/*
 * training.c - reads labelled TSV files and has the core compute features.
 *
 * A text of several sentences gives a sample for each, with the text's label
 * and its weight divided among them.  A target gives a sample for each sentence
 * that names it.  Sentences are also learned from the parts of headlines that
 * have several labels (parts.c).
 */
#include <stdio.h>
#include <stdlib.h>

#include "mention.h"
#include "parts.h"
#include "target.h"
#include "training.h"

#define COLUMNS_MAX 16
#define SYMBOLS_MAX 2 /* a post that names more speaks of none in particular */
#define NAMES_MAX 16  /* of a headline */

#define PART 0.5f /* weight of a part of a headline: how it was cut is a guess */

static void *
take_memory(void *ctx, size_t size)
{
	(void) ctx;
	return malloc(size);
}

const FsEnv training_env = { take_memory, NULL, NULL };

/* A label's number, -1 for those that are left out. */
static int
label_of(const char *label)
{
	static const char *const names[][2] = { { "negative", "bearish" },
											{ "neutral", "neutral" },
											{ "positive", "bullish" } };

	for (int i = 0; i < 3; i++)
		if (strcmp(label, names[i][0]) == 0 || strcmp(label, names[i][1]) == 0)
			return i;
	return -1;
}

static void
add_sample(Samples *samples, const FsFeatures *f, int label, float weight)
{
	FsFeature *items = malloc(((size_t) f->n + 1) * sizeof(FsFeature));

	memcpy(items, f->item, (size_t) f->n * sizeof(FsFeature));
	if (samples->n == (int) samples->room)
	{
		samples->room = samples->room ? samples->room * 2 : 4096;
		samples->items = realloc(samples->items, samples->room * sizeof(FsSample));
	}
	samples->items[samples->n++] = (FsSample){ f->n, items, label, weight };
}

/* Everything that reading one text needs. */
typedef struct Reader
{
	FsArena	   arena;
	FsParse	   parse;
	FsEvent	   events[FS_EVENTS_MAX];
	FsFeatures features;
	FsView	   view;
	FsMention  mentions[FS_MENTIONS_MAX];
	uint8_t	   named[FS_SENTENCE_TOKENS];
	char	   block[4 * 1024 * 1024];
} Reader;

/* The samples from first on as one: the mean of their features, whose logits are the mean of theirs. */
static void
merge_samples(Samples *samples, int first)
{
	int		   count = samples->n - first;
	int		   n = 0;
	FsFeature *items;

	for (int i = first; i < samples->n; i++)
		n += samples->items[i].n;
	items = malloc(((size_t) n + 1) * sizeof(FsFeature));
	n = 0;
	for (int i = first; i < samples->n; i++)
		for (int j = 0; j < samples->items[i].n; j++)
		{
			items[n] = samples->items[i].items[j];
			items[n++].value /= count;
		}
	if (count == 0)
		return;
	samples->items[first].items = items;
	samples->items[first].n = n;
	samples->n = first + 1;
}

static void
read_sentences(Reader *r, const char *text, int label, float weight, Samples *samples)
{
	FsText	   t = { text, (uint32_t) strlen(text) };
	FsScan	  *scan;
	FsSentence sentence;
	int		   first = samples->n;
	bool	   post = false;

	fs_arena_init(&r->arena, &training_env, r->block, sizeof(r->block));
	fs_parse_init(&r->arena, &r->parse);
	scan = fs_scan_start(&r->arena, t, 0, t.len);
	while (fs_scan_next(scan, &sentence))
	{
		int n;

		fs_parse_sentence(&sentence, NULL, &r->parse);
		n = fs_rules_apply(&r->parse, r->events);
		fs_model_features(&r->parse, r->events, n, &r->features);
		add_sample(samples, &r->features, label, 1);
		post |= (sentence.flags & FS_S_POST) != 0;
	}
	if (post)
		merge_samples(samples, first);
	for (int i = first; i < samples->n; i++)
		samples->items[i].weight = weight / (float) (samples->n - first);
}

/* Samples of one target; only occurrences that overlap [start, end) if end > 0. */
static void
read_target(Reader *r, const char *text, const char *target, uint32_t start, uint32_t end, int label,
			Samples *samples)
{
	FsText			t = { text, (uint32_t) strlen(text) };
	FsText			name = { target, (uint32_t) strlen(target) };
	FsTarget		wanted;
	FsScan		   *scan;
	FsSentence		sentence;
	FsMentionState *state;

	fs_arena_init(&r->arena, &training_env, r->block, sizeof(r->block));
	fs_parse_init(&r->arena, &r->parse);
	if (!fs_target_init(&r->arena, name, &wanted))
		return;
	state = fs_mentions_start(&r->arena, NULL);
	scan = fs_scan_start(&r->arena, t, 0, t.len);
	while (fs_scan_next(scan, &sentence))
	{
		int nmentions = fs_mentions_find(state, &sentence, r->mentions, r->named);
		int at = 0;
		int count;
		int n;

		if (end > 0 && (sentence.span.start >= end || fs_span_end(sentence.span) <= start))
			continue;
		do
			count = fs_target_find(&wanted, &sentence, r->mentions, nmentions, at, &at);
		while (count > 0 && end > 0 && sentence.tokens[at].start < start && at++ >= 0);
		if (count == 0)
			continue;
		fs_target_mark(r->named, at, count);
		fs_parse_sentence(&sentence, r->named, &r->parse);
		n = fs_rules_apply(&r->parse, r->events);
		fs_view_start(&r->parse, r->events, n, 1, &r->view);
		fs_target_features(&r->view, fs_unit_of_token(&r->parse, at), &r->features);
		add_sample(samples, &r->features, label, 1);
	}
}

/* {"name": "label", ...} without nesting: the pairs with a label. */
static int
read_names(const char *json, LabelledName names[NAMES_MAX])
{
	char part[2][sizeof(names[0].name)];
	int	 which = 0;
	int	 count = 0;

	while ((json = strchr(json, '"')) != NULL)
	{
		size_t n = 0;

		for (json++; *json && *json != '"'; json++)
		{
			if (*json == '\\' && json[1])
				json++;
			if (n + 1 < sizeof(part[0]))
				part[which][n++] = *json;
		}
		part[which][n] = '\0';
		json += *json == '"';
		if (which == 1 && label_of(part[1]) >= 0 && count < NAMES_MAX)
		{
			memcpy(names[count].name, part[0], sizeof(part[0]));
			names[count++].label = label_of(part[1]);
		}
		which = !which;
	}
	return count;
}

/* A target for each name. */
static void
read_entities(Reader *r, const char *text, const char *json, Samples *samples)
{
	LabelledName names[NAMES_MAX];
	int			 n = read_names(json, names);

	for (int i = 0; i < n; i++)
		read_target(r, text, names[i].name, 0, 0, names[i].label, samples);
}

typedef struct Parts
{
	Reader	*reader;
	Samples *samples;
} Parts;

static void
take_part(void *ctx, const char *part, int label)
{
	Parts *parts = ctx;

	read_sentences(parts->reader, part, label, PART, parts->samples);
}

/* The parts of a headline whose names differ in label. */
static void
read_parts(Reader *r, const char *text, const char *json, Samples *samples)
{
	LabelledName names[NAMES_MAX];
	int			 n = read_names(json, names);

	cut_headline(text, names, n, take_part, &(Parts){ r, samples });
}

/* Symbols separated by blanks: each of at most SYMBOLS_MAX is a target of the text's label. */
static void
read_symbols(Reader *r, const char *text, char *symbols, int label, Samples *samples)
{
	int count = 0;

	for (const char *p = symbols; *p; p++)
		count += *p != ' ' && (p == symbols || p[-1] == ' ');
	if (count > SYMBOLS_MAX)
		return;
	for (char *symbol = strtok(symbols, " "); symbol; symbol = strtok(NULL, " "))
		read_target(r, text, symbol, 0, 0, label, samples);
}

/* Byte offset of a character. */
static uint32_t
byte_of(const char *text, long characters)
{
	const char *p = text;

	for (; *p && characters > 0; characters--)
		do
			p++;
		while (((unsigned char) *p & 0xC0) == 0x80);
	return (uint32_t) (p - text);
}

static int
column_of(char *const *header, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(header[i], name) == 0)
			return i;
	return -1;
}

static int
split(char *line, char **columns)
{
	int n = 0;

	line[strcspn(line, "\r\n")] = '\0';
	for (char *p = line; p && n < COLUMNS_MAX; n++)
	{
		columns[n] = p;
		p = strchr(p, '\t');
		if (p)
			*p++ = '\0';
	}
	return n;
}

void
read_samples(const char *path, bool target, Samples *samples)
{
	Reader *reader = malloc(sizeof(Reader));
	FILE   *file = fopen(path, "r");
	char   *line = NULL;
	char   *head = NULL;
	size_t	room = 0;
	size_t	head_room = 0;
	char   *columns[COLUMNS_MAX];
	char   *header[COLUMNS_MAX];
	int		n;
	int		text;
	int		label;
	int		entities;
	int		entity;
	int		symbols;

	if (!file || getline(&head, &head_room, file) < 0)
	{
		fprintf(stderr, "cannot read %s\n", path);
		exit(1);
	}
	n = split(head, header);
	text = column_of(header, n, "text");
	label = column_of(header, n, "label");
	entities = column_of(header, n, "entities_json");
	entity = column_of(header, n, "entity");
	symbols = column_of(header, n, "cashtags");
	if (symbols < 0)
		symbols = column_of(header, n, "ticker");
	while (getline(&line, &room, file) > 0)
	{
		int count = split(line, columns);

		if (count < n)
			continue;
		if (target && entities >= 0)
			read_entities(reader, columns[text], columns[entities], samples);
		else if (label_of(columns[label]) < 0)
		{
			if (!target && entities >= 0)
				read_parts(reader, columns[text], columns[entities], samples);
		}
		else if (target && entity >= 0)
			read_target(reader, columns[text], columns[entity],
						byte_of(columns[text], atol(columns[column_of(header, n, "start")])),
						byte_of(columns[text], atol(columns[column_of(header, n, "end")])), label_of(columns[label]),
						samples);
		else if (target && symbols >= 0)
			read_symbols(reader, columns[text], columns[symbols], label_of(columns[label]), samples);
		else if (!target)
			read_sentences(reader, columns[text], label_of(columns[label]), 1, samples);
	}
	free(line);
	free(head);
	fclose(file);
	free(reader);
}

bool
read_sample(const char *text, const char *target, Samples *samples)
{
	Reader *reader = malloc(sizeof(Reader));
	int		first = samples->n;

	if (target)
		read_target(reader, text, target, 0, 0, 0, samples);
	else
		read_sentences(reader, text, 0, 1, samples);
	free(reader);
	if (samples->n == first + 1)
		return true;
	samples->n = first;
	return false;
}
