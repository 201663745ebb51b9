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
 * Companies.  relevance is the share of the document that is about the company:
 * its mentions, those in the title, in the first sentence and in subject place
 * counting more, against the most mentioned one.  score is the mean of the
 * scores toward it, weighted as above and drawn toward the document's.
 *
 * Companies are found by a hash table, so that a text of a million tickers is
 * read in linear time.
 */
#include <stdlib.h>

#include "aggregate.h"
#include "hash.h"

#define GAIN 130	   /* percent, for several sentences */
#define YET 200		   /* percent of its weight for a sentence that begins with a contrast: what follows "but" wins */
#define POST_STRETCH 3 /* a post's sentences carry its score up to so many times theirs */
#define KNEE 5000	   /* mean up to which the gain holds; behind it 1 is reached at 1 */
#define PRIOR 4000	   /* thousandths of a mention, see company_score */
#define FEW_COMPANIES 24
#define FOREIGN_MIN 2
#define LANGUAGE_WORDS 200 /* the language is that of the beginning */

typedef struct Company
{
	FsDocumentCompany info;
	int64_t			  score_sum; /* score x weight */
	int64_t			  score_weight;
	uint32_t		  salience;	  /* mentions, weighted */
	uint16_t		  confidence; /* best, percent */
} Company;

struct FsAggregate
{
	FsArena	   *arena;
	FsDocument *doc;
	/* languages */
	uint32_t english;
	uint32_t foreign;
	uint32_t other_script;
	/* score */
	uint32_t	  body_sentences; /* begun, whatever is wanted of them */
	int64_t		  weights;
	int64_t		  sum; /* weight x score */
	int64_t		  up;  /* weight x |score| of the positive */
	int64_t		  down;
	int64_t		  p_negative; /* weight x probability */
	int64_t		  p_neutral;
	int64_t		  p_positive;
	uint32_t	  scored;
	FsProbability last_p;
	int64_t		  logits[3]; /* of the sentences of a post */
	int32_t		  posts;	 /* their number */
	bool		  whole;	 /* a post whose evidence is the words of all */
	uint32_t	  evidence_room;
	int32_t		  last_weight;
	/* companies */
	Company	 *companies;
	uint32_t  ncompanies;
	uint32_t  companies_room;
	uint32_t *slots;  /* index + 1 into companies, 0: empty */
	uint32_t  nslots; /* a power of two */
};

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

/* Hash of a company's identity: its issuer, or its symbol where it has none. */
static uint32_t
company_hash(const FsMention *mention)
{
	if (mention->company >= 0)
		return fs_hash_pair((uint32_t) fs_company_issuer(mention->company), 1);
	return fs_hash(mention->symbol, strlen(mention->symbol));
}

static bool
same_company(const FsDocumentCompany *info, const FsMention *mention)
{
	if (fs_company_issuer(info->company) != fs_company_issuer(mention->company))
		return false;
	return mention->company >= 0 || strcmp(info->symbol, mention->symbol) == 0;
}

/* Double the slots and put every company in again. */
static void
grow_slots(FsAggregate *aggregate)
{
	aggregate->nslots = aggregate->nslots ? aggregate->nslots * 2 : 32;
	aggregate->slots = fs_alloc0(aggregate->arena, aggregate->nslots * sizeof(uint32_t));
	for (uint32_t i = 0; i < aggregate->ncompanies; i++)
	{
		FsMention key = { .company = aggregate->companies[i].info.company };
		uint32_t  slot;

		memcpy(key.symbol, aggregate->companies[i].info.symbol, sizeof(key.symbol));
		slot = company_hash(&key) & (aggregate->nslots - 1);
		while (aggregate->slots[slot] != 0)
			slot = (slot + 1) & (aggregate->nslots - 1);
		aggregate->slots[slot] = i + 1;
	}
}

/* The company of a mention, new if it is the first. */
static Company *
company_of(FsAggregate *aggregate, const FsMention *mention)
{
	Company *company;
	uint32_t slot;

	if (aggregate->ncompanies * 2 >= aggregate->nslots)
		grow_slots(aggregate);
	slot = company_hash(mention) & (aggregate->nslots - 1);
	while (aggregate->slots[slot] != 0)
	{
		company = &aggregate->companies[aggregate->slots[slot] - 1];
		if (same_company(&company->info, mention))
		{
			/* the text gave a listing of its own: "Vodafone (LON: VOD)" */
			if (mention->company != fs_company_issuer(mention->company))
				company->info.company = mention->company;
			return company;
		}
		slot = (slot + 1) & (aggregate->nslots - 1);
	}
	company = FS_PUSH(aggregate->arena, aggregate->companies, aggregate->ncompanies, aggregate->companies_room);
	memset(company, 0, sizeof(*company));
	company->info.company = mention->company;
	memcpy(company->info.symbol, mention->symbol, sizeof(company->info.symbol));
	company->info.first_sentence = mention->sentence;
	aggregate->slots[slot] = aggregate->ncompanies;
	return company;
}

/* What a mention adds to its company's salience. */
static uint32_t
mention_salience(const FsAggregate *aggregate, const FsMention *mention)
{
	uint32_t salience = mention->as_source ? 3 : 10;

	if (mention->in_title)
		salience *= 3;
	else if (aggregate->body_sentences <= 1)
		salience = salience * 3 / 2;
	if (mention->subject && !mention->as_source)
		salience = salience * 3 / 2;
	return salience;
}

void
fs_aggregate_mentions(FsAggregate *aggregate, const FsMention *mentions, int n, const int32_t *scores)
{
	for (int i = 0; i < n; i++)
	{
		Company *company = company_of(aggregate, &mentions[i]);
		int64_t	 weight = aggregate->last_weight > 0 ? aggregate->last_weight : 1;

		if (mentions[i].confidence > company->confidence)
			company->confidence = mentions[i].confidence;
		company->salience += mention_salience(aggregate, &mentions[i]);
		company->info.mentions++;
		if (company->info.first.len == 0 && !mentions[i].in_title)
		{
			company->info.first = mentions[i].span;
			company->info.first_sentence = mentions[i].sentence;
		}
		if (scores)
		{
			company->score_sum += weight * scores[i];
			company->score_weight += weight;
		}
	}
}

/* The likely before the unlikely, then the most relevant, then the first mentioned. */
static int
compare_companies(const void *a, const void *b)
{
	const Company *x = a;
	const Company *y = b;

	if ((x->info.confidence >= 500) != (y->info.confidence >= 500))
		return x->info.confidence >= 500 ? -1 : 1;
	if (x->info.relevance != y->info.relevance)
		return x->info.relevance < y->info.relevance ? 1 : -1;
	if (x->info.first_sentence != y->info.first_sentence)
		return x->info.first_sentence < y->info.first_sentence ? -1 : 1;
	if (x->info.first.start != y->info.first.start)
		return x->info.first.start < y->info.first.start ? -1 : 1;
	return strcmp(x->info.symbol, y->info.symbol);
}

/* Sort companies; few are soonest in place one by one. */
static void
sort_companies(Company *companies, uint32_t n)
{
	if (n > FEW_COMPANIES)
	{
		qsort(companies, n, sizeof(Company), compare_companies);
		return;
	}
	for (uint32_t i = 1; i < n; i++)
	{
		Company	 company = companies[i];
		uint32_t k = i;

		for (; k > 0 && compare_companies(&companies[k - 1], &company) > 0; k--)
			companies[k] = companies[k - 1];
		companies[k] = company;
	}
}

/*
 * Score toward a company: the mean over its mentions, drawn toward what the
 * document says as a whole, by relevance.  One mention in a long text is little
 * to go by: it counts against up to PRIOR mentions' worth of the document's
 * score (a short text has less of one; a single sentence none).
 */
static int32_t
company_score(const FsAggregate *aggregate, const Company *company)
{
	const FsDocument *doc = aggregate->doc;
	int64_t			  prior = (int64_t) (doc->nsentences - 1) * 500;
	int64_t			  toward = (int64_t) doc->score * company->info.relevance / 1000;

	if (prior > PRIOR)
		prior = PRIOR;
	/* as fs_target_score: a post speaks of its companies in all it says */
	if (aggregate->posts > 0)
		return (int32_t) ((company->score_sum / company->score_weight + doc->score) / 2);
	return (int32_t) ((company->score_sum + toward * prior) / (company->score_weight + prior));
}

static void
finish_companies(FsAggregate *aggregate)
{
	FsDocument *doc = aggregate->doc;
	uint32_t	most = 1;

	for (uint32_t i = 0; i < aggregate->ncompanies; i++)
		if (aggregate->companies[i].salience > most)
			most = aggregate->companies[i].salience;
	for (uint32_t i = 0; i < aggregate->ncompanies; i++)
	{
		Company *company = &aggregate->companies[i];
		uint64_t relevance = (uint64_t) company->salience * 1000 / most;

		company->info.relevance = (uint16_t) (relevance > 0 ? relevance : 1);
		company->info.confidence = (uint16_t) (company->confidence * 10);
		if (company->score_weight > 0 && doc->readable)
			company->info.score = company_score(aggregate, company);
	}
	sort_companies(aggregate->companies, aggregate->ncompanies);
	doc->ncompanies = aggregate->ncompanies;
	doc->companies = fs_alloc(aggregate->arena, (aggregate->ncompanies + 1) * sizeof(FsDocumentCompany));
	for (uint32_t i = 0; i < aggregate->ncompanies; i++)
	{
		doc->companies[i] = aggregate->companies[i].info;
		doc->nlikely += doc->companies[i].confidence >= 500;
	}
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
		finish_companies(aggregate);
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

FsCompanyId
fs_nearest_company(const FsParse *parse, const FsEvent *event, const FsMention *mentions, const uint16_t *units,
				   int n)
{
	FsCompanyId nearest = -1;
	int			best = 0;

	for (int i = 0; i < n; i++)
	{
		int apart = (int) units[i] - (int) event->head;
		int distance = abs(apart) + (parse->units[units[i]].clause == event->clause ? 0 : FS_SENTENCE_TOKENS);

		if (nearest < 0 || distance < best)
		{
			nearest = mentions[i].company;
			best = distance;
		}
		if (apart > best)
			break; /* mentions are in order */
	}
	return nearest;
}
