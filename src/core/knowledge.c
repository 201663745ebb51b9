/*
 * knowledge.c - level 3: a user's own terms and companies.
 *
 * Terms and names are cut by the scanner that cuts the texts, so both are the
 * same tokens; a phrase is found by the hash of its first token, proved token by
 * token, the longest first.
 */
#include "knowledge.h"

/* A phrase of more tokens is passed over; 200 characters hold no more. */
#define PHRASE_TOKENS 200

FsOwn *
fs_own_start(FsArena *arena)
{
	FsOwn *own = fs_alloc0(arena, sizeof(FsOwn));

	own->arena = arena;
	return own;
}

/* Keep a folded token. */
static void
push_token(FsOwn *own, FsText text, const FsToken *token)
{
	FsPhraseToken *to = FS_PUSH(own->arena, own->tokens, own->ntokens, own->tokens_room);
	char		   folded[FS_WORD_BYTES + 8];
	size_t		   n = fs_token_fold(text, token, folded);

	*to = (FsPhraseToken){ .hash = token->hash,
						   .word = (uint32_t) own->words.len,
						   .length = (uint8_t) n,
						   .kind = token->kind,
						   .ch = token->ch };
	fs_append(own->arena, &own->words, folded, n);
}

/* A copy of a text cut into tokens as a new phrase; NULL if it has no word. */
static FsPhrase *
push_phrase(FsOwn *own, FsPhrases *phrases, FsText text)
{
	FsPhrase   phrase = { .first = own->ntokens, .company = -1, .next = -1 };
	bool	   word = false;
	FsScan	  *scan = fs_scan_start(own->arena, text, 0, text.len);
	FsSentence sentence;
	FsPhrase  *to;

	while (fs_scan_next(scan, &sentence))
		for (int i = 0; i < sentence.ntokens; i++)
		{
			word |= sentence.tokens[i].kind != FS_PUNCT && sentence.tokens[i].foldlen > 0;
			push_token(own, text, &sentence.tokens[i]);
		}
	if (!word || own->ntokens - phrase.first > PHRASE_TOKENS)
	{
		own->ntokens = phrase.first;
		return NULL;
	}
	phrase.ntokens = (uint16_t) (own->ntokens - phrase.first);
	to = FS_PUSH(own->arena, phrases->item, phrases->n, phrases->room);
	*to = phrase;
	return to;
}

void
fs_own_term(FsOwn *own, FsText term, int weight)
{
	FsPhrase *phrase = push_phrase(own, &own->terms, term);

	if (phrase)
		phrase->weight = (int8_t) weight;
}

/* A terminated copy. */
static const char *
copy_text(FsArena *arena, FsText text)
{
	char *copy = fs_alloc(arena, text.len + 1u);

	memcpy(copy, text.data, text.len);
	copy[text.len] = '\0';
	return copy;
}

/* Whether the text has a capital letter of ASCII. */
static bool
has_capital(FsText text)
{
	for (uint32_t i = 0; i < text.len; i++)
		if (text.data[i] >= 'A' && text.data[i] <= 'Z')
			return true;
	return false;
}

/* The listing of exactly this symbol in the compiled table. */
static FsCompanyId
compiled_listing(FsText ticker)
{
	FsCompanyId id = fs_company_by_symbol(ticker.data, ticker.len);
	const char *known = id >= 0 ? fs_company_info(id).ticker : "";

	return strlen(known) == ticker.len && memcmp(known, ticker.data, ticker.len) == 0 ? id : -1;
}

int32_t
fs_own_company(FsOwn *own, FsText ticker, FsText name, int32_t from, int32_t until)
{
	int32_t		  index = (int32_t) own->ncompanies;
	FsOwnCompany *company = FS_PUSH(own->arena, own->companies, own->ncompanies, own->companies_room);
	FsPhrase	 *symbol;

	*company = (FsOwnCompany){ .ticker = copy_text(own->arena, ticker),
							   .name = copy_text(own->arena, name),
							   .compiled = compiled_listing(ticker),
							   .from = from,
							   .until = until,
							   .next = -1 };
	fs_own_alias(own, index, name);
	/* symbols that finsent knows are judged by its own rules */
	symbol = ticker.len > 1 && company->compiled < 0 ? push_phrase(own, &own->names, ticker) : NULL;
	if (symbol)
	{
		symbol->company = index;
		symbol->flags = FS_PHRASE_SYMBOL;
	}
	return index;
}

void
fs_own_alias(FsOwn *own, int32_t company, FsText alias)
{
	FsPhrase *phrase = push_phrase(own, &own->names, alias);

	if (phrase)
	{
		phrase->company = company;
		phrase->flags = has_capital(alias) ? FS_PHRASE_CAPITAL : 0;
	}
}

/* A power of two, twice the number at least, less one. */
static uint32_t
mask_for(uint32_t n)
{
	uint32_t size = 4;

	while (size < n * 2)
		size *= 2;
	return size - 1;
}

/* An array of empty slots. */
static int32_t *
empty_slots(FsArena *arena, uint32_t mask)
{
	return memset(fs_alloc(arena, (mask + 1u) * sizeof(int32_t)), 0xFF, (mask + 1u) * sizeof(int32_t));
}

/* Chain phrases by their first token: longer ones first, then those that were given first. */
static void
index_phrases(FsOwn *own, FsPhrases *phrases)
{
	phrases->mask = mask_for(phrases->n);
	phrases->slots = empty_slots(own->arena, phrases->mask);
	for (uint32_t i = 0; i < phrases->n; i++)
	{
		FsPhrase *phrase = &phrases->item[i];
		int32_t	 *at = &phrases->slots[own->tokens[phrase->first].hash & phrases->mask];

		while (*at >= 0 && phrases->item[*at].ntokens >= phrase->ntokens)
			at = &phrases->item[*at].next;
		phrase->next = *at;
		*at = (int32_t) i;
	}
}

void
fs_own_finish(FsOwn *own)
{
	index_phrases(own, &own->terms);
	index_phrases(own, &own->names);
	own->symbols_mask = mask_for(own->ncompanies);
	own->symbols = empty_slots(own->arena, own->symbols_mask);
	for (uint32_t i = own->ncompanies; i-- > 0;)
	{
		FsOwnCompany *company = &own->companies[i];
		int32_t		 *at = &own->symbols[fs_hash(company->ticker, strlen(company->ticker)) & own->symbols_mask];

		company->next = *at;
		*at = (int32_t) i;
	}
}

/* Whether the phrase stands at a token. */
static bool
stands_at(const FsOwn *own, const FsPhrase *phrase, const FsSentence *sentence, int at)
{
	if (at + phrase->ntokens > sentence->ntokens)
		return false;
	for (int i = 0; i < phrase->ntokens; i++)
	{
		const FsPhraseToken *want = &own->tokens[phrase->first + (uint32_t) i];
		const FsToken		*token = &sentence->tokens[at + i];
		char				 folded[FS_WORD_BYTES + 8];
		size_t				 n;

		if (token->hash != want->hash || token->ch != want->ch || token->kind != want->kind)
			return false;
		n = fs_token_fold(sentence->text, token, folded);
		if (n != want->length || memcmp(folded, own->words.data + want->word, n) != 0)
			return false;
	}
	return true;
}

const FsPhrase *
fs_own_match_term(const FsKnowledge *knowledge, const FsSentence *sentence, int token)
{
	const FsOwn *own = knowledge->own;

	if (!own || own->terms.n == 0)
		return NULL;
	for (int32_t i = own->terms.slots[sentence->tokens[token].hash & own->terms.mask]; i >= 0;
		 i = own->terms.item[i].next)
		if (stands_at(own, &own->terms.item[i], sentence, token))
			return &own->terms.item[i];
	return NULL;
}

/* Whether a company is active on the knowledge's day. */
static bool
is_active(const FsKnowledge *knowledge, int32_t company)
{
	const FsOwnCompany *c = &knowledge->own->companies[company];

	return c->from <= knowledge->day && (knowledge->day < c->until || c->until == FS_DAY_LAST);
}

const FsPhrase *
fs_own_match_name(const FsKnowledge *knowledge, const FsSentence *sentence, int token)
{
	const FsOwn *own = knowledge->own;

	if (!own || own->names.n == 0)
		return NULL;
	for (int32_t i = own->names.slots[sentence->tokens[token].hash & own->names.mask]; i >= 0;
		 i = own->names.item[i].next)
		if (is_active(knowledge, own->names.item[i].company) && stands_at(own, &own->names.item[i], sentence, token))
			return &own->names.item[i];
	return NULL;
}

FsCompanyId
fs_own_id(const FsOwn *own, int32_t company)
{
	return own->companies[company].compiled >= 0 ? own->companies[company].compiled : FS_COMPANY_OWN + company;
}

/* The active company of a symbol by its index, -1 if none. */
static int32_t
active_by_symbol(const FsKnowledge *knowledge, const char *symbol, size_t len)
{
	const FsOwn *own = knowledge ? knowledge->own : NULL;

	if (!own || own->ncompanies == 0)
		return -1;
	for (int32_t i = own->symbols[fs_hash(symbol, len) & own->symbols_mask]; i >= 0; i = own->companies[i].next)
		if (strlen(own->companies[i].ticker) == len && memcmp(own->companies[i].ticker, symbol, len) == 0 &&
			is_active(knowledge, i))
			return i;
	return -1;
}

FsCompanyId
fs_own_by_symbol(const FsKnowledge *knowledge, const char *symbol, size_t len)
{
	int32_t company = active_by_symbol(knowledge, symbol, len);

	return company >= 0 ? fs_own_id(knowledge->own, company) : -1;
}

FsCompanyInfo
fs_known_company(const FsKnowledge *knowledge, FsCompanyId id)
{
	FsCompanyInfo info;
	int32_t		  company;

	if (id >= FS_COMPANY_OWN)
		return (FsCompanyInfo){ .ticker = knowledge->own->companies[id - FS_COMPANY_OWN].ticker,
								.name = knowledge->own->companies[id - FS_COMPANY_OWN].name,
								.exchange = "",
								.country = "",
								.isin = "",
								.issuer = id };
	info = fs_company_info(id);
	company = active_by_symbol(knowledge, info.ticker, strlen(info.ticker));
	if (company >= 0)
		info.name = knowledge->own->companies[company].name;
	return info;
}
