/*
 * target.c - level 6: who gained, who lost.
 *
 * An event counts toward a thing by how near it stands: its weight is divided
 * by 1 + distance/4 (in units), by 2 if a clause lies between, and by 1 + 0.7 for
 * every other name between.  What is left of the nearest events is brought back
 * to the scale of a whole sentence, so that "A gained while B's margins
 * collapsed" is clearly good for A and bad for B, and "A rose", one event right
 * beside the name, counts in full.
 *
 * A name before a colon that is followed by the news ("A: results beat") is its
 * subject; one behind a closing colon ("Buy A: Broker B") only speaks.
 */
#include "target.h"

/* An event that brings less than this share (in thousandths) stays damped. */
#define NEAR 400

/* Names between two units, neither counted. */
static int
names_between(const FsParse *parse, int a, int b)
{
	int			low = a < b ? a : b;
	int			high = a < b ? b : a;

	return high > low ? parse->units[high].names - parse->units[low + 1].names : 0;
}

/* Units from the evidence to the thing, 0 if it is part of it. */
static int
distance_to(const FsEvent *event, int unit)
{
	if (unit < event->first)
		return event->first - unit;
	return unit > event->last ? unit - event->last : 0;
}

FsSentiment
fs_sentiment_toward(const FsParse *parse, const FsEvent *events, int nevents, int unit)
{
	int64_t		net = 0;
	int64_t		reached = 0;	/* the largest share of its weight that an event brought */

	for (int i = 0; i < nevents; i++)
	{
		int			distance = distance_to(&events[i], unit);
		int			clauses = parse->units[events[i].head].clause != parse->units[unit].clause;
		int			names = names_between(parse, events[i].head, unit);
		int64_t		share = 1000 * 4 / (4 + distance) / (1 + clauses) * 10 / (10 + 7 * names);
		net += events[i].weight * share;
		if (share > reached && events[i].weight != 0)
			reached = share;
	}
	if (reached == 0)
		return fs_sentiment_of_net(0);
	return fs_sentiment_of_net((int32_t) (net / (reached > NEAR ? reached : NEAR)));
}

int
fs_find_target(const FsSentence *sentence, int from, FsText target, const FsToken *words, int nwords, int *at)
{
	for (int i = from; nwords > 0 && i + nwords <= sentence->ntokens; i++)
	{
		int			k = 0;

		while (k < nwords)
		{
			char		mine[FS_WORD_BYTES + 8];
			char		theirs[FS_WORD_BYTES + 8];
			const FsToken *token = &sentence->tokens[i + k];
			size_t		n;

			if (token->hash != words[k].hash || token->foldlen != words[k].foldlen || token->kind != words[k].kind)
				break;
			n = fs_token_fold(sentence->text, token, mine);
			if (n != fs_token_fold(target, &words[k], theirs) || memcmp(mine, theirs, n) != 0)
				break;
			if (n == 0 && (token->ch != words[k].ch || token->ch == 0))
				break;
			k++;
		}
		if (k == nwords)
		{
			*at = i;
			return nwords;
		}
	}
	return 0;
}
