/*
 * digest_start.c - level 5: where the news of a sentence starts.
 *
 * Feeds glue to a sentence what stood above it: an agency's dateline, the
 * headline, a heading between paragraphs.
 *
 *     OSLO, May 3 (Agency) - | The yard won an order ...
 *     Carmaker's plan includes 50 new models by 2025 | Ford said it will ...
 *     What Our Model Says | Our model does not predict ...
 *
 * A dateline ends in "(Agency) -".  A headline has no mark at its end, so what
 * is looked for is a beginning in the middle: a capital where English writes
 * none.  Three signs, each only after some words and not after a mark:
 *
 *     opener    a function word with a capital after a word or number without
 *               one, and lower case behind it: "by 2025 The company said"
 *     case      words with capitals, function words among them, that turn to
 *               lower case for good: "Our Model Says Our proven model does"
 *     name      in the text's first sentence, a company that was named before
 *               and now says, reports or plans something
 *
 * Limits: a headline in lower case before a common noun is kept whole.
 */
#include "digest.h"

#define DATELINE_TOKENS 24 /* a dateline with its byline is no longer */
#define REST_TOKENS 8	   /* a sentence is no shorter */
#define HEAD_WORDS 3	   /* a headline neither */
#define LOOK_AHEAD 8	   /* words that show whether lower case goes on */

/* Whether the token is a word with a capital, and not all capitals as names and symbols are. */
static bool
is_capital(const FsToken *token)
{
	return token->kind == FS_WORD && (token->flags & FS_T_CAPITAL) && !(token->flags & FS_T_JOINED);
}

static bool
is_function(const FsToken *token)
{
	return token->kind == FS_WORD && (fs_token_classes(token) & FS_C(FUNCTION));
}

/* A word written small. */
static bool
is_small(const FsToken *token)
{
	return token->kind == FS_WORD && !(token->flags & FS_T_CAPITAL) && token->foldlen > 2;
}

/* A word with a capital that often opens a sentence and is no name. */
static bool
is_opening(const FsToken *token)
{
	if (!is_capital(token) || !is_function(token) || (token->foldlen > 1 && token->flags & FS_T_UPPER))
		return false;
	switch (token->term)
	{
		case FS_W_a:
		case FS_W_an:
		case FS_W_the:
		case FS_W_this:
		case FS_W_these:
		case FS_W_those:
		case FS_W_that:
		case FS_W_it:
		case FS_W_its:
		case FS_W_he:
		case FS_W_she:
		case FS_W_they:
		case FS_W_we:
		case FS_W_our:
		case FS_W_in:
		case FS_W_on:
		case FS_W_at:
		case FS_W_for:
		case FS_W_from:
		case FS_W_with:
		case FS_W_since:
		case FS_W_as:
		case FS_W_after:
		case FS_W_before:
		case FS_W_while:
		case FS_W_when:
		case FS_W_what:
		case FS_W_why:
		case FS_W_how:
		case FS_W_where:
		case FS_W_whether:
		case FS_W_if:
		case FS_W_although:
		case FS_W_though:
		case FS_W_despite:
		case FS_W_each:
		case FS_W_here:
		case FS_W_there:
		case FS_W_now:
		case FS_W_during:
		case FS_W_by:
			return true;
		default:
			return false;
	}
}

/* A word that asks. */
static bool
is_question(FsTerm term)
{
	return term == FS_W_why || term == FS_W_how || term == FS_W_what;
}

/* A word that a noun follows. */
static bool
is_article(FsTerm term)
{
	return term == FS_W_a || term == FS_W_an || term == FS_W_the || term == FS_W_this || term == FS_W_these ||
		   term == FS_W_its || term == FS_W_our;
}

/* The token after a dateline, "OSLO, May 3 (Agency) - ", that has ")" at a token; 0 if there is none. */
static int
after_dateline(const FsSentence *s, int i)
{
	const FsToken *t = s->tokens;

	if (!(t[i].kind == FS_PUNCT && (t[i - 1].flags & FS_T_CAPITAL) && t[i - 2].kind == FS_PUNCT &&
		  t[i - 2].ch == '(' && t[i + 1].kind == FS_PUNCT && t[i + 1].ch == '-' && (t[i + 2].flags & FS_T_SPACE) &&
		  (i == 2 || t[i - 3].kind == FS_NUMBER || (i < DATELINE_TOKENS && (t[i - 3].flags & FS_T_CAPITAL)))))
		return 0;
	while (i < s->ntokens - 2 && t[i + 1].kind == FS_PUNCT && t[i + 1].ch == '-')
		i++;
	return i + 1;
}

/* Whether most of the words behind a token are small. */
static bool
goes_on_small(const FsSentence *s, int i)
{
	int words = 0;
	int small = 0;

	for (int k = i + 1; k < s->ntokens && words < LOOK_AHEAD; k++)
		if (s->tokens[k].kind == FS_WORD || s->tokens[k].kind == FS_NUMBER)
		{
			words++;
			small += !(s->tokens[k].flags & FS_T_CAPITAL);
		}
	return words == LOOK_AHEAD && small * 2 > words;
}

/* Whether a sentence can start at token i behind a headline without a mark. */
static bool
after_word(const FsSentence *s, int i)
{
	const FsToken *before = &s->tokens[i - 1];

	return (before->kind == FS_WORD || before->kind == FS_NUMBER) && !is_function(before) &&
		   (s->tokens[i].flags & FS_T_SPACE);
}

/* A function word with a capital where none belongs. */
static inline bool
is_opener(const FsSentence *s, int i)
{
	const FsToken *t = s->tokens;

	return is_capital(&t[i]) && (is_small(&t[i - 1]) || t[i - 1].kind == FS_NUMBER) &&
		   (!is_capital(&t[i + 1]) || t[i + 1].kind == FS_NUMBER) && after_word(s, i) && is_opening(&t[i]) &&
		   goes_on_small(s, i);
}

/*
 * Where words with capitals turn to lower case: the last of them, with the
 * article before it; 0 unless a function word among them had a capital too, or
 * they start as a question.
 */
static int
after_capitals(const FsSentence *s)
{
	const FsToken *t = s->tokens;
	int			   last = 0;
	int			   words = 0;
	bool		   title_case = false;

	for (int i = 0; i < s->ntokens; i++)
	{
		if (is_capital(&t[i]))
		{
			title_case |= t[i].foldlen > 1 && is_opening(&t[i]) &&
						  (i == 0 ? is_question(t[i].term) : t[i - 1].kind == FS_WORD && t[i].term != FS_W_the);
			last = i;
			words++;
		}
		else if (is_small(&t[i]) && (t[i].foldlen > 3 || !is_function(&t[i])))
			break;
	}
	if (last > 0 && is_capital(&t[last - 1]) && is_article(t[last - 1].term))
		last--;
	return title_case && words > HEAD_WORDS && last >= HEAD_WORDS && goes_on_small(s, last) ? last : 0;
}

/* A company named again that now says something; only names of the sentence's own start. */
static int
at_name(const FsSentence *s, const FsMention *mentions, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
	{
		int at = mentions[i].token;
		int end = at + mentions[i].ntokens;

		while (end < s->ntokens - 1 &&
			   (s->tokens[end].kind == FS_PUNCT || (fs_token_classes(&s->tokens[end]) & FS_C(LEGAL))))
			end++;
		if (mentions[i].company >= 0 && mentions[i].company == mentions[0].company && mentions[i].kind >= FS_M_FULL &&
			mentions[i].kind <= FS_M_ALIAS && at > HEAD_WORDS && after_word(s, at) &&
			end < s->ntokens - REST_TOKENS && !(s->tokens[end].flags & FS_T_CAPITAL) &&
			((fs_token_classes(&s->tokens[end]) & (FS_C(SAY) | FS_C(FUTURE))) ||
			 fs_token_in(s->text, &s->tokens[end], "has have is was were reported announced thinks upgraded")))
			return at;
	}
	return 0;
}

int
fs_sentence_start(const FsSentence *s, bool lead, const FsMention *mentions, uint32_t n)
{
	int opener = 0;
	int start = 0;

	for (int i = 2; i < s->ntokens - REST_TOKENS; i++)
	{
		bool bracket = s->tokens[i].ch == ')';
		bool function = s->traits[i] / FS_TR_FUNCTION & s->tokens[i].flags / FS_T_CAPITAL & 1; /* with a capital */

		if (!(bracket | function))
			continue; /* most */
		if (bracket)
			start = after_dateline(s, i);
		else if (opener == 0 && i >= HEAD_WORDS && is_opener(s, i))
			opener = i;
		if (start > 0)
			return start;
	}
	start = after_capitals(s);
	if (start == 0)
		start = opener;
	if (lead && start == 0)
		start = at_name(s, mentions, n);
	if (start > s->ntokens - REST_TOKENS)
		return 0;
	/* not in the middle of a name */
	for (uint32_t i = 0; i < n; i++)
		if (mentions[i].token < start && start < mentions[i].token + mentions[i].ntokens)
			return mentions[i].token;
	return start;
}
