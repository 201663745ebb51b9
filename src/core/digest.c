/*
 * digest.c - level 5: what a summary needs of the sentences of a text.
 */
#include "digest.h"
#include "hash.h"

#define WORDS_ROOM 512 /* words of an article, to begin with */

/*
 * Whether a token says something: a word that is no function word, or a number.
 * Without branches: which words are function words nobody can predict.
 */
static inline bool
is_content(const FsToken *token)
{
	bool function = (fs_entry(token->term)->classes & FS_C(FUNCTION)) != 0;
	bool word = token->kind == FS_WORD || token->kind == FS_CASHTAG;

	return (token->hash != 0) & ((token->kind == FS_NUMBER) | (word & (token->foldlen > 2) & !function));
}

/* Whether a token speaks of what will be: "will", "expects", "forecast"; not the analysts who say so. */
static bool
is_ahead(const FsToken *token)
{
	uint64_t classes = fs_entry(token->term)->classes;

	return (classes & (FS_C(FUTURE) | FS_C(EXPECT) | FS_C(OUTLOOK) | FS_C(GUIDANCE))) && !(classes & FS_C(ANALYST));
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

/* Whether the word of this hash may begin boilerplate. */
static inline bool
may_begin(const FsDigest *digest, uint32_t hash)
{
	return digest->begins[hash >> 6 & 7] >> (hash & 63) & 1;
}

/* Note the first words of boilerplate as bits of their hashes. */
static void
note_boilerplate(FsDigest *digest)
{
	for (size_t k = 0; k <= BOILERPLATES; k++)
	{
		const char *word = k < BOILERPLATES ? boilerplate[k][0] : "copyright";
		uint32_t	hash = fs_hash(word, strlen(word));

		digest->begins[hash >> 6 & 7] |= UINT64_C(1) << (hash & 63);
	}
}

/* Whether token i begins boilerplate. */
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

FsDigest *
fs_digest_start(FsArena *arena)
{
	FsDigest *digest = fs_alloc0(arena, sizeof(FsDigest));

	note_boilerplate(digest);
	digest->words = fs_alloc(arena, WORDS_ROOM * sizeof(uint32_t));
	digest->words_room = WORDS_ROOM;
	return digest;
}

void
fs_digest_title(FsDigest *digest, const FsSentence *s)
{
	for (int i = 0; i < s->ntokens && digest->ntitle < FS_DIGEST_TITLE; i++)
		if (is_content(&s->tokens[i]))
			digest->title[digest->ntitle++] = s->tokens[i].hash;
}

void
fs_digest_add(FsArena *arena, FsDigest *digest, const FsSentence *s, uint32_t index, const FsMention *mentions,
			  uint32_t nmentions)
{
	FsDigestSentence *d = FS_PUSH(arena, digest->sentences, digest->n, digest->room);
	int				  start = s->flags & FS_S_HEADING ? 0 : fs_sentence_start(s, digest->n == 1, mentions, nmentions);

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
	for (int i = 0; i < s->ntokens; i++)
	{
		const FsToken *token = &s->tokens[i];

		d->boilerplate |= token->kind == FS_URL;
		if (may_begin(digest, token->hash))
			d->boilerplate |= boilerplate_at(s, i);
		if (i < start)
			continue;
		d->tokens += token->kind != FS_PUNCT;
		d->quote |= (token->kind == FS_PUNCT) & ((token->ch == '"') | (token->ch == '`'));
		d->ahead |= is_ahead(token);
		digest->words[digest->nwords] = token->hash;
		digest->nwords += is_content(token);
	}
	d->nwords = digest->nwords - d->first;
}
