/*
 * gentables_write.c - writes the lexicon as tables.
 */
#include <stdio.h>
#include <stdlib.h>

#include "displace.h"
#include "feature_parts.h"
#include "gentables.h"

static char	 *pool;
static size_t pool_len, pool_room;

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

void
write_ids(void)
{
	print_word_ids();
	print_value_ids();
}

void
write_lexicon(void)
{
	printf("/* Generated by src/tools/gentables.c from src/data/lexicon; do not edit. */\n\n");
	print_entries(print_values());
	print_words();
	print_phrases();
	print_filter();
}
