/*
 * target.c - level 7: who gained, who lost.
 *
 * The sentiment toward a name is the linear model's over target_features.c:
 * events by side, clause and distance, the order of names and classes, and the
 * words around.  "A gained while B's margins collapsed" is good for A, bad for
 * B; "Buy A: B" says nothing of the broker B.
 */
#include "target.h"

bool
fs_target_init(FsArena *arena, FsText text, FsTarget *target)
{
	FsScan	  *scan;
	FsSentence sentence;
	FsMention  mentions[FS_MENTIONS_MAX];
	uint8_t	   named[FS_SENTENCE_TOKENS];

	memset(target, 0, sizeof(*target));
	target->text = text;
	target->company = -1;
	if (text.len == 0)
		return false;
	scan = fs_scan_start(arena, text, 0, text.len);
	if (!fs_scan_next(scan, &sentence))
		return false;
	target->nwords = sentence.ntokens < FS_TARGET_WORDS ? sentence.ntokens : FS_TARGET_WORDS;
	memcpy(target->words, sentence.tokens, (size_t) target->nwords * sizeof(FsToken));
	/* "Royal Mail's" asks for "Royal Mail" */
	if (target->nwords > 1 && fs_token_is(text, &target->words[target->nwords - 1], "'s"))
		target->nwords--;
	if (fs_mentions_find(fs_mentions_start(arena, NULL), &sentence, mentions, named) > 0 && mentions[0].token == 0 &&
		mentions[0].ntokens == target->nwords)
		target->company = mentions[0].company;
	else if (target->nwords == 1 && text.len <= 12)
		target->company = fs_company_by_symbol(text.data + target->words[0].start, target->words[0].len);
	return true;
}

/* Whether the target's words stand at a token. */
static bool
stands_at(const FsTarget *target, const FsSentence *sentence, int at)
{
	for (int k = 0; k < target->nwords; k++)
	{
		const FsToken *token = &sentence->tokens[at + k];
		const FsToken *word = &target->words[k];
		char		   mine[FS_WORD_BYTES + 8];
		char		   theirs[FS_WORD_BYTES + 8];
		size_t		   n;

		if (token->hash != word->hash || token->foldlen != word->foldlen || token->kind != word->kind ||
			token->ch != word->ch)
			return false;
		n = fs_token_fold(sentence->text, token, mine);
		if (n != fs_token_fold(target->text, word, theirs) || memcmp(mine, theirs, n) != 0)
			return false;
		if (n == 0 && (token->len != word->len ||
					   memcmp(sentence->text.data + token->start, target->text.data + word->start, token->len) != 0))
			return false;
	}
	return true;
}

/* Whether a cashtag or hashtag is the target's only word behind its sign. */
static bool
is_tag_of(const FsTarget *target, const FsSentence *sentence, const FsToken *token)
{
	const FsToken *word = &target->words[0];
	const char	  *mine = sentence->text.data + token->start + 1;
	const char	  *theirs = target->text.data + word->start;

	if ((token->kind != FS_CASHTAG && token->kind != FS_HASHTAG) || target->nwords != 1 ||
		token->len != word->len + 1)
		return false;
	for (int i = 0; i < word->len; i++)
		if (((mine[i] ^ theirs[i]) & ~0x20) != 0)
			return false;
	return true;
}

int
fs_target_find(const FsTarget *target, const FsSentence *sentence, const FsMention *mentions, int nmentions, int from,
			   int *at)
{
	for (int i = from; i < sentence->ntokens; i++)
	{
		*at = i;
		if (i + target->nwords <= sentence->ntokens && stands_at(target, sentence, i))
			return target->nwords;
		if (is_tag_of(target, sentence, &sentence->tokens[i]))
			return 1;
	}
	for (int i = 0; i < nmentions && target->company >= 0; i++)
		if (mentions[i].company == target->company && mentions[i].token >= from)
		{
			*at = mentions[i].token;
			return mentions[i].ntokens;
		}
	return 0;
}

void
fs_target_mark(uint8_t *named, int at, int n)
{
	for (int i = at - 1; i >= 0 && i > at - FS_TARGET_WORDS; i--)
		if (named[i] > 0 && i + named[i] > at)
			named[i] = 0;
	memset(named + at, 0, (size_t) n);
	named[at] = (uint8_t) n;
}

/*
 * The user's terms, of which the model knows no more than that they are good or
 * bad: what they weigh toward the name at a unit, in hundredths.  In another
 * part of the sentence they count half, and behind further names less.
 */
static int32_t
own_terms_toward(const FsView *view, int unit)
{
	const FsUnit *units = view->parse->units;
	int32_t		  net = 0;

	for (int i = 0; i < view->nevents; i++)
	{
		const FsEvent *event = &view->events[i];
		int			   low = event->head < unit ? event->head : unit;
		int			   high = event->head < unit ? unit : event->head;

		if (event->rule == FS_RULE_OWN && high > low)
			net += event->weight / (view->part[low] == view->part[high] ? 1 : 2) /
				   (1 + units[high].names - units[low + 1].names);
	}
	return net;
}

FsSentiment
fs_sentiment_toward(FsView *view, int unit)
{
	FsLogits logits = fs_view_logits(view, unit);
	int32_t	 own = view->parse->knowledge ? own_terms_toward(view, unit) : 0;

	logits.positive += 2 * own * 256 / 100;
	logits.negative -= 2 * own * 256 / 100;
	return fs_sentiment_of(logits);
}
