/*
 * gentables.c - builds core/tables/lexicon.inc from data/lexicon.
 *
 *   gentables LEXICON_DIR > lexicon.inc
 *   gentables --words LEXICON_DIR > words.inc
 *
 * Reads irregular.tsv, the grammar of irregular verbs, then every other *.tsv of
 * the folder in the order of their names; inflects verbs and nouns, merges lines
 * that give the same surface form, and writes static const tables.  The output
 * depends on the input alone.  The hash is the core's own, so the tables cannot
 * disagree with the reader.
 */
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "displace.h"
#include "feature_parts.h"
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

/* A surface form; after merging, one for each. */
typedef struct Term
{
	char	 text[FORM_BYTES];
	char	 lemma[FORM_BYTES];
	char	 value[64];
	uint64_t classes;
	int		 weight;
	int		 words;
	int		 id;
	bool	 ends_comparator;
	uint64_t follow; /* see FsEntry */
} Term;

/* A step of a phrase. */
typedef struct Edge
{
	uint32_t key; /* state << 16 | word */
	uint16_t next;
	uint16_t phrase;
} Edge;

static Term		  *terms;
static size_t	   nterms, terms_room;
static uint64_t	   number_follow; /* follow of "#" */
static size_t	   nwords;		  /* terms of one word, which come first in the end */
static Edge		  *edges;
static size_t	   nedges, edges_room;
static char		  *pool;
static size_t	   pool_len, pool_room;
static const char *file_name;
static int		   line_number;

/* Stop with a message that names the place. */
static void
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

static void *
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

/* Id of a word or phrase. */
static int
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

/* FsEntry.hash of a term. */
static uint32_t
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

/* Offset of a string in the pool, which it joins. */
static uint32_t
pool_add(const char *text)
{
	size_t	 len = strlen(text) + 1;
	uint32_t at = (uint32_t) pool_len;

	pool = room_for(pool, pool_len + len, &pool_room, 1);
	memcpy(pool + pool_len, text, len);
	pool_len += len;
	return at;
}

/* A string pool as concatenated literals, one string a line. */
static void
print_pool(const char *name)
{
	printf("static const char %s[%zu] =", name, pool_len + 1);
	for (size_t at = 0; at < pool_len; at += strlen(pool + at) + 1)
	{
		printf("\n\t\"");
		print_escaped(pool + at);
		printf("\\0\"");
	}
	printf(";\n\n");
}

/* Names that metrics are given though no entry has them: by the amount or by a verb (metric_name.c). */
static const char *const more_names[] = {
	"fine", "funding", "order_value", "revenue_mix", "share_price_change",
};

/* The place of a value in the pool, where that of "-net_income" is one of "net_income" too; 0 if it is not there. */
static uint32_t
pool_find(const char *value)
{
	for (size_t at = 1; at < pool_len; at += strlen(pool + at) + 1)
	{
		if (strcmp(pool + at, value) == 0)
			return (uint32_t) at;
		if (pool[at] == '-' && strcmp(pool + at + 1, value) == 0)
			return (uint32_t) at + 1;
	}
	return 0;
}

/* Fill the pool of values, those with a sign first, and give each term's offset in it. */
static uint32_t *
pool_values(void)
{
	uint32_t *values = calloc(nterms, sizeof(uint32_t));

	pool_add("");
	for (int sign = 1; sign >= 0; sign--)
		for (size_t i = 0; i < nterms; i++)
			if (terms[i].value[0] != '\0' && (terms[i].value[0] == '-') == sign)
			{
				values[i] = pool_find(terms[i].value);
				if (values[i] == 0)
					values[i] = pool_add(terms[i].value);
			}
	for (size_t i = 0; i < sizeof(more_names) / sizeof(more_names[0]); i++)
		if (pool_find(more_names[i]) == 0)
			pool_add(more_names[i]);
	if (pool_len > UINT16_MAX)
		fail("too many values");
	return values;
}

/* Print the pool of values and give each term's offset in it. */
static uint32_t *
print_values(void)
{
	uint32_t *values = pool_values();

	print_pool("values");
	pool_len = 0;
	return values;
}

/* Ids of the values that are words, so that rules compare ids. */
static void
print_value_ids(void)
{
	free(pool_values());
	printf("\n/* FsValue of the values that are words. */\nenum FsValueId\n{\n");
	for (size_t at = 1; at < pool_len; at += strlen(pool + at) + 1)
	{
		const char *value = pool + at + (pool[at] == '-');

		if (value[0] != '\0' && value[strspn(value, "abcdefghijklmnopqrstuvwxyz_")] == '\0')
			printf("\tFS_V_%s = %d,\n", value, (int) (value - pool));
	}
	printf("};\n\n/* Every FsValue is below it. */\n#define FS_VALUE_END %zu\n", pool_len);
	pool_len = 0;
}

/* Whether the term is one of the words of a blank-separated list. */
static bool
is_one_of(const Term *t, const char *list)
{
	size_t len = strlen(t->text);

	for (const char *p = list; (p = strstr(p, t->text)) != NULL; p += len)
		if ((p == list || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
			return t->words == 1;
	return false;
}

/* FsEntry.says of a term. */
static int
says_of(const Term *t)
{
	static const char *const planning[] = {
		"could", "may", "sees", "see", "might", "should", "if", "would", "unless", "planned", "targeted", "outlook",
	};
	int says = (strstr(t->text, "loss") ? FS_SAYS_LOSS : 0) | (strstr(t->text, "profit") ? FS_SAYS_PROFIT : 0) |
			   (strstr(t->text, "income") ? FS_SAYS_INCOME : 0);

	says |= t->ends_comparator ? FS_ENDS_COMPARATOR : 0;
	says |= t->classes & FS_C_METRIC ? FS_SAYS_METRIC : 0;
	says |= t->classes & FS_C_MOVES ? FS_SAYS_MOVES : 0;
	says |= t->classes & FS_C_DATED ? FS_SAYS_DATED : 0;
	for (size_t i = 0; i < sizeof(planning) / sizeof(planning[0]); i++)
		if (t->classes & FS_C_PLANS || (t->classes != 0 && strcmp(t->text, planning[i]) == 0))
			says |= FS_SAYS_PLANS;
	return says;
}

/* FsEntry.tells of a term. */
static int
tells_of(const Term *t)
{
	static const char *const analysts[] = {
		"analyst", "consensus", "street", "estimate",	   "ibes",		 "refinitiv", "poll",
		"survey",  "zacks",		"views",  "factset",	   "economists", "market",	  "bloomberg",
		"eikon",   "hoped",		"feared", "than expected", "whisper",
	};

	static const char *const rise[] = { "flies", "zoom", "zooms" };
	static const char *const fall[] = { "tank", "tanks", "crack", "cracks", "shed", "sheds" };
	int						 tells = 0;

	if (t->classes & (FS_C(ANALYST) | FS_C(EXPECT) | FS_C(CONSENSUS)))
		for (size_t i = 0; i < sizeof(analysts) / sizeof(analysts[0]); i++)
			if (strstr(t->text, analysts[i]))
				tells = FS_TELLS_ANALYSTS;
	for (size_t i = 0; i < sizeof(rise) / sizeof(rise[0]); i++)
		if (strcmp(t->text, rise[i]) == 0)
			tells = FS_TELLS_RISE;
	for (size_t i = 0; i < sizeof(fall) / sizeof(fall[0]); i++)
		if (strcmp(t->text, fall[i]) == 0)
			tells = FS_TELLS_FALL;
	return tells;
}

/* FsEntry.marks of a term. */
static int
marks_of(const Term *t)
{
	return fs_class_marks(t->classes) | (is_one_of(t, "as which of") ? FS_M_LINK : 0) |
		   (is_one_of(t, "as after on") ? FS_M_STOP : 0);
}

/* The entries of enum FsStandIn. */
static void
print_stand_ins(void)
{
	printf("\t{ .type = %d },\n\t{ .type = %d, .marks = %d },\n\t{ .type = %d },\n", FS_U_NAME, FS_U_QUANTITY,
		   FS_M_FIGURE, FS_U_DATE);
	for (int ch = 0; ch < 128; ch++)
		printf("\t{ .type = %d, .ch = %d, .marks = %d },\n", FS_U_PUNCT, ch,
			   ch == ';' || ch == ':' || ch == '|' ? FS_M_CLAUSE : 0);
}

/* FsEntry.ch of a term: that of a symbol. */
static int
char_of(const Term *t)
{
	return t->text[1] == '\0' && strchr("$%", t->text[0]) ? t->text[0] : 0;
}

/* Entries, "none" and "#" first, and where their texts stand in the pool. */
static void
print_entries(const uint32_t *values)
{
	printf("const FsEntry fs_entries[FS_ENTRIES] = {\n");
	printf("\t{ 0 },\n\t{ .term = 1, .type = %d, .follow = UINT64_C(0x%llx), .hash = %u },\n", FS_U_DATE,
		   (unsigned long long) number_follow, hash_of("#"));
	for (size_t i = 0; i < nterms; i++)
	{
		const Term *t = &terms[i];

		printf("\t{ UINT64_C(0x%llx), %d, %d, %d, %d, %d, %d, UINT64_C(0x%llx), 0x%x, %u, %u, %d, %d },\n",
			   (unsigned long long) t->classes, t->id, id_of(t->lemma), t->weight, FS_U_WORD, says_of(t), char_of(t),
			   (unsigned long long) t->follow, hash_of(t->text), values[i], fs_class_kind(t->classes), tells_of(t),
			   marks_of(t));
	}
	print_stand_ins();
	printf("};\n\nstatic const uint32_t texts[FS_TERMS + 1] = {\n");
	printf("\t%u,\n", pool_add(""));
	printf("\t%u,\n", pool_add("#"));
	for (size_t i = 0; i < nterms; i++)
		printf("\t%u,\n", pool_add(terms[i].text));
	printf("\t%zu,\n};\n\n", pool_len);
	print_pool("strings");
}

static void
print_words(void)
{
	uint32_t *hashes = malloc(nwords * sizeof(uint32_t));
	Displaced d;

	for (size_t i = 0; i < nwords; i++)
		hashes[i] = fs_hash(terms[i].text, strlen(terms[i].text));
	d = displace_all(hashes, (int) nwords);
	print_displacements("const uint16_t fs_word_displace[FS_WORD_BUCKETS]", &d);
	printf("const FsWordSlot fs_word_slots[FS_WORD_SLOTS] = {\n");
	for (uint32_t i = 0; i < d.slots; i++)
	{
		const Term *t = d.slot_item[i] < 0 ? NULL : &terms[d.slot_item[i]];

		if (t)
		{
			size_t		  len = strlen(t->text);
			unsigned long traits =
				fs_word_traits(t->classes) | (strcmp(t->text, "percentage") == 0 ? (unsigned) FS_TR_START : 0);

			printf("\t{ UINT64_C(0x%llx), UINT64_C(0x%llx), 0x%lx },\n", (unsigned long long) fs_load(t->text, len),
				   (unsigned long long) (len > 8 ? fs_load(t->text + 8, len - 8) : 0),
				   (unsigned long) t->id << 16 | traits << 8 | len);
		}
		else
			printf("\t{ 0 },\n");
	}
	printf("};\n\n");
}

static void
print_phrases(void)
{
	uint32_t *hashes = malloc((nedges + 1) * sizeof(uint32_t));
	Displaced d;

	for (size_t i = 0; i < nedges; i++)
		hashes[i] = fs_hash_pair(edges[i].key >> 16, edges[i].key & 0xFFFF);
	d = displace_all(hashes, (int) nedges);
	printf("#define PHRASE_BUCKETS %uu\n#define PHRASE_SLOTS %uu\n", d.buckets, d.slots);
	print_displacements("static const uint16_t phrase_displace[PHRASE_BUCKETS]", &d);
	printf("static const PhraseSlot phrase_slots[PHRASE_SLOTS] = {\n");
	for (uint32_t i = 0; i < d.slots; i++)
		if (d.slot_item[i] < 0)
			printf("\t{ 0 },\n");
		else
			printf("\t{ 0x%x, %u, %u },\n", edges[d.slot_item[i]].key, edges[d.slot_item[i]].next,
				   edges[d.slot_item[i]].phrase);
	printf("};\n");
}

/* The filter of what phrases begin with (lexicon.h): pairs that are phrases, triples that begin longer ones. */
static void
print_filter(void)
{
	static uint64_t filter[FS_FILTER_WORDS];

	for (size_t i = nwords; i < nterms; i++)
	{
		char		text[FORM_BYTES];
		char	   *state;
		FsTerm		first;
		uint32_t	pair;
		const char *third;

		if (!(terms[i].classes & ~FS_C_CUE))
			continue;
		memcpy(text, terms[i].text, sizeof(text));
		first = (FsTerm) id_of(strtok_r(text, " ", &state));
		pair = fs_pair_hash(first, (FsTerm) id_of(strtok_r(NULL, " ", &state)));
		third = strtok_r(NULL, " ", &state);
		filter[fs_filter_word(pair)] |= fs_filter_bits(third ? fs_triple_hash(pair, (FsTerm) id_of(third)) : pair);
	}
	printf("const uint64_t fs_phrase_filter[FS_FILTER_WORDS] = {\n");
	for (size_t i = 0; i < FS_FILTER_WORDS; i++)
		printf("\tUINT64_C(0x%llx),\n", (unsigned long long) filter[i]);
	printf("};\n");
}

/* Ids of the plain single words, so that rules compare ids and a missing word fails to compile. */
static void
print_word_ids(void)
{
	uint32_t slots = displaced_slots((int) nwords);

	printf("/* Generated by src/tools/gentables.c from src/data/lexicon; do not edit. */\n\n");
	printf("#define FS_TERMS %zuu\n#define FS_WORD_BUCKETS %uu\n#define FS_WORD_SLOTS %uu\n\n", nterms + 2, slots / 4,
		   slots);
	printf(
		"/* Ids of words are below it, those of phrases are not. */\n#define FS_WORD_IDS %zu\n\nenum FsWordId\n{\n",
		nwords + 2);
	for (size_t i = 0; i < nwords; i++)
		if (terms[i].text[strspn(terms[i].text, "abcdefghijklmnopqrstuvwxyz")] == '\0')
			printf("\tFS_W_%s = %d,\n", terms[i].text, terms[i].id);
	printf("};\n");
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
		print_word_ids();
		print_value_ids();
		return 0;
	}
	build_edges();
	mark_comparators();
	printf("/* Generated by src/tools/gentables.c from src/data/lexicon; do not edit. */\n\n");
	print_entries(print_values());
	print_words();
	print_phrases();
	print_filter();
	return 0;
}
