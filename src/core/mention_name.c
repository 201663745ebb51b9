/*
 * mention_name.c - level 4: companies by name, and when a name is only a word.
 *
 * A distinct name ("Carlsberg", "Applied Materials") needs a capital and
 * nothing more.  For a name that is also ordinary words or a family's (class
 * word: Target, Gap, Ford) evidence is collected:
 *
 *   sure    a legal form follows ("Target Corp"); the document has named the
 *           company before; its symbol follows in brackets
 *   good    a company's word beside it ("Gap shares", "retailer Target",
 *           "shares of Visa"); in running text a possessive or any verb after it
 *   fair    a capital inside a sentence written in lower case, with no capital
 *           beside it ("sales at Target fell")
 *   against a title or given name before it ("Mr Ford", "Harrison Ford"), a
 *           capital after it ("Ford Foundation"), a hyphen ("Meta-analysis")
 *
 * Headlines with a capital on every word give no "fair" and no verbs.  Names of
 * class weak, derived from lists and never seen by a human, count only when
 * sure.  A name of class plain (an index, a central bank, "apple pie") is no
 * company and keeps its words.
 *
 * Whoever is only quoted ("analysts at Citi", "Citi said in a note") is marked
 * as_source; banks and agencies so quoted get little confidence.
 */
#include "mention_private.h"

/* Whether the token is this word. */
static bool
is_word(const Finder *f, int i, const char *word)
{
	return i >= 0 && i < f->sentence->ntokens && fs_token_is(f->sentence->text, token_at(f, i), word);
}

/* Whether a possessive stands at i; its tokens (1, or 2 in tokenised text), else 0. */
static int
possessive(const Finder *f, int i)
{
	if (is_word(f, i, "'s"))
		return 1;
	if (is_mark(f, i, '\''))
		return is_word(f, i + 1, "s") ? 2 : 1;
	return 0;
}

/*
 * The end of the legal forms behind a name that ends before token i, i if there
 * are none; *sure is set by a form that only companies have.
 */
static int
legal_end(const Finder *f, int i, bool *sure)
{
	int end = i;

	*sure = false;
	for (int k = i; k < f->sentence->ntokens && k < i + 8; k++)
	{
		const FsToken *t = token_at(f, k);
		unsigned	   x;

		if (t->kind == FS_PUNCT)
		{
			if (t->ch == ',' && k == i)
				continue;
			if (t->ch == '&' || (t->ch == '.' && end == k && !(token_at(f, k + 1)->flags & FS_T_SPACE)))
				continue;
			if (t->ch == '.' && (context_at(f, k + 1) & FS_X_LEGAL))
				continue;
			break;
		}
		x = context_at(f, k);
		if (!(x & (FS_X_LEGAL | FS_X_SOFT)) || (t->flags & FS_T_JOINED))
			break;
		if (!(t->flags & FS_T_CAPITAL) && !is_word(f, k, "plc") && f->state->capitals)
			break;
		if (t->foldlen == 2 && !(t->flags & FS_T_UPPER) && !is_word(f, k, "co") && !is_word(f, k, "ab"))
			break;
		if (k > i && is_mark(f, i, ',') && !(x & FS_X_LEGAL))
			break;
		*sure |= (x & FS_X_LEGAL) != 0;
		end = k + 1;
	}
	return end;
}

/* Whether the word at i is about a broker's rating: "upgraded", "Hold", "target". */
static bool
is_rating(const Finder *f, int i)
{
	return (context_at(f, i) & FS_X_RATE) ||
		   (fs_token_classes(token_at(f, i)) &
			(FS_C(UPGRADE) | FS_C(DOWNGRADE) | FS_C(RATE_BUY) | FS_C(RATE_HOLD) | FS_C(RATE_SELL)));
}

/*
 * Whether a bank or agency in tokens [i, end) is only quoted or doing its
 * trade: "Citi expects", "raised at Citi", "Citi data", "Citi advised".
 */
static bool
is_banks_trade(const Finder *f, int i, int end, FsCompanyId id)
{
	int next = end + possessive(f, end);

	if (fs_mention_quoted(f->state, id))
		return true;
	if ((context_at(f, next) & FS_X_NOTE) && f->state->seen_count > f->state->doubts &&
		!fs_mention_seen(f->state, id))
		return true;
	if (context_at(f, next) & (FS_X_STUDY | FS_X_ANALYST))
		return true;
	for (int k = next; k < next + 12; k++)
		if ((k < next + 7 && is_rating(f, k)) || (context_at(f, k) & FS_X_HIRED))
			return true;
	for (int k = i - 1; k >= 0 && k >= i - 6; k--)
		if (context_at(f, k) & FS_X_HIRED)
			return true;
	for (int k = i - 1; k >= 1 && k >= i - 3; k--)
		if (context_at(f, k) & FS_X_BY)
			for (int a = k - 1; a >= 0 && a >= k - 3; a--)
				if (is_rating(f, a) || (context_at(f, a) & FS_X_STUDY))
					return true;
	if (end >= f->sentence->ntokens - 1)
		for (int k = i - 1; k > 0 && k >= i - 6; k--) /* "Acme can climb to 120: J. Doe, Religare" */
			if (is_mark(f, k, ':') || (is_mark(f, k, '-') && k == i - 1))
				return true;
	return false;
}

/* Whether the company in tokens [i, end) is only quoted. */
static bool
is_source(const Finder *f, int i, int end, unsigned flags, FsCompanyId id)
{
	int next = end + possessive(f, end);

	if (i >= 2 && is_word(f, i - 1, "to") && is_word(f, i - 2, "according") &&
		((flags & FS_N_SOURCE) || (context_at(f, next) & FS_X_STUDY)))
		return true;
	for (int k = i - 1; k >= 0 && k >= i - 3; k--) /* "J. Doe, chief economist, Wells Fargo" */
		if (k < i - 1 && is_mark(f, k + 1, ',') && (context_at(f, k) & FS_X_ANALYST))
			return true;
	for (int k = i - 1; k >= 1 && k >= i - 3; k--) /* "analysts at Acme", "head of trading at Acme" */
		if (context_at(f, k) & FS_X_BY)
			for (int a = k - 1; a >= 0 && a >= k - 3; a--)
				if (context_at(f, a) & FS_X_ANALYST)
					return true;
	if (context_at(f, next) & FS_X_NOTE)
		for (int k = next + 1; k < next + 5; k++) /* "Acme said in a research note" */
			if (context_at(f, k) & FS_X_ANALYST)
				return true;
	return (flags & FS_N_SOURCE) && is_banks_trade(f, i, end, id);
}

/* Whether the name that ends before token i goes on to be a fund's or an index's: "Invesco Large Cap ETF". */
static bool
is_fund(const Finder *f, int i)
{
	for (int k = i; k < i + 7; k++)
	{
		const FsToken *t = token_at(f, k);

		if ((context_at(f, k) & FS_X_FUND) && (k > i || (t->flags & FS_T_UPPER)))
			return true;
		if (t->kind != FS_NUMBER && !is_mark(f, k, '&') && !(t->kind == FS_WORD && (t->flags & FS_T_CAPITAL)))
			return false;
	}
	return false;
}

/* A capitalised word before a name that is likely a given name: "Harrison Ford". */
static bool
given_name_before(const Finder *f, int i)
{
	const FsToken *t = token_at(f, i - 1);

	if (i == 0 || t->kind != FS_WORD || !(t->flags & FS_T_CAPITAL))
		return false;
	if (context_at(f, i - 1) & (FS_X_TITLE | FS_X_GIVEN))
		return true;
	if (f->n > 0 && f->out[f->n - 1].token + f->out[f->n - 1].ntokens >= i)
		return false; /* another company */
	return t->term == FS_TERM_NONE && !(context_at(f, i - 1) & ~(unsigned) FS_X_ACRONYM) &&
		   !(t->flags & FS_T_UPPER && t->foldlen < 4);
}

/*
 * Whether a single-word name at i is a person's: "Michael Dell", "Shawn B.
 * Pearson".  Stricter than given_name_before, for distinct names.
 */
static bool
is_person(const Finder *f, int i)
{
	int			   k = i - 1;
	const FsToken *t;

	if (is_mark(f, k, '.'))
		k--;
	t = token_at(f, k);
	if (k < 0 || t->kind != FS_WORD || !(t->flags & FS_T_CAPITAL))
		return false;
	if (k < i - 1)
		return (t->foldlen == 1 && k > 0 && is_capital(f, k - 1)) || (context_at(f, k) & FS_X_TITLE) != 0;
	return (context_at(f, k) & (FS_X_GIVEN | FS_X_TITLE)) != 0 && !(token_at(f, i)->flags & FS_T_UPPER);
}

/* Whether the word at i speaks of a company before or after it in running text. */
static bool
company_word_after(const Finder *f, int i, bool headline)
{
	unsigned	   x = context_at(f, i);
	const FsToken *t = token_at(f, i);

	if (t->kind != FS_WORD)
		return false;
	if (x & FS_X_STRONG)
		return true;
	if (headline)
		return false;
	if (t->flags & FS_T_CAPITAL)
		return false;
	return (x & FS_X_AFTER) != 0 || (fs_token_classes(t) & (FS_C(VERB) | FS_C(SAY))) != 0;
}

/* Whether the words before a name speak of a company: "retailer Target", "shares of Visa". */
static bool
company_word_before(const Finder *f, int i)
{
	if (context_at(f, i - 1) & FS_X_BEFORE)
		return true;
	if (i >= 2 && (context_at(f, i - 2) & FS_X_OF) &&
		(is_word(f, i - 1, "of") || is_word(f, i - 1, "in") || is_word(f, i - 1, "at") || is_word(f, i - 1, "to")))
		return true;
	return false;
}

/*
 * Confidence that a name of class word in tokens [i, end) is the company, 0 if
 * it is not to be taken.
 */
static int
judge_word(Finder *f, int i, int end)
{
	int			   mark = possessive(f, end);
	const FsToken *next = token_at(f, end + mark);
	bool		   capital_next;
	bool		   start;
	int			   first = 0;

	if (next->flags & FS_T_JOINED && end < f->sentence->ntokens)
	{
		if (!is_word(f, end, "owned") && !is_word(f, end, "backed") && !is_word(f, end, "led") &&
			!is_word(f, end, "parent"))
			return 0;
		return 70;
	}
	if (token_at(f, i)->flags & FS_T_JOINED)
		return 0;
	for (int k = i; k < end; k++)
	{
		const FsToken *t = token_at(f, k);

		if (t->kind == FS_WORD && !(t->flags & FS_T_CAPITAL) && t->foldlen >= 3 &&
			!(fs_token_classes(t) & FS_C(FUNCTION)))
			return 0; /* "Best buy a house now" */
	}
	if (given_name_before(f, i))
	{
		fs_mention_profile(f);
		if (!f->title_case || (context_at(f, i - 1) & FS_X_TITLE))
			return 0;
	}
	fs_mention_profile(f);
	if (company_word_before(f, i) && (!f->title_case || end - i > 1 || company_word_after(f, end + mark, true)))
		return 75;
	if (company_word_after(f, end + mark, f->title_case))
		return 72;
	if (f->title_case || f->all_upper)
		return 0;
	while (first < i && token_at(f, first)->kind == FS_PUNCT)
		first++;
	start = i == first || is_mark(f, i - 1, ':') || is_mark(f, i - 1, '"') || is_mark(f, i - 1, '-');
	capital_next = next->kind == FS_WORD && (next->flags & FS_T_CAPITAL) && end + mark < f->sentence->ntokens;
	if (mark && !capital_next)
		return 70;
	if (capital_next && mark == 0)
		return 0;
	if (start)
		return end - i > 1 ? 55 : 0;
	return end - i > 1 ? 70 : 62;
}

/* What fs_mention_doubt takes for the name in tokens [i, end). */
static uint32_t
doubt_hash(const Finder *f, int i, int end)
{
	return end - i == 1 ? token_at(f, i)->hash : 0;
}

/* Remember a name that was not taken, unless it is a person's. */
static void
remember_doubt(Finder *f, int i, int end, FsCompanyId id)
{
	if (!given_name_before(f, i) && !(token_at(f, end)->flags & FS_T_JOINED) &&
		!(token_at(f, i)->flags & FS_T_JOINED))
		fs_mention_doubt(f->state, id, false, doubt_hash(f, i, end));
}

/* A name that no human has seen, or an ambiguous one: only if sure. */
static bool
is_sure(Finder *f, int i, int end, bool legal, FsCompanyId id)
{
	FsCompanyId symbol;
	int			k = end + possessive(f, end);

	if (legal || fs_mention_seen(f->state, id) || fs_mention_doubted(f->state, id, true, doubt_hash(f, i, end)))
		return true;
	if (is_mark(f, k, '.'))
		k++;
	symbol = fs_mention_peek(f, k);
	return symbol >= 0 && fs_company_issuer(symbol) == fs_company_issuer(id);
}

/* The company that the document named by a longer name that begins with this word. */
static FsCompanyId
known_short(const FsMentionState *state, uint32_t hash)
{
	uint32_t mask = state->shorts_room - 1;

	if (state->shorts_room == 0)
		return -1;
	for (uint32_t i = fs_company_slot(hash) & mask; state->shorts[i].hash; i = (i + 1) & mask)
		if (state->shorts[i].hash == hash)
			return state->shorts[i].company;
	return -1;
}

/* "Caesars" after "Caesars Entertainment". */
static int
find_short(Finder *f, int i)
{
	const FsToken *t = token_at(f, i);
	FsCompanyId	   id = known_short(f->state, t->hash);

	if (id < 0 || !(t->flags & FS_T_CAPITAL) || (t->flags & FS_T_JOINED) || given_name_before(f, i))
		return 0;
	fs_mention_profile(f);
	if (f->title_case || (is_capital(f, i + 1) && !(context_at(f, i + 1) & FS_X_AFTER)))
		return 0;
	if (i == 0 && !possessive(f, 1) && !company_word_after(f, 1, false))
		return 0;
	fs_mention_add(f, i, 1, id, "", FS_M_SHORT, 70, is_source(f, i, i + 1, 0, id));
	return i + 1;
}

/* Whether the name's words are written as a name: its first has a capital. */
static bool
is_written_as_name(Finder *f, int i, int end, unsigned flags)
{
	const FsToken *t = token_at(f, i);

	fs_mention_profile(f);
	if (!f->state->capitals)
		return !(flags & (FS_N_WORD | FS_N_WEAK)) && (end - i > 1 || t->foldlen > 4);
	for (int k = i + 1; k < end; k++) /* "China steel", "US bank" */
		if (token_at(f, k)->kind == FS_WORD && token_at(f, k)->foldlen > 3 &&
			!(token_at(f, k)->flags & FS_T_CAPITAL) && t->term != FS_TERM_NONE)
			return false;
	if (end - i == 1 && t->foldlen == 2 && (t->flags & FS_T_UPPER) && is_capital(f, end) &&
		!(token_at(f, end)->flags & FS_T_UPPER) && token_at(f, end)->term == FS_TERM_NONE && !f->title_case)
		return false; /* initials: "BP Singh" */
	if (t->kind != FS_WORD || (t->flags & FS_T_CAPITAL))
		return true;
	for (uint32_t k = 0; k < t->len && k < 4; k++)
	{
		char c = f->sentence->text.data[t->start + k];

		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			return true;
	}
	return false;
}

/* The name in tokens [i, end) is in doubt; its first word may be another company's short name. */
static int
passed_over(Finder *f, int i, int end, FsCompanyId id)
{
	remember_doubt(f, i, end, id);
	return f->state->shorts_room ? find_short(f, i) : 0;
}

/* A name whose words are in the table's filters. */
static int
read_name(Finder *f, int i)
{
	int			  ntokens;
	unsigned	  flags;
	FsCompanyId	  id = fs_company_match(f->sentence, i, &ntokens, &flags);
	int			  end;
	int			  legal;
	bool		  sure;
	bool		  source;
	int			  confidence;
	FsMentionKind kind;

	if (ntokens == 0)
		return f->state->shorts_room ? find_short(f, i) : 0;
	if (!is_written_as_name(f, i, i + ntokens, flags))
		return 0;
	if (id < 0)
	{
		f->named[i] = (uint8_t) ntokens;
		return i + ntokens;
	}
	end = i + ntokens;
	if (ntokens == 1 && is_person(f, i))
		return 0;
	if (ntokens > 1 && token_at(f, end - 1)->foldlen == 1 && (token_at(f, end)->flags & FS_T_JOINED))
		return 0; /* "global e-commerce" is not Global-e */
	legal = legal_end(f, end, &sure);
	if (ntokens > 1 && (context_at(f, end - 1) & FS_X_LEGAL))
		sure = true; /* the form is part of the name: "Gap Inc" */
	if (flags & FS_N_WEAK)
	{
		if (!is_sure(f, i, legal, sure, id) || given_name_before(f, i))
			return passed_over(f, i, end, id);
		confidence = 82;
	}
	else if (flags & FS_N_WORD)
	{
		if (is_sure(f, i, legal, sure, id))
			confidence = 85;
		else
			confidence = judge_word(f, i, end);
		if (confidence == 0 ||
			(confidence == 85 && !sure && (given_name_before(f, i) || token_at(f, end)->flags & FS_T_JOINED)))
			return passed_over(f, i, end, id);
	}
	else
		confidence = flags & FS_N_ALIAS ? 80 : 88;
	kind = legal > end || sure ? FS_M_FULL : flags & FS_N_ALIAS ? FS_M_ALIAS : FS_M_SHORT;
	if (sure)
		confidence = 93;
	else if (legal > end)
		confidence += 3;
	end = legal;
	if (legal == i + ntokens && is_fund(f, end))
		return end;
	source = is_source(f, i, end, flags, id);
	if (source)
		confidence = 45;
	fs_mention_add(f, i, end - i, id, "", kind, confidence, source);
	return end;
}

int
fs_mention_name(Finder *f, int i)
{
	if (fs_company_may_match(f->sentence, i))
		return read_name(f, i);
	return f->state->shorts_room ? find_short(f, i) : 0;
}

/*
 * A name of one of the user's companies.  It needs no evidence but its letters:
 * a capital where the user wrote one (unless capitals are not asked for, in a
 * text that has none), capitals alone for a symbol.  A longer name of the
 * compiled table goes before it: "Apple" leaves "Apple Hospitality REIT" alone.
 */
int
fs_mention_own(Finder *f, int i, bool capitals)
{
	const FsKnowledge *knowledge = f->state->knowledge;
	const FsPhrase	  *phrase = fs_own_match_name(knowledge, f->sentence, i);
	const FsToken	  *t = token_at(f, i);
	FsCompanyId		   id;
	FsMentionKind	   kind;
	unsigned		   flags;
	int				   compiled;
	int				   end;
	bool			   sure;
	bool			   source;

	if (!phrase)
		return 0;
	if (phrase->flags & FS_PHRASE_SYMBOL)
		fs_mention_profile(f);
	if (phrase->flags & FS_PHRASE_SYMBOL && (!(t->flags & FS_T_UPPER) || f->all_upper))
		return 0;
	if (phrase->flags & FS_PHRASE_CAPITAL && capitals && t->kind == FS_WORD &&
		!(t->flags & (FS_T_CAPITAL | FS_T_UPPER)) && !is_written_as_name(f, i, i + 1, 0))
		return 0;
	fs_company_match(f->sentence, i, &compiled, &flags);
	if (compiled > phrase->ntokens)
		return 0;
	id = fs_own_id(knowledge->own, phrase->company);
	end = legal_end(f, i + phrase->ntokens, &sure);
	source = is_source(f, i, end, 0, id);
	kind = phrase->flags & FS_PHRASE_SYMBOL ? FS_M_SYMBOL : end > i + phrase->ntokens ? FS_M_FULL : FS_M_SHORT;
	fs_mention_add(f, i, end - i, id, "", kind, source ? 45 : 95, source);
	return end;
}

int
fs_mention_back(Finder *f, int i)
{
	if (!(context_at(f, i + 1) & FS_X_BACK) || (token_at(f, i + 1)->flags & FS_T_CAPITAL) ||
		(token_at(f, i + 2)->flags & FS_T_JOINED && i + 2 < f->sentence->ntokens))
		return 0;
	if (f->state->subject < 0 && !f->state->subject_symbol[0])
		return 0;
	fs_mention_add(f, i, 2, f->state->subject, f->state->subject_symbol, FS_M_BACK, 55, false);
	return i + 2;
}
