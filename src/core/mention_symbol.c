/*
 * mention_symbol.c - level 4: companies by symbol.
 *
 * Symbols are read from the bytes of the text, since the scanner may cut them
 * ("( 8035.T )").  How much a symbol says depends on its dress:
 *
 *   $AMZN                    97   a cashtag; unknown ones are reported as written
 *   (NYSE: CCL), LON:VOD     97   exchange notation; several in one bracket
 *   <JNJ.N>, AAPL.O          95   a Reuters code; its exchange must exist
 *   Apple Inc (AAPL)         93   a symbol in brackets behind a name
 *   AMZN shares              75   a bare symbol with a company's word beside it
 *   CCL ... Carnival         85   a bare symbol whose company's doubtful name was read before
 *   AMZN                     60   bare, of a large company, four letters, no word
 *
 * Bare capitals that are words or common abbreviations (ALL, IT, CEO: classes
 * "acronym" and wordsymbols.tsv) count only where the text has already named
 * that company, and single letters never.
 */
#include "mention_private.h"

/* Read a symbol: letters and digits, perhaps a share class or suffix.  Returns its length, 0 if none. */
static uint32_t
read_symbol(const Finder *f, uint32_t at, uint32_t end)
{
	const char *text = f->sentence->text.data;
	uint32_t	p = at;
	bool		dot = false;

	while (p < end && p - at < 16)
	{
		char c = text[p];

		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c == '&' && p > at))
			p++;
		else if ((c == '.' || c == '-' || c == '/') && p > at && !dot && p + 1 < end &&
				 ((text[p + 1] >= 'A' && text[p + 1] <= 'Z') || (text[p + 1] >= '0' && text[p + 1] <= '9')))
		{
			dot = true;
			p++;
		}
		else
			break;
	}
	if (p == at || p - at > 14)
		return 0;
	if (p < end && ((text[p] >= 'a' && text[p] <= 'z') || (unsigned char) text[p] >= 0xC3))
		return 0; /* part of a word */
	return p - at;
}

/* Next byte that is no blank (or no-break space). */
static uint32_t
skip_blanks(const Finder *f, uint32_t p, uint32_t end)
{
	const char *text = f->sentence->text.data;

	while (p < end)
	{
		if (text[p] == ' ' || text[p] == '\t' || text[p] == '\n' || text[p] == '\r')
			p++;
		else if (p + 1 < end && (unsigned char) text[p] == 0xC2 && (unsigned char) text[p + 1] == 0xA0)
			p += 2;
		else
			break;
	}
	return p;
}

/* The first token that starts at or behind a byte. */
static int
token_behind(const Finder *f, int from, uint32_t byte)
{
	while (from < f->sentence->ntokens && f->sentence->tokens[from].start < byte)
		from++;
	return from;
}

/* Upper-case copy of a symbol, "-" and "/" as "."; false if too long. */
static bool
plain_symbol(const char *p, size_t len, char out[16])
{
	if (len == 0 || len > 15)
		return false;
	for (size_t i = 0; i < len; i++)
	{
		char c = p[i];

		out[i] = (char) (c >= 'a' && c <= 'z' ? c - 32 : c == '-' || c == '/' ? '.' : c);
	}
	out[len] = '\0';
	return true;
}

int
fs_mention_cashtag(Finder *f, int i)
{
	const FsToken *t = token_at(f, i);
	const char	  *p = f->sentence->text.data + t->start + 1;
	char		   symbol[16];
	FsCompanyId	   id = -1;
	FsToken		   word = *t;
	char		   folded[16];

	if (t->len < 2 || !plain_symbol(p, t->len - 1u, symbol))
		return 0;
	for (int k = 0; k < t->len - 1; k++)
		folded[k] = (char) (symbol[k] >= 'A' && symbol[k] <= 'Z' ? symbol[k] + 32 : symbol[k]);
	word.hash = fs_hash(folded, t->len - 1u);
	word.term = fs_lexicon_word(folded, t->len - 1u, word.hash);
	id = fs_company_by_symbol(symbol, t->len - 1u);
	if ((fs_context(&word) & FS_X_CRYPTO) ||
		((fs_token_classes(&word) & FS_C(CURRENCY)) && (id < 0 || token_at(f, i + 1)->kind == FS_NUMBER)))
		return i + 1; /* no company's: $BTC, $USD 5 */
	if (id < 0 && strchr(symbol, '.'))
		fs_company_by_ric(p, t->len - 1u, &id, symbol);
	fs_mention_add(f, i, 1, id, symbol, FS_M_CASHTAG, 97, false);
	return i + 1;
}

int
fs_mention_ric(Finder *f, int i)
{
	const FsToken *t = token_at(f, i);
	const char	  *p = f->sentence->text.data + t->start + 1;
	char		   symbol[16];
	FsCompanyId	   id;

	if (t->len < 5 || t->len > 18 || p[0] == '.' || !fs_company_by_ric(p, t->len - 2u, &id, symbol))
		return i + 1; /* an index, a currency or a future */
	if (id < 0)
	{
		/* the code of a company just named under another root: "Volkswagen <VOWG_p.DE>" */
		const FsMention *last = f->n > 0 ? &f->out[f->n - 1] : NULL;

		if (last && last->token + last->ntokens >= i - 1 && last->company >= 0)
			id = last->company;
		else
			for (const char *c = p; c < p + t->len - 2; c++)
				if (*c >= 'a' && *c <= 'z')
					return i + 1;
	}
	fs_mention_add(f, i, 1, id, symbol, FS_M_RIC, 95, false);
	return i + 1;
}

/* Read "EXCHANGE : SYMBOL" at a byte; *end is behind it.  false if it is none. */
static bool
read_notation(const Finder *f, uint32_t at, uint32_t limit, FsCompanyId *id, char symbol[16], uint32_t *end)
{
	const char *text = f->sentence->text.data;
	char		code[13];
	uint32_t	n = 0;
	uint32_t	p = at;
	uint32_t	len;
	bool		known;

	/* "NYSE", "Nasdaq GS", "NYSE American", "OTCMKTS" */
	while (p < limit && text[p] != ':' && text[p] != ')' && text[p] != '(' && p - at < 24)
	{
		char c = text[p++];

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		{
			if (n == 12)
				return false;
			code[n++] = c;
		}
		else if (c != ' ' && c != '-')
			return false;
	}
	if (p >= limit || text[p] != ':' || n == 0)
		return false;
	p = skip_blanks(f, p + 1, limit);
	if (p < limit && text[p] == '$')
		p++;
	len = read_symbol(f, p, limit);
	if (len == 0)
		return false;
	*id = fs_company_by_listing(code, n, text + p, len, &known, symbol);
	if (known && *id < 0 && memchr(text + p, '.', len))
		fs_company_by_ric(text + p, len, id, symbol); /* "(NYSE: F.N)" */
	*end = p + len;
	return known;
}

/* Byte of the closing bracket of the one at token i, 0 if it is far away. */
static uint32_t
bracket_end(const Finder *f, int i)
{
	const char *text = f->sentence->text.data;
	uint32_t	start = token_at(f, i)->start;
	uint32_t	stop = f->sentence->text.len - start > 160 ? start + 160 : f->sentence->text.len;

	for (uint32_t p = start + 1; p < stop; p++)
		if (text[p] == ')' || text[p] == ']')
			return p;
		else if (text[p] == '(' || text[p] == '\n')
			return 0;
	return 0;
}

/* The initials of the words before the bracket spell the symbol: "free trade agreement (FTA)". */
static bool
is_initials(const Finder *f, int bracket, const char *symbol)
{
	int n = (int) strlen(symbol);
	int k = n;
	int i = bracket - 1;

	while (k > 0 && i >= 0 && bracket - i < 12)
	{
		const FsToken *t = token_at(f, i--);
		char		   c;

		if (t->kind != FS_WORD)
			continue;
		c = f->sentence->text.data[t->start];
		if (c >= 'a' && c <= 'z')
			c = (char) (c - 32);
		if (c == symbol[k - 1])
			k--;
		else if (t->foldlen > 3)
			return false;
	}
	return k == 0;
}

/* The mention that ends right before token i, legal form and possessive between allowed. */
static const FsMention *
mention_before(const Finder *f, int i)
{
	const FsMention *m = f->n > 0 ? &f->out[f->n - 1] : NULL;
	int				 k;

	if (!m)
		return NULL;
	for (k = m->token + m->ntokens; k < i && i - k < 6; k++)
	{
		const FsToken *t = token_at(f, k);

		if (!(context_at(f, k) & (FS_X_LEGAL | FS_X_SOFT)) && !(t->kind == FS_PUNCT && t->ch != '(') &&
			!(t->kind == FS_WORD && t->foldlen <= 2))
			return NULL;
	}
	return k == i ? m : NULL;
}

/* A bare symbol in a bracket: whom it names.  false if it is no symbol. */
static bool
judge_bracketed(Finder *f, int bracket, uint32_t at, uint32_t len, FsCompanyId *id, char symbol[16], int *confidence)
{
	const char		*p = f->sentence->text.data + at;
	const FsMention *named = mention_before(f, bracket);
	int				 word = bracket - 1;
	unsigned		 before;
	FsToken			 own;

	*confidence = 93;
	*id = -1;
	if (memchr(p, '.', len) && fs_company_by_ric(p, len, id, symbol))
	{
		if (*id < 0 && named)
			*id = named->company;
		return *id >= 0 || len > 3;
	}
	if (!plain_symbol(p, len, symbol) || (p[0] >= '0' && p[0] <= '9' && len != 4))
		return false;
	*id = fs_company_by_symbol(symbol, len);
	if (named && named->company >= 0)
	{
		if (*id >= 0 && fs_company_issuer(*id) == fs_company_issuer(named->company))
			return true;
		if (*id < 0 && len <= 5)
		{
			/* the symbol of another time or place: "Volkswagen (VOWG)" */
			*id = named->company;
			return len >= 2;
		}
	}
	while (word > 0 && (token_at(f, word)->kind == FS_PUNCT || token_at(f, word)->foldlen <= 2))
		word--;
	before = context_at(f, word);
	own = *token_at(f, token_behind(f, bracket, at));
	if (len < 2 || len > 5 || (p[0] >= '0' && p[0] <= '9') || !is_capital(f, word) || !(own.flags & FS_T_UPPER))
		return false;
	if ((fs_context(&own) & FS_X_ACRONYM) != 0)
		return false;
	if (before & FS_X_LEGAL || fs_token_is(f->sentence->text, token_at(f, word), "etf") ||
		fs_token_is(f->sentence->text, token_at(f, word), "fund") ||
		fs_token_is(f->sentence->text, token_at(f, word), "trust"))
		return true; /* "Acme Widgets Inc. (ACMW)" */
	fs_mention_profile(f);
	if (*id < 0 || f->title_case || len < 3 || is_initials(f, bracket, symbol))
		return false;
	*confidence = fs_company_large(*id) ? 75 : 60;
	return true;
}

int
fs_mention_bracket(Finder *f, int i)
{
	const char *text = f->sentence->text.data;
	uint32_t	close = bracket_end(f, i);
	uint32_t	p;
	int			found = 0;
	bool		notation = false;
	int			token = i + 1;

	if (close == 0)
		return 0;
	p = skip_blanks(f, token_at(f, i)->start + 1, close);
	while (p < close)
	{
		FsCompanyId id;
		char		symbol[16];
		uint32_t	end;
		int			confidence = 97;
		int			last;

		if (read_notation(f, p, close, &id, symbol, &end))
		{
			const FsMention *named = mention_before(f, i);

			/* a symbol of another time: "Tieto Oyj (HEL: TIE1V)" */
			if (id < 0 && named && !notation && (named->token == 0 || !is_capital(f, named->token - 1)))
				id = named->company;
			notation = true;
		}
		else
		{
			uint32_t at = text[p] == '$' ? p + 1 : p;
			uint32_t len = read_symbol(f, at, close);

			if (len == 0)
				break;
			end = at + len;
			if (notation && len <= 6) /* "(NASDAQ: GOOGL, GOOG)" */
			{
				plain_symbol(text + at, len, symbol);
				id = fs_company_by_symbol(symbol, len);
			}
			else
			{
				uint32_t then = skip_blanks(f, end, close);

				if (then < close && text[then] != ',' && text[then] != ';' && text[then] != '/' && text[then] != '|')
					break;
				if (!judge_bracketed(f, i, at, len, &id, symbol, &confidence))
					break;
			}
		}
		token = token_behind(f, token, p);
		last = token_behind(f, token, end);
		if (last > token)
			fs_mention_add(f, token, last - token, id, symbol, FS_M_EXCHANGE, confidence, false);
		token = last;
		found++;
		p = skip_blanks(f, end, close);
		if (p < close && (text[p] == ',' || text[p] == ';' || text[p] == '/' || text[p] == '|'))
			p = skip_blanks(f, p + 1, close);
		else if (p + 4 < close && memcmp(text + p, "and ", 4) == 0)
			p = skip_blanks(f, p + 4, close);
		else
			break;
	}
	return found ? token : 0;
}

FsCompanyId
fs_mention_peek(const Finder *f, int i)
{
	const char *text = f->sentence->text.data;
	uint32_t	close;
	uint32_t	p;
	uint32_t	len;
	uint32_t	end;
	FsCompanyId id = -1;
	char		symbol[16];

	if ((!is_mark(f, i, '(') && !is_mark(f, i, '[')) || (close = bracket_end(f, i)) == 0)
		return -1;
	p = skip_blanks(f, token_at(f, i)->start + 1, close);
	if (read_notation(f, p, close, &id, symbol, &end))
		return id;
	if (p < close && text[p] == '$')
		p++;
	len = read_symbol(f, p, close);
	if (len == 0)
		return -1;
	if (memchr(text + p, '.', len) && fs_company_by_ric(text + p, len, &id, symbol) && id >= 0)
		return id;
	return fs_company_by_symbol(text + p, len);
}

int
fs_mention_exchange(Finder *f, int i)
{
	uint32_t	at = token_at(f, i)->start;
	uint32_t	limit = fs_span_end(f->sentence->span);
	FsCompanyId id;
	char		symbol[16];
	uint32_t	end;
	int			last;

	if (token_at(f, i)->foldlen > 12 || !read_notation(f, at, limit - at > 60 ? at + 60 : limit, &id, symbol, &end))
		return 0;
	last = token_behind(f, i, end);
	if (id < 0 && last - i > 3)
		return 0;
	fs_mention_add(f, i, last - i, id, symbol, FS_M_EXCHANGE, 96, false);
	return last;
}

/* A Reuters code or a share class in running text: "AAPL.O rose", "BRK-B rose". */
static int
running_ric(Finder *f, int i)
{
	const FsToken	*t = token_at(f, i);
	uint32_t		 len = read_symbol(f, t->start, f->sentence->text.len);
	const FsMention *named = mention_before(f, i);
	const char		*p = f->sentence->text.data + t->start;
	FsCompanyId		 id;
	char			 symbol[16];
	int				 last;

	if (len < 3 || (!memchr(p, '.', len) && !memchr(p, '-', len)))
		return 0;
	if (!fs_company_by_ric(p, len, &id, symbol))
	{
		id = fs_company_by_symbol(p, len); /* BRK.B */
		if (id < 0 || len < 4)
			return 0;
	}
	if (id < 0 && named)
		id = named->company;
	if (id < 0 || (p[1] == '.' && (!named || fs_company_issuer(named->company) != fs_company_issuer(id))))
		return 0; /* "U.K" is no Reuters code, "Ford F.N" is */
	last = token_behind(f, i, t->start + len);
	fs_mention_add(f, i, last - i, id, symbol, FS_M_RIC, 95, false);
	return last;
}

int
fs_mention_bare(Finder *f, int i)
{
	const FsToken *t = token_at(f, i);
	const char	  *p = f->sentence->text.data + t->start;
	FsCompanyId	   id;
	char		   symbol[16];
	unsigned	   next;
	int			   confidence = 0;
	int			   k = i + 1;

	if (t->foldlen >= 3 && memchr(p, '.', t->len))
		return running_ric(f, i);
	if (token_at(f, k)->foldlen == 1 && (token_at(f, k)->flags & FS_T_JOINED) && (token_at(f, k)->flags & FS_T_UPPER))
		return running_ric(f, i);
	if (t->foldlen < 2 || t->foldlen > 5 || t->foldlen != t->len || (t->flags & FS_T_JOINED))
		return 0;
	id = fs_company_by_symbol(p, t->len);
	if (id < 0 || !plain_symbol(p, t->len, symbol))
		return 0;
	fs_mention_profile(f);
	if (f->all_upper || token_at(f, k)->kind == FS_NUMBER)
		return 0; /* a shout; "ALKS 3831", a drug */
	if (fs_mention_seen(f->state, id) && !(fs_context(t) & FS_X_ACRONYM))
		confidence = 90;
	else if (fs_context(t) & FS_X_ACRONYM)
		return 0;
	else
	{
		if (fs_token_is(f->sentence->text, token_at(f, k), "'s"))
			k++;
		next = context_at(f, k);
		if (next & FS_X_STRONG)
			confidence = 75;
		else if (i >= 2 && (context_at(f, i - 2) & FS_X_OF) &&
				 (fs_token_is(f->sentence->text, token_at(f, i - 1), "of") ||
				  fs_token_is(f->sentence->text, token_at(f, i - 1), "in")))
			confidence = 75;
		else if (t->foldlen >= 4 && fs_company_large(id))
			confidence = 60;
		if (confidence < 75 && (t->foldlen >= 3 || fs_company_large(id)))
		{
			fs_mention_doubt(f->state, id, true, t->hash);
			if (fs_mention_doubted(f->state, id, false, t->hash) && fs_token_classes(t) == 0)
				confidence = 85;
		}
		if (t->foldlen == 2 && confidence > 0 && !fs_company_large(id))
			return 0;
		if (confidence < 85 &&
			(fs_token_classes(t) != 0 || (i > 1 && is_capital(f, i - 1) && !(context_at(f, i - 1) & FS_X_BEFORE))))
			return 0; /* the end of a longer name */
	}
	if (confidence == 0)
		return 0;
	fs_mention_add(f, i, 1, id, symbol, FS_M_SYMBOL, confidence, false);
	return i + 1;
}
