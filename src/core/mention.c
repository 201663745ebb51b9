/*
 * mention.c - level 4: where a sentence names companies.
 *
 * One walk over the tokens.  A token is tried as a symbol (cashtag, Reuters
 * code, exchange notation, a symbol in brackets), as the start of a name, and
 * last as a bare symbol; what matches is taken whole, and the walk goes on
 * behind it.  In ordinary prose a token costs a look at its flags; only words
 * with a capital ask the bit set of first words.
 *
 * What makes a reading doubtful is judged where it is read: names that are
 * words in mention_name.c, symbols that are words in mention_symbol.c.  Both
 * lean on what the document has said so far: once "Target Corp" or "(NYSE:
 * TGT)" has been read, "Target" alone is the company, and TGT its symbol.
 *
 * Worked example: "Ford recalls trucks (NYSE: F). The company said ..."  Ford is
 * also a family name; at the sentence's start it needs evidence, which
 * "recalls" gives.  (NYSE: F) is the same issuer.  "The company" is the last
 * subject, Ford.
 *
 * A doubtful name and the company's bare symbol confirm each other, whichever
 * comes second: the first stays passed over ("CCL gained after Carnival ...").
 *
 * Limits: a word name in a headline where every word is capitalised is passed
 * over unless a word that belongs to companies alone follows; a company named
 * in full only later is not found in earlier sentences.
 */
#include "mention_private.h"

FsMentionState *
fs_mentions_start(FsArena *arena, const FsKnowledge *knowledge)
{
	FsMentionState *state = fs_alloc0(arena, sizeof(FsMentionState));

	state->arena = arena;
	state->knowledge = knowledge && knowledge->own && knowledge->own->ncompanies > 0 ? knowledge : NULL;
	state->subject = -1;
	state->the = fs_hash("the", 3);
	return state;
}

/* Key of a company or, for -1, of a symbol. */
static uint32_t
seen_key(FsCompanyId company, const char *symbol)
{
	uint32_t key =
		company >= 0 ? fs_hash_pair(1, (uint32_t) fs_company_issuer(company)) : fs_hash(symbol, strlen(symbol));

	return key == 0 ? 1 : key;
}

/* The entry of a key, or the free one where it goes; NULL if there is no table yet. */
static Seen *
seen_at(const FsMentionState *state, uint32_t key)
{
	uint32_t mask = state->seen_room - 1;

	if (state->seen_room == 0)
		return NULL;
	for (uint32_t i = fs_company_slot(key) & mask;; i = (i + 1) & mask)
		if (state->seen[i].key == key || state->seen[i].key == 0)
			return &state->seen[i];
}

/* Make room for one more. */
static void
seen_grow(FsMentionState *state)
{
	Seen	*old = state->seen;
	uint32_t room = state->seen_room;

	if (state->seen_count * 2 < room)
		return;
	state->seen_room = room ? room * 2 : 16;
	state->seen = fs_alloc0(state->arena, state->seen_room * sizeof(Seen));
	for (uint32_t i = 0; i < room; i++)
		if (old[i].key)
			*seen_at(state, old[i].key) = old[i];
}

bool
fs_mention_seen(const FsMentionState *state, FsCompanyId company)
{
	uint32_t	key = seen_key(company, "");
	const Seen *at = seen_at(state, key);

	return company >= 0 && at && at->key == key;
}

/* Key of a doubt. */
static uint32_t
doubt_key(FsCompanyId company, bool by_symbol)
{
	uint32_t key = fs_hash_pair(by_symbol ? 3 : 2, (uint32_t) fs_company_issuer(company));

	return key == 0 ? 1 : key;
}

void
fs_mention_doubt(FsMentionState *state, FsCompanyId company, bool by_symbol, uint32_t hash)
{
	uint32_t key = doubt_key(company, by_symbol);
	Seen	*at;

	seen_grow(state);
	at = seen_at(state, key);
	if (at->key == 0)
	{
		at->key = key;
		at->reported = company;
		at->doubt = hash;
		state->seen_count++;
		state->doubts++;
	}
	else if (at->doubt != hash)
		at->doubt = 0;
}

bool
fs_mention_doubted(const FsMentionState *state, FsCompanyId company, bool by_symbol, uint32_t hash)
{
	uint32_t	key = doubt_key(company, by_symbol);
	const Seen *at = seen_at(state, key);

	return at && at->key == key && (at->doubt == 0 || at->doubt != hash);
}

bool
fs_mention_quoted(const FsMentionState *state, FsCompanyId company)
{
	uint32_t	key = seen_key(company, "");
	const Seen *at = seen_at(state, key);

	return company >= 0 && at && at->key == key && at->source;
}

/* The first token that can be the sentence's verb; a large number if there is none. */
static int
first_verb(Finder *f)
{
	const FsSentence *s = f->sentence;

	if (f->first_verb >= 0)
		return f->first_verb;
	for (f->first_verb = 1; f->first_verb < s->ntokens; f->first_verb++)
	{
		const FsToken *t = &s->tokens[f->first_verb];

		if (fs_token_classes(t) & (FS_C(VERB) | FS_C(SAY) | FS_C(ACT) | FS_C(FUTURE)))
			return f->first_verb;
	}
	f->first_verb = f->sentence->ntokens < 8 ? f->sentence->ntokens : 8;
	return f->first_verb;
}

/* Remember the first word of a name of several, which may stand for it later. */
static void
remember_short(Finder *f, int token, int ntokens, FsCompanyId company)
{
	FsMentionState *state = f->state;
	const FsToken  *t = token_at(f, token);
	Short		   *old = state->shorts;
	uint32_t		room = state->shorts_room;
	uint32_t		i;

	if (ntokens < 2 || t->kind != FS_WORD || t->foldlen < 4 || (t->flags & FS_T_UPPER) ||
		!(t->flags & FS_T_CAPITAL) || (fs_context(t) & ~(unsigned) FS_X_ACRONYM) ||
		(fs_token_classes(t) & FS_C(FUNCTION)))
		return;
	if (state->shorts_count * 2 >= room)
	{
		state->shorts_room = room ? room * 2 : 16;
		state->shorts = fs_alloc0(state->arena, state->shorts_room * sizeof(Short));
		for (i = 0; i < room; i++)
			if (old[i].hash)
			{
				uint32_t k = fs_company_slot(old[i].hash) & (state->shorts_room - 1);

				while (state->shorts[k].hash)
					k = (k + 1) & (state->shorts_room - 1);
				state->shorts[k] = old[i];
			}
	}
	for (i = fs_company_slot(t->hash) & (state->shorts_room - 1); state->shorts[i].hash;
		 i = (i + 1) & (state->shorts_room - 1))
		if (state->shorts[i].hash == t->hash)
		{
			if (fs_company_issuer(state->shorts[i].company) != fs_company_issuer(company))
				state->shorts[i].company = -1;
			return;
		}
	state->shorts[i] = (Short){ t->hash, company };
	state->shorts_count++;
}

/* The user's company of a symbol, else the company as found. */
static FsCompanyId
own_company(const Finder *f, const FsToken *token, FsCompanyId company, const char *symbol, FsMentionKind kind)
{
	FsCompanyId own = -1;

	if (kind == FS_M_CASHTAG)
		own = fs_own_by_symbol(f->state->knowledge, f->sentence->text.data + token->start + 1, token->len - 1u);
	else if (kind == FS_M_SYMBOL)
		own = fs_own_by_symbol(f->state->knowledge, f->sentence->text.data + token->start, token->len);
	if (own < 0 && company < 0)
		own = fs_own_by_symbol(f->state->knowledge, symbol, strlen(symbol));
	return own >= 0 ? own : company;
}

void
fs_mention_add(Finder *f, int token, int ntokens, FsCompanyId company, const char *symbol, FsMentionKind kind,
			   int confidence, bool as_source)
{
	FsMentionState *state = f->state;
	const FsToken  *first = &f->sentence->tokens[token];
	const FsToken  *last = &f->sentence->tokens[token + ntokens - 1];
	FsMention	   *m;
	Seen		   *at;
	uint32_t		key;

	if (f->n == FS_MENTIONS_MAX)
		return;
	if (state->knowledge)
		company = own_company(f, first, company, symbol, kind);
	key = seen_key(company, symbol);
	seen_grow(state);
	at = seen_at(state, key);
	if (at->key == 0)
	{
		*at = (Seen){ .key = key, .reported = company, .source = as_source, .by_symbol = kind <= FS_M_RIC };
		state->seen_count++;
	}
	else
		at->source &= as_source;
	if (kind <= FS_M_RIC && !at->by_symbol)
	{
		at->reported = company;
		at->by_symbol = true;
	}

	m = &f->out[f->n++];
	memset(m, 0, sizeof(*m));
	m->company = company >= 0 ? at->reported : -1;
	if (company < 0)
		memcpy(m->symbol, symbol, strlen(symbol) + 1);
	m->token = (uint16_t) token;
	m->ntokens = (uint16_t) ntokens;
	m->sentence = f->sentence->index;
	m->span.start = first->start;
	m->span.len = fs_token_end(last) - first->start;
	m->kind = (uint8_t) kind;
	m->confidence = (uint8_t) confidence;
	m->in_title = (f->sentence->flags & FS_S_TITLE) != 0;
	m->as_source = as_source;
	m->subject = token < first_verb(f);
	if (ntokens < 256)
		f->named[token] = (uint8_t) ntokens;
	if (kind == FS_M_FULL || kind == FS_M_SHORT)
		remember_short(f, token, ntokens, company);
	if (m->subject && !as_source && kind != FS_M_BACK)
	{
		state->subject = m->company;
		memcpy(state->subject_symbol, m->symbol, sizeof(m->symbol));
	}
}

void
fs_mention_profile(Finder *f)
{
	unsigned capital = 0;
	unsigned lower = 0;
	unsigned upper = 0;
	unsigned words = 0;

	if (f->title_case >= 0)
		return;
	for (int i = 0; i < f->sentence->ntokens; i++)
	{
		const FsToken *t = &f->sentence->tokens[i];
		unsigned	   word = (t->kind == FS_WORD) & (t->foldlen >= 2) & !(t->flags & FS_T_JOINED);
		unsigned	   counted = word & (t->foldlen >= 4) & (i > 0);
		unsigned	   large = (t->flags & FS_T_CAPITAL) != 0;

		words += word;
		upper += word & ((t->flags & FS_T_UPPER) != 0);
		capital += counted & large;
		lower += counted & !large;
	}
	f->all_upper = words >= 4 && upper * 10 >= words * 7;
	f->title_case = f->all_upper || (capital >= 3 && capital >= 2 * lower);
}

/* An inner capital ("eBay", "iPhone") makes a name of a word that starts small. */
static inline bool
inner_capital(const Finder *f, const FsToken *t)
{
	unsigned char c;

	if (t->len < 3)
		return false;
	c = (unsigned char) f->sentence->text.data[t->start + 1];
	return c >= 'A' && c <= 'Z';
}

/* Whatever begins at token i; the token to go on from. */
static int
find_at(Finder *f, int i)
{
	const FsToken *t = &f->sentence->tokens[i];
	int			   next = 0;

	switch (t->kind)
	{
		case FS_CASHTAG:
			next = fs_mention_cashtag(f, i);
			break;
		case FS_RIC:
			next = fs_mention_ric(f, i);
			break;
		case FS_PUNCT:
			if (t->ch == '(' || t->ch == '[')
				next = fs_mention_bracket(f, i);
			break;
		case FS_NUMBER:
			next = fs_mention_name(f, i);
			break;
		case FS_WORD:
			if (t->flags & FS_T_CAPITAL)
			{
				f->state->capitals = true;
				if (is_mark(f, i + 1, ':'))
					next = fs_mention_exchange(f, i);
				if (!next)
					next = fs_mention_name(f, i);
				if (!next && (t->flags & FS_T_UPPER))
					next = fs_mention_bare(f, i);
				if (!next && t->hash == f->state->the)
					next = fs_mention_back(f, i);
			}
			else if (t->hash == f->state->the)
				next = fs_mention_back(f, i);
			else if (t->flags & FS_T_UPPER) /* "7203.T", "3M" */
			{
				next = fs_mention_name(f, i);
				if (!next)
					next = fs_mention_bare(f, i);
			}
			else if (inner_capital(f, t) || (t->flags & FS_T_WIDE) ||
					 (t->kind == FS_WORD && f->sentence->text.data[t->start] <= '9'))
				next = fs_mention_name(f, i);
			break;
		default:
			break;
	}
	return next > i ? next : i + 1;
}

/* A few words, NULL behind them, and the letters that they begin with as bits. */
typedef struct FewWords
{
	uint32_t	letters;
	const char *words[10];
} FewWords;

#define LETTER(c) (UINT32_C(1) << ((c) - 'a'))

/* Whether the token is one of the words. */
static bool
is_one_of(const Finder *f, int i, const FewWords *few)
{
	const FsToken *t = token_at(f, i);
	unsigned	   letter;

	if (t->kind != FS_WORD)
		return false;
	letter = (unsigned) (f->sentence->text.data[t->start] | 0x20) - 'a';
	if (letter < 26 && !(few->letters >> letter & 1))
		return false;
	for (const char *const *word = few->words; *word; word++)
		if (fs_token_is(f->sentence->text, t, *word))
			return true;
	return false;
}

/* Whether the sentence is a page's buttons: "Share this on Facebook", "Follow us on ...", "Twitter | Facebook | Email". */
static bool
is_buttons(const Finder *f)
{
	static const FewWords ask = { LETTER('s') | LETTER('f') | LETTER('l') | LETTER('j') | LETTER('c') | LETTER('t'),
								  { "share", "follow", "like", "find", "join", "connect", "tweet", "subscribe" } };
	static const FewWords second = { LETTER('u') | LETTER('t') | LETTER('o') | LETTER('v'),
									 { "us", "this", "on", "via" } };
	static const FewWords third = { LETTER('u') | LETTER('o'), { "us", "our" } };
	static const FewWords buttons = {
		LETTER('e') | LETTER('p') | LETTER('s') | LETTER('t') | LETTER('c') | LETTER('l'),
		{ "email", "print", "share", "tweet", "copy", "link", "save", "comment", "comments" }
	};
	int	 mentioned = 0;
	int	 others = 0; /* neither buttons nor marks; few in a row of buttons */
	bool button = false;

	if (f->sentence->ntokens > 24)
		return false;
	if (is_one_of(f, 0, &ask))
		return is_one_of(f, 1, &second) || is_one_of(f, 2, &third);
	for (int m = 0; m < f->n; m++)
		mentioned += f->out[m].ntokens;
	for (int i = 0; i < f->sentence->ntokens; i++)
	{
		if (is_one_of(f, i, &buttons))
			button = true;
		else if (token_at(f, i)->kind != FS_PUNCT && ++others > mentioned)
			return false;
	}
	return button;
}

/*
 * Whether the sentence only lists companies for form's sake: a disclosure of
 * holdings ("The Motley Fool has positions in and recommends ..."), links to
 * reports ("Acme Inc. (ACME) : Free Stock Analysis Report"), buttons.
 */
static bool
is_boilerplate(const Finder *f)
{
	int		 disclose = 0;
	uint32_t signs = 0;

	if (is_buttons(f))
		return true;
	for (int i = 0; i < f->sentence->ntokens; i++)
		signs += fs_company_boilerplate(f->sentence->tokens[i].hash);
	if (signs == 0)
		return false;
	for (int i = 0; i < f->sentence->ntokens; i++)
	{
		unsigned x = context_at(f, i);

		if ((x & FS_X_DISCLOSE) && ++disclose >= 2)
			return true;
		if ((x & FS_X_ACRONYM) && fs_token_is(f->sentence->text, token_at(f, i), "free") &&
			(fs_token_is(f->sentence->text, token_at(f, i + 1), "report") ||
			 (fs_token_is(f->sentence->text, token_at(f, i + 1), "stock") &&
			  fs_token_is(f->sentence->text, token_at(f, i + 2), "analysis"))))
			return true;
	}
	return false;
}

/* What is asked of a token of a kind, before find_at; 0: nothing is found there. */
enum Asks
{
	ASK_LETTERS = 1, /* a capital, or another sign of a name */
	ASK_MARK = 2,	 /* an opening bracket */
	ASK_NOTHING = 4, /* nothing */
};

static const uint8_t asks[] = {
	[FS_WORD] = ASK_LETTERS,	[FS_NUMBER] = 0,  [FS_PUNCT] = ASK_MARK, [FS_SYMBOL] = 0,
	[FS_CASHTAG] = ASK_NOTHING, [FS_HASHTAG] = 0, [FS_HANDLE] = 0,		 [FS_URL] = 0,
	[FS_RIC] = ASK_NOTHING,
};

static const uint8_t brackets[256] = { ['('] = ASK_MARK, ['['] = ASK_MARK };

/*
 * Whether find_at may find something at the token.  Most are words in small
 * letters and marks, where it does not.  Without branches but for numbers:
 * whether a word has a capital nobody can predict.
 */
static inline bool
may_begin(const Finder *f, const FsToken *t)
{
	const char *p = f->sentence->text.data + t->start;
	unsigned	first = (unsigned char) p[0];
	unsigned	inner = (unsigned char) p[t->len >= 3]; /* as inner_capital, but for a first one */
	unsigned	letters;

	if (t->kind == FS_NUMBER)
		return fs_company_may_begin(t->hash) != 0;
	letters = ((t->flags & (FS_T_CAPITAL | FS_T_UPPER | FS_T_WIDE)) != 0) | (t->hash == f->state->the) |
			  (first <= '9') | (inner - 'A' < 26);
	return (asks[t->kind] & (letters | brackets[t->ch] | ASK_NOTHING)) != 0;
}

/* The walk over a sentence, and over one that may name the user's companies. */
static void
walk(Finder *f)
{
	const FsSentence *sentence = f->sentence;
	uint64_t		  begins[FS_SENTENCE_TOKENS / 64 + 1];
	int				  n = sentence->ntokens;
	uint64_t		  left;

	for (int k = 0; k <= n / 64; k++)
	{
		int			   many = n - k * 64 < 64 ? n - k * 64 : 64;
		const FsToken *t = &sentence->tokens[k * 64];
		uint64_t	   bits = 0;

		for (int i = 0; i < many; i++)
			bits |= (uint64_t) may_begin(f, &t[i]) << i;
		begins[k] = bits;
	}
	/* cppcheck-suppress uninitvar ; NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign) the loop runs at least once */
	left = begins[0];
	for (int k = 0, next = 0; k <= n / 64 && f->n < FS_MENTIONS_MAX;)
	{
		if (left == 0)
		{
			k++;
			left = k <= n / 64 ? begins[k] : 0;
		}
		else
		{
			int i = k * 64 + __builtin_ctzll(left);

			left &= left - 1;
			if (i >= next)
				next = find_at(f, i);
		}
	}
}

static void
walk_own(Finder *f)
{
	for (int i = 0; i < f->sentence->ntokens && f->n < FS_MENTIONS_MAX;)
	{
		int own = fs_mention_own(f, i, true);

		i = own > 0 ? own : find_at(f, i);
	}
}

int
fs_mentions_find(FsMentionState *state, const FsSentence *sentence, FsMention out[FS_MENTIONS_MAX], uint8_t *named)
{
	Finder f = {
		.state = state, .sentence = sentence, .out = out, .named = named, .first_verb = -1, .title_case = -1
	};

	memset(named, 0, (size_t) sentence->ntokens);
	if (state->knowledge)
		walk_own(&f);
	else
		walk(&f);
	/* a text without any capital letter: names of several words, or distinct ones */
	if (!state->capitals && f.n == 0 && sentence->ntokens >= 3)
		for (int i = 0; i < sentence->ntokens && f.n < FS_MENTIONS_MAX;)
		{
			int next = state->knowledge ? fs_mention_own(&f, i, false) : 0;

			if (next == 0 && sentence->tokens[i].kind == FS_WORD)
				next = fs_mention_name(&f, i);
			i = next > i ? next : i + 1;
		}
	if (f.n > 0 && is_boilerplate(&f))
		for (int i = 0; i < f.n; i++)
		{
			out[i].confidence = 40;
			out[i].as_source = true;
			out[i].subject = false;
		}
	return f.n;
}
