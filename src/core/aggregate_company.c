/*
 * aggregate_company.c - level 8: the companies of a document.
 *
 * relevance is the share of the document that is about the company: its
 * mentions, those in the title, in the first sentence and in subject place
 * counting more, against the most mentioned one.  score is the mean of the
 * scores toward it, weighted as the sentences are and drawn toward the document's.
 *
 * Companies are found by a hash table, so that a text of a million tickers is
 * read in linear time.
 */
#include <stdlib.h>

#include "aggregate_impl.h"
#include "hash.h"

#define PRIOR 4000 /* thousandths of a mention, see company_score */
#define FEW_COMPANIES 24

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

void
fs_aggregate_finish_companies(FsAggregate *aggregate)
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
