/*
 * company.c - level 3: companies by symbol and by name.
 *
 * Names are a trie without nodes: a state is the hash of the words so far, and
 * one open-addressing table tells for a state which name ends there and whether
 * any goes on.  "Bank of America" is three probes: bank (goes on), bank+of
 * (goes on), bank+of+america (name 4711).  The name's folded bytes then prove
 * the match, so that a collision of hashes costs a comparison, never a wrong
 * company.  Which words start a name, and which pairs, are bit sets of 64 kB,
 * asked first.
 */
#include "company_hash.h"

/* A row of company_table; strings are offsets into company_pool. */
typedef struct Company
{
	uint32_t ticker;
	uint32_t name;
	uint32_t isin;
	uint32_t cik;
	int32_t	 issuer;
	uint8_t	 exchange;
	uint8_t	 large;
	char	 country[3];
} Company;

typedef struct Name
{
	uint32_t text;	  /* folded words, one blank between */
	int32_t	 company; /* -1: no company's */
	uint8_t	 flags;	  /* FsNameFlags */
	uint8_t	 words;
} Name;

typedef struct Former
{
	uint32_t old;
	uint32_t today;	  /* "" if it has no successor */
	int32_t	 changed; /* first day of the new symbol, yyyymmdd; 0: unknown;
					   * negative: a company taken over, the new symbol was not its own */
} Former;

#include "tables/company_pool.inc"
#include "tables/company_names.inc"
#include "tables/company.inc"
#include "tables/company_context.inc"

#define COUNT(a) ((uint32_t) (sizeof(a) / sizeof((a)[0])))

uint32_t
fs_company_count(void)
{
	return COUNT(company_table);
}

FsCompanyInfo
fs_company_info(FsCompanyId id)
{
	const Company *c = company_table;

	if ((uint32_t) id >= COUNT(company_table))
		return (FsCompanyInfo){ "", "", "", "", "", 0, id };
	c += id;
	return (FsCompanyInfo){
		.ticker = company_pool + c->ticker,
		.name = company_pool + c->name,
		.exchange = exchange_names[c->exchange],
		.country = c->country,
		.isin = company_pool + c->isin,
		.cik = c->cik,
		.issuer = c->issuer,
	};
}

FsCompanyId
fs_company_issuer(FsCompanyId id)
{
	return (uint32_t) id < COUNT(company_table) ? company_table[id].issuer : id;
}

bool
fs_company_large(FsCompanyId id)
{
	return (uint32_t) id < COUNT(company_table) && company_table[id].large;
}

uint32_t
fs_company_name_count(void)
{
	return COUNT(name_table);
}

const char *
fs_company_name(uint32_t n, FsCompanyId *company, unsigned *flags)
{
	*company = name_table[n].company;
	*flags = name_table[n].flags;
	return company_pool + name_table[n].text;
}

unsigned
fs_context_of(uint32_t hash)
{
	for (uint32_t i = fs_company_slot(hash) & CONTEXT_MASK; context_table[2 * i]; i = (i + 1) & CONTEXT_MASK)
		if (context_table[2 * i] == hash)
			return context_table[2 * i + 1];
	return 0;
}

/* Symbols are compared with "." for "-" and "/", in upper case. */
static size_t
normal_symbol(const char *symbol, size_t len, char out[32])
{
	if (len == 0 || len >= 32)
		return 0;
	for (size_t i = 0; i < len; i++)
	{
		char c = symbol[i];

		out[i] = (char) (c == '/' ? '.' : c >= 'a' && c <= 'z' ? c - 32 : c);
	}
	out[len] = '\0';
	return len;
}

/* The entry of a symbol, exactly as written: listing, or former symbol | FS_COMPANY_MORE. */
static bool
find_symbol(const char *symbol, size_t len, uint32_t *value)
{
	uint32_t key = fs_company_state(0, fs_hash(symbol, len));

	for (uint32_t i = fs_company_slot(key) & SYMBOL_MASK; symbol_table[2 * i]; i = (i + 1) & SYMBOL_MASK)
		if (symbol_table[2 * i] == key)
		{
			uint32_t v = symbol_table[2 * i + 1];
			uint32_t text = v & FS_COMPANY_MORE ? former_table[v & ~FS_COMPANY_MORE].old : company_table[v].ticker;

			if (strncmp(company_pool + text, symbol, len) == 0 && company_pool[text + len] == '\0')
			{
				*value = v;
				return true;
			}
		}
	return false;
}

/* The same with the spellings of a share class tried: BRK-B, BRK.B; NOVO-B.CO. */
static bool
find_spelling(const char *symbol, size_t len, uint32_t *value)
{
	char  s[32];
	char *mark;

	if ((len = normal_symbol(symbol, len, s)) == 0)
		return false;
	if (find_symbol(s, len, value))
		return true;
	for (mark = s + len - 1; mark > s && *mark != '-'; mark--)
		;
	if (mark == s)
		return false;
	*mark = '.';
	return find_symbol(s, len, value);
}

FsCompanyId
fs_company_by_symbol(const char *symbol, size_t len)
{
	uint32_t v;

	if (!find_spelling(symbol, len, &v))
		return -1;
	if (!(v & FS_COMPANY_MORE))
		return (FsCompanyId) v;
	for (int hops = 0; hops < 4 && (v & FS_COMPANY_MORE); hops++)
	{
		const char *today = company_pool + former_table[v & ~FS_COMPANY_MORE].today;

		if (!*today || !find_symbol(today, strlen(today), &v))
			return -1;
	}
	return (v & FS_COMPANY_MORE) ? -1 : (FsCompanyId) v;
}

/*
 * The next symbol after s, taken on between two dates, or with back the one
 * before it, given up between them; *changed is the day of the change.  NULL if
 * there is none.
 */
static const char *
next_symbol(const char *s, bool back, int32_t after, int32_t until, int32_t *changed)
{
	for (uint32_t i = 0; i < COUNT(former_table); i++)
	{
		const Former *f = &former_table[i];
		const char	 *old = company_pool + f->old;
		const char	 *today = company_pool + f->today;
		int32_t		  day = f->changed < 0 ? -f->changed : f->changed;

		if (day <= after || day > until || !*today || (back && f->changed < 0))
			continue;
		if (strcmp(back ? today : old, s) == 0)
		{
			*changed = day;
			return back ? old : today;
		}
	}
	return NULL;
}

/*
 * Forward through the changes up to the date, each later than the one before;
 * if there is none, back through those that came after the date.
 */
const char *
fs_company_symbol_on(const char *symbol, size_t len, int32_t date)
{
	char		s[32];
	const char *found = NULL;
	const char *next;
	int32_t		day = 0;

	if (normal_symbol(symbol, len, s) == 0 || date < 0)
		return NULL;
	while ((next = next_symbol(found ? found : s, false, day, date, &day)))
		found = next;
	if (found)
		return found;
	day = INT32_MAX;
	while ((next = next_symbol(found ? found : s, true, date, day - 1, &day)))
		found = next;
	return found;
}

/* Hash of the name word at a token without its bytes; as fs_name_token. */
static int
name_hash(const FsSentence *sentence, int token, uint32_t *hash)
{
	const FsToken *t = &sentence->tokens[token];
	char		   word[FS_WORD_BYTES + 8];
	size_t		   n;

	if (t->kind == FS_WORD || t->kind == FS_NUMBER)
	{
		*hash = t->hash;
		return t->foldlen > 0;
	}
	*hash = 0;
	return fs_name_token(sentence, token, hash, word, &n);
}

/* The bytes of a word in ASCII that begin a text when folded; 0 if they do not. */
static inline size_t
ascii_prefix(const char *text, const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
	{
		char c = word[i];

		if (text[i] != (c >= 'A' && c <= 'Z' ? c + 32 : c))
			return 0;
	}
	return n;
}

/* Whether the name's folded bytes are those of the tokens. */
static bool
same_words(const FsSentence *sentence, int token, int end, const char *text)
{
	while (token < end)
	{
		const FsToken *t = &sentence->tokens[token];
		uint32_t	   hash;
		char		   word[FS_WORD_BYTES + 8];
		size_t		   n;

		if (t->kind == FS_WORD && t->foldlen == t->len && !(t->flags & FS_T_WIDE))
		{
			n = ascii_prefix(text, sentence->text.data + t->start, t->len);
			if (n == 0)
				return false;
			token++;
		}
		else
		{
			token += fs_name_token(sentence, token, &hash, word, &n);
			if (n == 0)
				continue;
			if (strncmp(text, word, n) != 0)
				return false;
		}
		if (text[n] != ' ' && text[n] != '\0')
			return false;
		text += n + (text[n] == ' ');
	}
	return *text == '\0';
}

FsCompanyId
fs_company_match(const FsSentence *sentence, int token, int *ntokens, unsigned *flags)
{
	uint32_t	hash;
	uint32_t	state = 0;
	FsCompanyId best = -1;
	int			i = token;

	*ntokens = 0;
	*flags = 0;
	if (!fs_company_may_match(sentence, token))
		return -1;
	while (i < sentence->ntokens)
	{
		int		 took = name_hash(sentence, i, &hash);
		uint32_t slot;
		uint32_t value;

		if (took == 0)
			break;
		i += took;
		if (hash == 0)
			continue; /* a dot */
		state = fs_company_state(state, hash);
		for (slot = fs_company_slot(state) & STATE_MASK; state_table[2 * slot] && state_table[2 * slot] != state;)
			slot = (slot + 1) & STATE_MASK;
		if (!state_table[2 * slot])
			break;
		value = state_table[2 * slot + 1];
		if (value & ~FS_COMPANY_MORE)
		{
			const Name *name = &name_table[(value & ~FS_COMPANY_MORE) - 1];

			if (same_words(sentence, token, i, company_pool + name->text))
			{
				best = name->company;
				*ntokens = i - token;
				*flags = name->flags | (best >= 0 && company_table[best].large ? FS_N_LARGE : 0);
			}
		}
		if (!(value & FS_COMPANY_MORE))
			break;
	}
	return best;
}
