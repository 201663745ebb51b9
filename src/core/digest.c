/*
 * digest.c - level 5: what a summary needs of the sentences of a text.
 */
#include "digest.h"
#include "hash.h"

#define WORDS_ROOM 512 /* words of an article, to begin with */

/* A token of a kind that says something has more folded bytes than this. */
static const int16_t least_bytes[] = {
	[FS_WORD] = 2,			 [FS_NUMBER] = 0,	   [FS_PUNCT] = INT16_MAX,
	[FS_SYMBOL] = INT16_MAX, [FS_CASHTAG] = 2,	   [FS_HASHTAG] = INT16_MAX,
	[FS_HANDLE] = INT16_MAX, [FS_URL] = INT16_MAX, [FS_RIC] = INT16_MAX,
};

/*
 * Whether a token says something: a word that is no function word, or a number.
 * Without branches: which words are function words nobody can predict.
 */
static inline bool
is_content(const FsToken *token, uint8_t traits)
{
	int least = least_bytes[token->kind] | (traits & FS_TR_FUNCTION) << 8;

	return (token->hash != 0) & (token->foldlen > least);
}

/* Whether it is a quotation mark: " and ` differ in these bits, and what else has the rest is no mark. */
static inline bool
is_quote(const FsToken *token)
{
	return (token->ch & ~('"' ^ '`')) == ('"' & '`');
}

/* Classes of a token that tell of what will be ("will", "expects", "forecast"): none of the analysts who say so. */
static inline uint64_t
ahead_classes(const FsToken *token)
{
	uint64_t classes = fs_entry(token->term)->classes;

	return classes & ((classes >> FS_B_ANALYST & 1) - 1);
}

/* Whether token i starts these words. */
static bool
words_at(const FsSentence *s, int i, const char *const *words, int n)
{
	if (i + n > s->ntokens)
		return false;
	for (int k = 0; k < n; k++)
		if (!fs_token_is(s->text, &s->tokens[i + k], words[k]))
			return false;
	return true;
}

/* What pages and papers say of themselves: two words that follow each other. */
static const char *const boilerplate[][2] = {
	{ "click", "here" },		 { "reporting", "by" }, { "editing", "by" },	   { "looking", "statements" },
	{ "rights", "reserved" },	 { "read", "more" },	{ "sign", "up" },		   { "views", "expressed" },
	{ "opinions", "expressed" }, { "free", "report" },	{ "subscribe", "to" },	   { "see", "also" },
	{ "click", "live" },		 { "follow", "us" },	{ "more", "information" }, { "no", "position" },
	{ "safe", "harbor" },		 { "request", "a" },	{ "full", "disclosure" },  { "not", "necessarily" },
	{ "our", "newsletter" },	 { "this", "article" }
};

#define BOILERPLATES (sizeof(boilerplate) / sizeof(boilerplate[0]))

/* First words of boilerplate, as bits of their hashes (test/unit/summary.c has all phrases). */
static const uint32_t begins[64] = {
	[0] = 0x00018000,  [5] = 0x00800000,  [6] = 0x00000400,	 [8] = 0x00000008,	[11] = 0x00000010,
	[13] = 0x00000c00, [21] = 0x08000000, [22] = 0x01000000, [23] = 0x00080000, [24] = 0x00080000,
	[27] = 0x00000020, [28] = 0x00100000, [29] = 0x01000000, [30] = 0x80000000, [42] = 0x00001000,
	[46] = 0x00000080, [50] = 0x00000080, [51] = 0x00000004, [59] = 0x00000400, [63] = 0x00004000,
};

/* In its lowest bit, whether the token's word may begin boilerplate. */
static inline uint32_t
may_begin(const FsToken *token)
{
	return begins[token->hash / 32 % 64] >> token->hash % 32;
}

/* Whether a word of boilerplate stands at token i, which may begin some. */
static bool
boilerplate_at(const FsSentence *s, int i)
{
	if (fs_token_is(s->text, &s->tokens[i], "copyright"))
		return true;
	for (size_t k = 0; k < BOILERPLATES; k++)
		if (words_at(s, i, boilerplate[k], 2))
			return true;
	return false;
}

/* Whether the sentence is about the page or the paper: it has an address, or boilerplate. */
static bool
is_boilerplate(const FsSentence *s)
{
	for (int i = 0; i < s->ntokens; i++)
		if (s->tokens[i].kind == FS_URL || (may_begin(&s->tokens[i]) & 1 && boilerplate_at(s, i)))
			return true;
	return false;
}

FsDigest *
fs_digest_start(FsArena *arena)
{
	FsDigest *digest = fs_alloc0(arena, sizeof(FsDigest));

	digest->words = fs_alloc(arena, WORDS_ROOM * sizeof(uint32_t));
	digest->words_room = WORDS_ROOM;
	return digest;
}

void
fs_digest_title(FsDigest *digest, const FsSentence *s)
{
	for (int i = 0; i < s->ntokens && digest->ntitle < FS_DIGEST_TITLE; i++)
		if (is_content(&s->tokens[i], s->traits[i]))
			digest->title[digest->ntitle++] = s->tokens[i].hash;
}

void
fs_digest_add(FsArena *arena, FsDigest *digest, const FsSentence *s, uint32_t index, const FsMention *mentions,
			  uint32_t nmentions)
{
	FsDigestSentence *d = FS_PUSH(arena, digest->sentences, digest->n, digest->room);
	int				  start = s->flags & FS_S_HEADING ? 0 : fs_sentence_start(s, digest->n == 1, mentions, nmentions);
	uint32_t		 *words;
	int				  marks = 0;
	bool			  quote = false;
	uint32_t		  suspect = 0;
	unsigned		  kinds = 0;
	uint64_t		  ahead = 0;

	if (digest->ntitle == 0)
	{
		fs_digest_title(digest, s);
		digest->lead_title = !(s->flags & FS_S_HEADING);
	}
	*d = (FsDigestSentence){
		.sentence = index,
		.start = start > 0 ? s->tokens[start].start : s->span.start,
		.first = digest->nwords,
	};
	while (digest->words_room - digest->nwords < (uint32_t) s->ntokens)
		digest->words = fs_grow(arena, digest->words, digest->nwords, &digest->words_room, sizeof(uint32_t));
	words = digest->words + digest->nwords;
	for (int i = start; i < s->ntokens; i++)
	{
		const FsToken *token = &s->tokens[i];

		suspect |= may_begin(token);
		kinds |= 1u << token->kind;
		marks += token->kind == FS_PUNCT;
		quote |= is_quote(token);
		ahead |= ahead_classes(token);
		*words = token->hash;
		words += is_content(token, s->traits[i]);
	}
	d->boilerplate = (suspect & 1 || kinds & 1u << FS_URL || start > 0) && is_boilerplate(s);
	d->tokens = (uint16_t) (s->ntokens - start - marks);
	d->quote = quote;
	d->ahead = (ahead & (FS_C(FUTURE) | FS_C(EXPECT) | FS_C(OUTLOOK) | FS_C(GUIDANCE))) != 0;
	digest->nwords = (uint32_t) (words - digest->words);
	d->nwords = digest->nwords - d->first;
}
