/*
 * digest.c - level 5: what a summary needs of the sentences of a text.
 */
#include "digest.h"
#include "hash.h"

/* Whether a token says something: a word that is no function word, or a number. */
static bool
is_content(const FsToken *token)
{
	if (token->hash == 0)
		return false;
	if (token->kind == FS_NUMBER)
		return true;
	return (token->kind == FS_WORD || token->kind == FS_CASHTAG) && token->foldlen > 2 &&
		   !(fs_token_classes(token) & FS_C(FUNCTION));
}

/* Whether a token speaks of what will be: "will", "expects", "forecast"; not the analysts who say so. */
static bool
is_ahead(const FsToken *token)
{
	uint64_t classes = fs_token_classes(token);

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
	return digest->begins[0] >> (hash & 63) & digest->begins[1] >> (hash >> 6 & 63) & 1;
}

/* Note the first words of boilerplate as bits of their hashes. */
static void
note_boilerplate(FsDigest *digest)
{
	for (size_t k = 0; k <= BOILERPLATES; k++)
	{
		const char *word = k < BOILERPLATES ? boilerplate[k][0] : "copyright";
		uint32_t	hash = fs_hash(word, strlen(word));

		digest->begins[0] |= UINT64_C(1) << (hash & 63);
		digest->begins[1] |= UINT64_C(1) << (hash >> 6 & 63);
	}
}

/* A sentence about the page or the paper, not about the news. */
static bool
is_boilerplate(const FsDigest *digest, const FsSentence *s)
{
	for (int i = 0; i < s->ntokens; i++)
	{
		const FsToken *token = &s->tokens[i];

		if (token->kind == FS_URL)
			return true;
		if (!may_begin(digest, token->hash))
			continue;
		if (token->foldlen == 9 && fs_token_is(s->text, token, "copyright"))
			return true;
		for (size_t k = 0; k < BOILERPLATES; k++)
			if (words_at(s, i, boilerplate[k], 2))
				return true;
	}
	return false;
}

FsDigest *
fs_digest_start(FsArena *arena)
{
	FsDigest *digest = fs_alloc0(arena, sizeof(FsDigest));

	note_boilerplate(digest);
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
		.boilerplate = is_boilerplate(digest, s),
	};
	for (int i = start; i < s->ntokens; i++)
	{
		if (s->tokens[i].kind != FS_PUNCT)
			d->tokens++;
		else if (s->tokens[i].ch == '"' || s->tokens[i].ch == '`')
			d->quote = true;
		d->ahead |= is_ahead(&s->tokens[i]);
		if (is_content(&s->tokens[i]))
			*FS_PUSH(arena, digest->words, digest->nwords, digest->words_room) = s->tokens[i].hash;
	}
	d->nwords = digest->nwords - d->first;
}
