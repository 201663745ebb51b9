/*
 * gentables.c - builds core/tables/lexicon.inc from data/lexicon.
 *
 *   gentables LEXICON_DIR > lexicon.inc
 *   gentables --words LEXICON_DIR > words.inc
 *
 * Reads irregular.tsv, the grammar of irregular verbs, then every other *.tsv of
 * the folder in the order of their names; inflects verbs and nouns, merges lines
 * that give the same surface form, and writes static const tables
 * (gentables_write.c).  The output
 * depends on the input alone.  The hash is the core's own, so the tables cannot
 * disagree with the reader.
 */
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "gentables.h"
#include "inflect.h"

#define LINE_BYTES 1024

/* Names of the classes in the TSV files. */
static const struct
{
	const char *name;
	uint64_t	classes;
} class_names[] = {
	{ "up", FS_C(UP) },
	{ "down", FS_C(DOWN) },
	{ "improve", FS_C(IMPROVE) },
	{ "worsen", FS_C(WORSEN) },
	{ "metric-good", FS_C(GOOD) },
	{ "metric-bad", FS_C(BAD) },
	{ "metric-neutral", FS_C(NEUTRAL) },
	{ "positive", FS_C(POSITIVE) },
	{ "negative", FS_C(NEGATIVE) },
	{ "fact", FS_C(FACT) },
	{ "flat", FS_C(FLAT) },
	{ "expectation", FS_C(EXPECT) },
	{ "beat", FS_C(BEAT) },
	{ "miss", FS_C(MISS) },
	{ "above", FS_C(ABOVE) },
	{ "below", FS_C(BELOW) },
	{ "past", FS_C(PAST) },
	{ "negator", FS_C(NEGATOR) },
	{ "hedge", FS_C(HEDGE) },
	{ "future", FS_C(FUTURE) },
	{ "condition", FS_C(CONDITION) },
	{ "contrast", FS_C(CONTRAST) | FS_C(CLAUSE) },
	{ "concede", FS_C(CONCEDE) | FS_C(CLAUSE) },
	{ "clause", FS_C(CLAUSE) },
	{ "intensify", FS_C(INTENSIFY) },
	{ "weaken", FS_C(WEAKEN) },
	{ "compare", FS_C(COMPARE) },
	{ "upgrade", FS_C(UPGRADE) },
	{ "downgrade", FS_C(DOWNGRADE) },
	{ "rate-buy", FS_C(RATE_BUY) },
	{ "rate-hold", FS_C(RATE_HOLD) },
	{ "rate-sell", FS_C(RATE_SELL) },
	{ "to-profit", FS_C(TO_PROFIT) },
	{ "to-loss", FS_C(TO_LOSS) },
	{ "turn", FS_C(TURN) },
	{ "win", FS_C(WIN) },
	{ "order", FS_C(ORDER) },
	{ "analyst", FS_C(ANALYST) },
	{ "say", FS_C(SAY) },
	{ "act", FS_C(ACT) },
	{ "scale", FS_C(SCALE) },
	{ "currency", FS_C(CURRENCY) },
	{ "minor", FS_C(MINOR) },
	{ "unit", FS_C(UNIT) },
	{ "number", FS_C(NUMBER) },
	{ "comparator", FS_C(COMPARATOR) },
	{ "month", FS_C(MONTH) },
	{ "period", FS_C(PERIOD) },
	{ "abbreviation", FS_C(ABBREVIATION) },
	{ "legal", FS_C(LEGAL) },
	{ "function", FS_C(FUNCTION) },
	{ "foreign", FS_C(FOREIGN) },
	{ "cue-risk", FS_C(RISK) },
	{ "cue-catalyst", FS_C(CATALYST) },
	{ "cue-outlook", FS_C(OUTLOOK) },
	{ "cue-guidance", FS_C(GUIDANCE) },
	{ "cue-competitor", FS_C(COMPETITOR) },
	{ "cue-consensus", FS_C(CONSENSUS) },
	{ "cue-second-order", FS_C(SECOND_ORDER) },
};

Term	*terms;
size_t	 nterms;
size_t	 nwords;
Edge	*edges;
size_t	 nedges;
uint64_t number_follow;

static size_t	   terms_room;
static size_t	   edges_room;
static const char *file_name;
static int		   line_number;

void
fail(const char *format, ...)
{
	va_list args;

	if (file_name)
		fprintf(stderr, "%s:%d: ", file_name, line_number);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

void *
room_for(void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	while (count >= *room)
		*room = *room ? *room * 2 : 1024;
	items = realloc(items, *room * size);
	if (!items)
		fail("out of memory");
	return items;
}

static void
copy(char *out, size_t room, const char *in)
{
	if (strlen(in) >= room)
		fail("too long: %s", in);
	strcpy(out, in);
}

/* Remember one surface form of a line; equal ones are merged later. */
static void
add_term(const char *text, const char *lemma, uint64_t classes, int weight, const char *value)
{
	Term *term;

	terms = room_for(terms, nterms, &terms_room, sizeof(Term));
	term = &terms[nterms++];
	memset(term, 0, sizeof(*term));
	copy(term->text, sizeof(term->text), text);
	copy(term->lemma, sizeof(term->lemma), lemma);
	copy(term->value, sizeof(term->value), value);
	term->classes = classes;
	term->weight = weight;
	term->words = 1;
	for (const char *p = text; *p; p++)
		term->words += *p == ' ';
}

static uint64_t
class_of(const char *name)
{
	for (size_t i = 0; i < sizeof(class_names) / sizeof(class_names[0]); i++)
		if (strcmp(class_names[i].name, name) == 0)
			return class_names[i].classes;
	fail("unknown class \"%s\"", name);
	return 0;
}

/* Split a line at tabs; missing columns are empty. */
static void
split_columns(char *line, const char *columns[], int n)
{
	for (int i = 0; i < n; i++)
	{
		char *tab = line ? strchr(line, '\t') : NULL;

		columns[i] = line ? line : "";
		if (tab)
			*tab = '\0';
		line = tab ? tab + 1 : NULL;
	}
}

/* Weight column of a polarity term, signed hundredths. */
static int
read_weight(const char *term, const char *value, uint64_t classes)
{
	int weight = (int) (strtod(value, NULL) * 100 + 0.5);

	if (weight < 1 || weight > 100)
		fail("weight \"%s\" of \"%s\" is not in (0,1]", value, term);
	return classes & FS_C(NEGATIVE) ? -weight : weight;
}

/* One line of a lexicon file: term, class, form, value. */
static void
read_term(char *line)
{
	const char *columns[4];
	char		forms[FORMS_MAX][FORM_BYTES];
	uint64_t	classes;
	int			weight = 0;
	int			n = 1;

	split_columns(line, columns, 4);
	classes = class_of(columns[1]);
	if (classes & FS_C_POLARITY)
	{
		weight = read_weight(columns[0], columns[3], classes);
		if (abs(weight) >= 80)
			classes |= FS_C(STRONG);
		columns[3] = "";
	}
	copy(forms[0], FORM_BYTES, columns[0]);
	if (strcmp(columns[2], "v") == 0 || strcmp(columns[2], "vt") == 0)
	{
		n = verb_forms(columns[0], forms);
		classes |= FS_C(VERB) | (columns[2][1] == 't' ? FS_C(TRANS) : 0);
	}
	else if (strcmp(columns[2], "n") == 0)
	{
		n = noun_forms(columns[0], forms);
		classes |= FS_C(NOUN);
	}
	else if (strcmp(columns[2], "a") == 0)
		classes |= FS_C(ADJ);
	else if (strcmp(columns[2], "x") != 0)
		fail("unknown form \"%s\"", columns[2]);
	for (int i = 0; i < n; i++)
		add_term(forms[i], columns[0], classes, weight, columns[3]);
}

/* One line of irregular.tsv: base, third, past, participle, ing. */
static void
read_irregular(char *line)
{
	const char *columns[5];

	split_columns(line, columns, 5);
	add_irregular(columns[0], columns + 1);
}

/* Read a TSV with a header line, handing every further line on. */
static void
read_file(const char *folder, const char *name, void (*take)(char *line))
{
	char  path[4096];
	char  line[LINE_BYTES];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "r");
	if (!file)
		fail("cannot open %s", path);
	file_name = name;
	for (line_number = 1; fgets(line, sizeof(line), file); line_number++)
	{
		line[strcspn(line, "\r\n")] = '\0';
		if (line_number > 1 && line[0] != '\0')
			take(line);
	}
	fclose(file);
	file_name = NULL;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

/* Read irregular.tsv, then the other files in the order of their names. */
static void
read_folder(const char *folder)
{
	char		  *names[64];
	size_t		   n = 0;
	DIR			  *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		fail("cannot open folder %s", folder);
	while ((entry = readdir(dir)) != NULL)
	{
		size_t len = strlen(entry->d_name);

		if (len > 4 && strcmp(entry->d_name + len - 4, ".tsv") == 0 && strcmp(entry->d_name, "irregular.tsv") != 0 &&
			n < 64)
			names[n++] = strdup(entry->d_name);
	}
	closedir(dir);
	qsort(names, n, sizeof(names[0]), compare_names);
	read_file(folder, "irregular.tsv", read_irregular);
	for (size_t i = 0; i < n; i++)
		read_file(folder, names[i], read_term);
}

/* Words before phrases, each by text: the order of ids. */
static int
compare_terms(const void *a, const void *b)
{
	const Term *x = a;
	const Term *y = b;

	if ((x->words > 1) != (y->words > 1))
		return x->words > 1 ? 1 : -1;
	return strcmp(x->text, y->text);
}

/* For merging: by text, a term that is its own lemma first, then as lines say. */
static int
compare_for_merge(const void *a, const void *b)
{
	const Term *x = a;
	const Term *y = b;
	int			order = compare_terms(a, b);
	int			own_x = strcmp(x->text, x->lemma) == 0;
	int			own_y = strcmp(y->text, y->lemma) == 0;

	if (order != 0)
		return order;
	if (own_x != own_y)
		return own_y - own_x;
	if ((order = strcmp(x->lemma, y->lemma)) != 0)
		return order;
	if (x->classes != y->classes)
		return x->classes < y->classes ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight < y->weight ? -1 : 1;
	return strcmp(x->value, y->value);
}

/*
 * One entry a surface form: classes are united, the larger weight wins, the
 * first value is kept, and so is the first lemma.
 */
static void
merge_terms(void)
{
	size_t n = 0;

	qsort(terms, nterms, sizeof(Term), compare_for_merge);
	for (size_t i = 0; i < nterms; i++)
	{
		Term *last = n > 0 ? &terms[n - 1] : NULL;

		if (!last || strcmp(last->text, terms[i].text) != 0)
		{
			terms[n++] = terms[i];
			continue;
		}
		last->classes |= terms[i].classes;
		if (abs(terms[i].weight) > abs(last->weight))
			last->weight = terms[i].weight;
		if (last->value[0] == '\0')
			memcpy(last->value, terms[i].value, sizeof(last->value));
	}
	nterms = n;
}

/* Every word of a phrase needs an entry of its own, if only an empty one. */
static void
add_phrase_words(void)
{
	size_t count = nterms;

	for (size_t i = 0; i < count; i++)
	{
		char  text[FORM_BYTES];
		char *state;

		if (terms[i].words == 1)
			continue;
		memcpy(text, terms[i].text, sizeof(text));
		for (char *word = strtok_r(text, " ", &state); word; word = strtok_r(NULL, " ", &state))
			if (strcmp(word, "#") != 0)
				add_term(word, word, 0, 0, "");
	}
	merge_terms();
	for (nwords = 0; nwords < nterms && terms[nwords].words == 1; nwords++)
		;
}

int
id_of(const char *text)
{
	static Term key;
	const Term *found;

	if (strcmp(text, "#") == 0)
		return FS_TERM_NUMBER;
	copy(key.text, sizeof(key.text), text);
	key.words = strchr(text, ' ') ? 2 : 1;
	found = bsearch(&key, terms, nterms, sizeof(Term), compare_terms);
	if (!found)
		fail("no entry for \"%s\"", text);
	return found->id;
}

/*
 * The edge for a key, made if it is new.  Phrases come sorted, so that the edge
 * sought, if there is one, is among the last few of its state.
 */
static Edge *
edge_for(uint32_t key)
{
	for (size_t i = nedges; i-- > 0;)
		if (edges[i].key == key)
			return &edges[i];
	edges = room_for(edges, nedges, &edges_room, sizeof(Edge));
	edges[nedges] = (Edge){ key, 0, 0 };
	return &edges[nedges++];
}

static int
compare_edges(const void *a, const void *b)
{
	uint32_t x = ((const Edge *) a)->key;
	uint32_t y = ((const Edge *) b)->key;

	return x < y ? -1 : x > y;
}

/* Mark the words that end a comparator. */
static void
mark_comparators(void)
{
	for (size_t i = 0; i < nterms; i++)
	{
		const char *last = strrchr(terms[i].text, ' ');
		int			id;

		if (!(terms[i].classes & FS_C(COMPARATOR)))
			continue;
		id = id_of(last ? last + 1 : terms[i].text);
		if (id > FS_TERM_NUMBER)
			terms[id - 2].ends_comparator = true;
	}
}

uint32_t
hash_of(const char *text)
{
	return strcmp(text, "#") == 0 ? 1 : fs_hash(text, strlen(text));
}

/* The trie of phrases: a first word's state is its id, inner states begin at 0x8000. */
static void
build_edges(void)
{
	uint16_t next_state = 0x8000;

	for (size_t i = nwords; i < nterms; i++)
	{
		char	 text[FORM_BYTES];
		char	*state;
		char	*word;
		uint32_t at;

		memcpy(text, terms[i].text, sizeof(text));
		at = (uint32_t) id_of(strtok_r(text, " ", &state));
		word = strtok_r(NULL, " ", &state);
		*(at > FS_TERM_NUMBER ? &terms[at - 2].follow : &number_follow) |= UINT64_C(1) << (hash_of(word) & 63);
		while (word)
		{
			Edge *edge = edge_for(at << 16 | (uint32_t) id_of(word));

			word = strtok_r(NULL, " ", &state);
			if (!word)
				edge->phrase = (uint16_t) terms[i].id;
			else if (edge->next == 0)
			{
				if (next_state == 0xFFFF)
					fail("too many phrases");
				edge->next = next_state++;
			}
			at = edge->next;
		}
	}
	qsort(edges, nedges, sizeof(Edge), compare_edges);
}

int
main(int argc, char **argv)
{
	bool words = argc == 3 && strcmp(argv[1], "--words") == 0;

	if (argc != 2 && !words)
	{
		fprintf(stderr, "usage: gentables [--words] LEXICON_DIR > lexicon.inc | words.inc\n");
		return 2;
	}
	read_folder(argv[argc - 1]);
	merge_terms();
	add_phrase_words();
	if (nterms > 0x7FF0)
		fail("more terms (%zu) than ids", nterms);
	for (size_t i = 0; i < nterms; i++)
		terms[i].id = (int) i + 2;
	if (words)
	{
		write_ids();
		return 0;
	}
	build_edges();
	mark_comparators();
	write_lexicon();
	return 0;
}
