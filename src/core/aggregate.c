/*
 * aggregate.c - level 8: the document's score, its companies, its evidence.
 *
 * Score.  A mean of the sentences' scores, weighted by
 *   - place: the title 3, a heading 1.5, the first four sentences 4, 3, 2, 1.5,
 *     then 1;
 *   - form: questions half, conditionals and plans three quarters;
 *   - weight of news: a sentence that the model finds neutral counts a fifth,
 *     so that background does not drown the news;
 * times a gain (a mean of many sentences never reaches what a reader calls
 * strong) that levels off toward 1.  A document of one sentence has its score.
 *
 * Evidence.  The document's score is shared out to sentences by weight x score
 * and within a sentence by event weight, what the words carry beyond the events
 * being the whole sentence's, so that all shares add up to it.
 *
 * Companies: aggregate_company.c.
 */
#include <stdlib.h>

#include "aggregate_impl.h"

#define GAIN 130	   /* percent, for several sentences */
#define YET 200		   /* percent of its weight for a sentence that begins with a contrast: what follows "but" wins */
#define POST_STRETCH 3 /* a post's sentences carry its score up to so many times theirs */
#define KNEE 5000	   /* mean up to which the gain holds; behind it 1 is reached at 1 */
#define FOREIGN_MIN 2
#define LANGUAGE_WORDS 200 /* the language is that of the beginning */

FsAggregate *
fs_aggregate_start(FsArena *arena, FsDocument *document)
{
	FsAggregate *aggregate = fs_alloc0(arena, sizeof(FsAggregate));

	aggregate->arena = arena;
	aggregate->doc = document;
	return aggregate;
}

void
fs_aggregate_language(FsAggregate *aggregate, const FsSentence *sentence)
{
	bool known = aggregate->doc->words >= LANGUAGE_WORDS;

	if (!(sentence->flags & FS_S_TITLE))
		aggregate->body_sentences++;
	aggregate->doc->words += sentence->nwords;
	if (known)
		return;
	for (int i = 0; i < sentence->ntokens; i += 8)
	{
		uint64_t traits = fs_load((const char *) sentence->traits + i, 8);

		aggregate->english += fs_count_trait(traits, FS_TR_FUNCTION) + fs_count_trait(traits, FS_TR_ENGLISH);
		aggregate->foreign += fs_count_trait(traits, FS_TR_FOREIGN);
	}
	if (fs_has_trait(sentence, FS_TR_SCRIPT))
		for (int i = 0; i < sentence->ntokens; i++)
			if (sentence->traits[i] & FS_TR_SCRIPT) /* scripts without blanks between words */
				aggregate->other_script += 1 + sentence->tokens[i].len / 6;
}

/* Weight of the sentence by place, form and news, in thousandths. */
static int32_t
sentence_weight(const FsAggregate *aggregate, const FsSentenceInfo *info, const FsSentiment *sentiment,
				const FsParse *parse)
{
	static const int32_t place[] = { 4000, 3000, 2000, 1500 };
	int32_t				 weight = 1000;

	if (info->flags & FS_S_TITLE)
		weight = 3000;
	else if (info->flags & FS_S_HEADING)
		weight = 1500;
	else if (aggregate->body_sentences <= sizeof(place) / sizeof(place[0]))
		weight = place[aggregate->body_sentences - 1];
	if (info->flags & FS_S_QUESTION)
		weight /= 2;
	else if (parse->seen & FS_C(CONDITION))
		weight = weight * 3 / 4;
	if (parse->sentence->ntokens > 0 && fs_token_classes(&parse->sentence->tokens[0]) & FS_C(CONTRAST) &&
		!(info->flags & FS_S_POST))
		weight = weight * YET / 100;
	if (abs(sentiment->score) < 1200)
		weight /= 5;
	return weight;
}

void
fs_aggregate_sentence(FsAggregate *aggregate, uint32_t index, const FsSentiment *sentiment, const FsParse *parse)
{
	FsSentenceInfo *info = &aggregate->doc->sentences[index];
	int32_t			weight = sentence_weight(aggregate, info, sentiment, parse);
	int64_t			product = (int64_t) weight * sentiment->score;

	info->weight = (uint16_t) weight;
	aggregate->scored++;
	aggregate->weights += weight;
	aggregate->sum += product;
	if (product > 0)
		aggregate->up += product;
	else
		aggregate->down -= product;
	aggregate->p_negative += (int64_t) weight * sentiment->p.negative;
	aggregate->p_neutral += (int64_t) weight * sentiment->p.neutral;
	aggregate->p_positive += (int64_t) weight * sentiment->p.positive;
	if (info->flags & FS_S_POST)
	{
		aggregate->logits[0] += sentiment->logits.negative;
		aggregate->logits[1] += sentiment->logits.neutral;
		aggregate->logits[2] += sentiment->logits.positive;
		aggregate->posts++;
	}
	aggregate->last_p = sentiment->p;
	aggregate->last_weight = weight;
}

/* Whether all sentences are those of one post. */
static bool
is_post(const FsAggregate *aggregate)
{
	return aggregate->posts > 1 && aggregate->posts == (int32_t) aggregate->scored;
}

/*
 * A post of several sentences is one message: the mean of their logits, as the
 * model was trained on.  Where the sentences' own scores say the opposite, or
 * next to nothing, no event carries the score, but the words of all.
 */
static void
finish_post(FsAggregate *aggregate)
{
	FsDocument *doc = aggregate->doc;
	FsSentiment whole = fs_sentiment_of((FsLogits){ (int32_t) (aggregate->logits[0] / aggregate->posts),
													(int32_t) (aggregate->logits[1] / aggregate->posts),
													(int32_t) (aggregate->logits[2] / aggregate->posts) });

	aggregate->last_p = whole.p;
	doc->score = abs(whole.score) < 1200 && aggregate->sum == 0 ? 0 : whole.score;
	if (llabs(aggregate->sum) * POST_STRETCH < llabs((int64_t) doc->score * aggregate->weights) ||
		(aggregate->sum > 0) != (doc->score > 0))
	{
		uint32_t		first = 0;
		FsSentenceInfo *last = &doc->sentences[doc->nsentences - 1];
		FsSpan			span;

		/* a title is another text: its words are not those of the body's span */
		while (doc->sentences[first].flags & FS_S_TITLE && !(last->flags & FS_S_TITLE))
			first++;
		span = doc->sentences[first].span;
		span.len = fs_span_end(last->span) - span.start;
		doc->nevidence = 0;
		if ((doc->wants & FS_WANT_EVIDENCE) && doc->score != 0)
			*FS_PUSH(aggregate->arena, doc->evidence, doc->nevidence, aggregate->evidence_room) = (FsEvidence){
				.span = span, .weight = doc->score, .sentence = first, .company = -1, .rule = FS_RULE_WORDS
			};
		aggregate->whole = true;
	}
}

/* Percent by which the mean of several sentences grows. */
static int64_t
document_gain(const FsAggregate *aggregate)
{
	return aggregate->scored > 1 ? GAIN : 100;
}

/* Probabilities of the document, moved so that the likeliest class is the score's. */
static FsProbability
document_probability(const FsAggregate *aggregate)
{
	int32_t		  score = aggregate->doc->score;
	FsProbability p;
	uint32_t	 *want;
	uint32_t	 *others[2];

	if (aggregate->weights == 0)
		return fs_softmax((FsLogits){ 0, 384, 0 });
	if (aggregate->scored == 1 || is_post(aggregate))
		return aggregate->last_p;
	p.negative = (uint32_t) (aggregate->p_negative / aggregate->weights);
	p.positive = (uint32_t) (aggregate->p_positive / aggregate->weights);
	p.neutral = 65536 - p.negative - p.positive;
	want = score >= 1200 ? &p.positive : score <= -1200 ? &p.negative : &p.neutral;
	others[0] = want == &p.positive ? &p.negative : &p.positive;
	others[1] = want == &p.neutral ? &p.negative : &p.neutral;
	for (int i = 0; i < 2; i++)
		if (*others[i] >= *want)
		{
			uint32_t half = (*others[i] - *want) / 2 + 1;

			*others[i] -= half;
			*want += half;
		}
	return p;
}

/*
 * Confidence in thousandths: how sure the sentences are, by how one-sided the
 * evidence is; a text without evidence is as sure as its neutral probability.
 */
static uint16_t
document_confidence(const FsAggregate *aggregate, FsProbability p)
{
	uint32_t top = p.neutral;
	int64_t	 all = aggregate->up + aggregate->down;
	int64_t	 one_sided = 1000;

	if (p.positive > top)
		top = p.positive;
	if (p.negative > top)
		top = p.negative;
	if (aggregate->doc->words == 0)
		return 0;
	if (all > 0)
		one_sided = 500 + 500 * llabs(aggregate->up - aggregate->down) / all;
	return (uint16_t) ((int64_t) top * one_sided / 65536);
}

/*
 * Shares of sentences' scores to shares of the document's.  Rounded by the
 * running sum, so that all add up however many there are; words that carry
 * nothing then are no evidence.
 */
static void
finish_evidence(FsAggregate *aggregate)
{
	FsDocument *doc = aggregate->doc;
	int64_t		factor = aggregate->sum != 0 ? doc->score : document_gain(aggregate);
	int64_t		divisor = aggregate->sum != 0 ? aggregate->sum : aggregate->weights * 100;
	int64_t		unit = 1;
	int64_t		running = 0;
	int64_t		before = 0;
	uint32_t	n = 0;

	/* keeps running x factor within 64 bits */
	while (llabs(divisor) / unit > INT64_C(1) << 40)
		unit *= 2;
	divisor /= unit;
	for (uint32_t i = 0; i < doc->nevidence && divisor != 0; i++)
	{
		FsEvidence evidence = doc->evidence[i];
		int64_t	   upto;

		running += (int64_t) doc->sentences[evidence.sentence].weight * evidence.weight;
		upto = running / unit * factor / divisor;
		evidence.weight = (int32_t) (upto - before);
		before = upto;
		if (evidence.weight != 0 || evidence.rule != FS_RULE_WORDS)
			doc->evidence[n++] = evidence;
	}
	doc->nevidence = n;
}

/* Rounding and what no term carries, as a row of its own. */
static void
add_calibration(FsAggregate *aggregate)
{
	FsDocument *doc = aggregate->doc;
	FsEvidence *grown;
	int32_t		rest = doc->score;

	for (uint32_t i = 0; i < doc->nevidence; i++)
		rest -= doc->evidence[i].weight;
	if (rest == 0)
		return;
	grown = fs_alloc(aggregate->arena, (doc->nevidence + 1) * sizeof(FsEvidence));
	if (doc->nevidence > 0)
		memcpy(grown, doc->evidence, doc->nevidence * sizeof(FsEvidence));
	memset(&grown[doc->nevidence], 0, sizeof(FsEvidence));
	grown[doc->nevidence].weight = rest;
	grown[doc->nevidence].sentence = UINT32_MAX;
	grown[doc->nevidence].company = -1;
	grown[doc->nevidence].rule = FS_RULE_CALIBRATION;
	doc->evidence = grown;
	doc->nevidence++;
}

/* Whether most words are of a language that finsent does not read. */
static bool
is_readable(const FsAggregate *aggregate)
{
	if (aggregate->other_script > aggregate->english + aggregate->foreign)
		return false;
	return aggregate->foreign < FOREIGN_MIN || aggregate->foreign * 2 < aggregate->english;
}

/* A text that is not read: neutral, with little confidence, no evidence. */
static void
finish_unread(FsAggregate *aggregate)
{
	FsDocument *doc = aggregate->doc;

	doc->score = 0;
	doc->nevidence = 0;
	for (uint32_t i = 0; i < doc->nsentences; i++)
		doc->sentences[i].score = 0;
	doc->p = (FsProbability){ 21845, 21846, 21845 };
	doc->confidence = 50;
}

/*
 * A mean of several sentences on the documents' scale: with the gain up to the
 * knee, from there straight to 1 at 1, so that strong news keeps its order.
 */
static int32_t
on_scale(int32_t mean)
{
	int32_t size = abs(mean);
	int32_t knee = KNEE * GAIN / 100;

	if (size <= KNEE)
		size = size * GAIN / 100;
	else
		size = knee + (size - KNEE) * (FS_SCORE_ONE - knee) / (FS_SCORE_ONE - KNEE);
	return mean < 0 ? -size : size;
}

void
fs_aggregate_finish(FsAggregate *aggregate)
{
	FsDocument *doc = aggregate->doc;

	doc->readable = is_readable(aggregate);
	if (aggregate->weights > 0 && doc->readable)
	{
		int32_t mean = (int32_t) (aggregate->sum / aggregate->weights);

		doc->score = aggregate->scored > 1 ? on_scale(mean) : mean;
		if (is_post(aggregate))
			finish_post(aggregate);
	}
	if (doc->wants & FS_WANT_COMPANIES)
		fs_aggregate_finish_companies(aggregate);
	if (!(doc->wants & FS_WANT_SCORE))
		return;
	if (!doc->readable)
	{
		finish_unread(aggregate);
		return;
	}
	doc->p = document_probability(aggregate);
	doc->confidence = document_confidence(aggregate, doc->p);
	doc->mixed = aggregate->up > 0 && aggregate->down > 0 &&
				 3 * (aggregate->up < aggregate->down ? aggregate->up : aggregate->down) >
					 aggregate->up + aggregate->down - 1 &&
				 aggregate->up + aggregate->down > 1000 * (int64_t) FS_SCORE_ONE / 4;
	if (doc->wants & FS_WANT_EVIDENCE)
	{
		if (!aggregate->whole)
			finish_evidence(aggregate);
		add_calibration(aggregate);
	}
}
