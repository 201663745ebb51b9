/*
 * document.c - level 8: one pass from text to document.
 *
 * For every sentence, title first: names, units, events, score, and what else
 * is wanted.  Only results are kept, so memory follows the number of sentences
 * and hits, not of tokens.  When the text is read, aggregate.c makes the
 * document's score, its companies and the weights of its evidence.
 */
#include <stddef.h>

#include "aggregate.h"
#include "target.h"

/* Names of models differ exactly when a score may. */
#define MODEL "finsent-2"

#define KNOWN_NETS 64 /* a bit each */

/*
 * Sentences that wait for their next stage.  Where only companies and metrics
 * are wanted no stage needs what a later one finds, so each reads a few hundred
 * tokens at a time: its code stays in the processor's cache meanwhile.
 */
#define BATCH_SENTENCES 32
#define BATCH_TOKENS FS_SENTENCE_TOKENS

typedef struct Batch
{
	int		   n;
	int		   ntokens;
	FsSentence sentences[BATCH_SENTENCES];
	uint32_t   first_mention[BATCH_SENTENCES]; /* into the document's */
	int		   nmentions[BATCH_SENTENCES];
	FsParse	   parses[BATCH_SENTENCES]; /* their quantities and units stand in the pass's room for one sentence */
	FsToken	   tokens[BATCH_TOKENS + 2 * BATCH_SENTENCES];	/* of all, two of no term behind each */
	uint8_t	   traits[BATCH_TOKENS + 16 * BATCH_SENTENCES]; /* a multiple of eight for each */
	uint8_t	   named[BATCH_TOKENS + 64];
} Batch;

typedef struct Pass
{
	FsArena		   *arena;
	FsDocument	   *doc;
	FsAggregate	   *aggregate;
	FsParse			parse;
	FsView		   *view;	  /* of the sentence, from its names; NULL: not wanted */
	FsMention	   *mentions; /* of the sentence; NULL: not wanted */
	FsMetric	   *metrics;  /* of the sentence; NULL: not wanted */
	uint8_t		   *named;
	Batch		   *batch; /* NULL: sentences go through all stages one by one */
	FsMentionState *mention_state;
	FsMetricState	metric_state;
	uint32_t		sentences_room;
	uint32_t		evidence_room;
	uint32_t		mentions_room;
	uint32_t		metrics_room;
	uint32_t		quantities_room;
	bool			in_title;
	uint64_t		known;				   /* bits of by_net that are filled */
	FsEvent			events[FS_EVENTS_MAX]; /* of the sentence; from here on not cleared */
	FsFeatures		features;			   /* scratch */
	struct
	{
		int32_t		net;
		FsSentiment sentiment;
	} by_net[KNOWN_NETS]; /* of prose behind the lead, which has few different ones */
} Pass;

const char *
fs_model_name(void)
{
	return MODEL;
}

/* Stages that the wanted answers stand on. */
static unsigned
with_prerequisites(unsigned wants)
{
	if (wants & FS_WANT_TARGETS)
		wants |= FS_WANT_SCORE | FS_WANT_COMPANIES;
	if (wants & FS_WANT_METRICS)
		wants |= FS_WANT_COMPANIES;
	if (wants & FS_WANT_EVIDENCE)
		wants |= FS_WANT_SCORE;
	return wants;
}

static Pass *
start_pass(FsArena *arena, FsDocument *doc)
{
	Pass *pass = fs_alloc_cleared(arena, sizeof(Pass), offsetof(Pass, events));

	pass->arena = arena;
	pass->doc = doc;
	pass->aggregate = fs_aggregate_start(arena, doc);
	fs_parse_init(arena, &pass->parse);
	pass->parse.knowledge = doc->knowledge;
	if (doc->wants & FS_WANT_COMPANIES)
	{
		pass->mentions = fs_alloc(arena, FS_MENTIONS_MAX * sizeof(FsMention));
		pass->named = fs_alloc(arena, FS_SENTENCE_TOKENS);
		pass->mention_state = fs_mentions_start(arena, doc->knowledge);
	}
	if (doc->wants & FS_WANT_TARGETS)
		pass->view = fs_alloc(arena, sizeof(FsView));
	if (doc->wants & FS_WANT_DIGEST)
		doc->digest = fs_digest_start(arena);
	if (doc->wants & FS_WANT_METRICS)
		pass->metrics = fs_alloc(arena, FS_METRICS_MAX * sizeof(FsMetric));
	pass->metric_state.company = -1;
	if (doc->wants & FS_WANT_COMPANIES && !(doc->wants & ~(unsigned) (FS_WANT_COMPANIES | FS_WANT_METRICS)))
	{
		pass->batch = fs_alloc(arena, sizeof(Batch));
		pass->batch->n = pass->batch->ntokens = 0;
	}
	return pass;
}

static void
push_evidence(Pass *pass, FsSpan span, int32_t weight, FsRule rule, uint32_t sentence, FsCompanyId company)
{
	FsDocument *doc = pass->doc;
	FsEvidence *evidence = FS_PUSH(pass->arena, doc->evidence, doc->nevidence, pass->evidence_room);

	evidence->span = span;
	evidence->weight = weight;
	evidence->sentence = sentence;
	evidence->company = company;
	evidence->rule = (uint8_t) rule;
}

/*
 * Keep the sentence's evidence, what its words carry beyond the events before
 * them; aggregate.c turns shares of its score into those of the document's.
 */
static void
keep_evidence(Pass *pass, const FsEvent *events, int n, int nmentions, uint32_t sentence)
{
	const FsSentenceInfo *info = &pass->doc->sentences[sentence];
	int32_t				  shares[FS_EVENTS_MAX];
	uint16_t			  units[FS_MENTIONS_MAX]; /* of the mentions */
	int32_t				  words = fs_sentiment_shares(info->score, events, n, shares);
	FsCompanyId			  company = nmentions > 0 ? pass->mentions[0].company : -1;

	for (int i = 1; i < nmentions; i++)
		if (pass->mentions[i].company != company)
			company = -1;
	for (int i = 0; i < nmentions && n > 0; i++)
		units[i] = (uint16_t) fs_unit_of_token(&pass->parse, pass->mentions[i].token);
	if (words != 0)
		push_evidence(pass, info->span, words, FS_RULE_WORDS, sentence, company);
	for (int i = 0; i < n; i++)
		if (shares[i] != 0)
			push_evidence(pass, fs_units_span(&pass->parse, events[i].first, events[i].last), shares[i],
						  (FsRule) events[i].rule, sentence,
						  fs_nearest_company(&pass->parse, &events[i], pass->mentions, units, nmentions));
}

static void
keep_metrics(Pass *pass, const FsParse *parse, const FsMention *mentions, int nmentions, uint32_t sentence)
{
	FsDocument *doc = pass->doc;
	int			n = fs_metrics_find(&pass->metric_state, parse, mentions, nmentions, pass->metrics);

	for (int i = 0; i < n; i++)
	{
		FsMetric *metric = FS_PUSH(pass->arena, doc->metrics, doc->nmetrics, pass->metrics_room);

		*metric = pass->metrics[i];
		metric->sentence = sentence;
	}
}

static void
keep_quantities(Pass *pass, uint32_t sentence)
{
	FsDocument *doc = pass->doc;

	for (int i = 0; i < pass->parse.nquantities; i++)
	{
		FsQuantityInfo *info;

		if (!fs_quantity_reported(&pass->parse.quantities[i]))
			continue;
		info = FS_PUSH(pass->arena, doc->quantities, doc->nquantities, pass->quantities_room);
		info->quantity = pass->parse.quantities[i];
		info->sentence = sentence;
	}
}

/* Mentions of the sentence, kept and counted toward their companies. */
static int
find_mentions(Pass *pass, const FsSentence *sentence, uint32_t index, uint8_t *named)
{
	FsDocument *doc = pass->doc;
	int			n;

	if (!pass->mentions)
		return 0;
	n = fs_mentions_find(pass->mention_state, sentence, pass->mentions, named);
	for (int i = 0; i < n; i++)
	{
		FsMention *mention = &pass->mentions[i];

		mention->sentence = index;
		mention->in_title = pass->in_title;
		*FS_PUSH(pass->arena, doc->mentions, doc->nmentions, pass->mentions_room) = *mention;
	}
	return n;
}

/*
 * What is said of each mentioned company.  Here and for metrics names are units
 * of their own; the sentence's own score never sees them, so that it is the
 * same whether or not companies are wanted.  nevents is the number of events
 * without names.
 */
static void
read_names(Pass *pass, int nmentions, int nevents)
{
	FsDocument *doc = pass->doc;
	int32_t		scores[FS_MENTIONS_MAX];
	bool		same = false;

	if (nmentions > 0 &&
		(doc->wants & FS_WANT_TARGETS || (doc->wants & FS_WANT_METRICS && fs_metrics_possible(&pass->parse))))
	{
		if (doc->wants & FS_WANT_SCORE)
			same = fs_name_units(pass->named, &pass->parse);
		else
			fs_parse_units(pass->named, &pass->parse);
	}
	if (!(doc->wants & FS_WANT_TARGETS))
	{
		fs_aggregate_mentions(pass->aggregate, pass->mentions, nmentions, NULL);
		return;
	}
	if (nmentions > 0)
	{
		if (!same)
			nevents = fs_rules_apply(&pass->parse, pass->events);
		fs_view_start(&pass->parse, pass->events, nevents, nmentions, pass->view);
	}
	for (int i = 0; i < nmentions; i++)
		scores[i] = fs_sentiment_toward(pass->view, fs_unit_of_token(&pass->parse, pass->mentions[i].token)).score;
	fs_aggregate_mentions(pass->aggregate, pass->mentions, nmentions, scores);
}

/* The sentiment of a sentence that takes the rules alone, by the net weight of its events. */
static FsSentiment
net_sentiment(Pass *pass, int nevents)
{
	int32_t	 net = fs_events_net(pass->events, nevents);
	uint32_t k = ((uint32_t) net * UINT32_C(0x9E3779B1)) >> 26;

	if (!(pass->known >> k & 1) || pass->by_net[k].net != net)
	{
		pass->by_net[k].net = net;
		pass->by_net[k].sentiment = fs_sentiment(NULL, &pass->parse, pass->events, nevents, &pass->features);
		pass->known |= UINT64_C(1) << k;
	}
	return pass->by_net[k].sentiment;
}

/* The sentiment of the sentence in pass->parse. */
static FsSentiment
sentence_sentiment(Pass *pass, int nevents)
{
	const FsSentence *sentence = pass->parse.sentence;
	const FsTrained	 *trained = pass->doc->knowledge ? pass->doc->knowledge->trained : NULL;

	/* names, figures and symbols alone say nothing; among a post's sentences a link or tags say what post it is */
	if (nevents == 0 && !trained && !fs_has_trait(sentence, FS_TR_TERM))
	{
		FsSentiment said = fs_sentiment_of((FsLogits){ 0, 384, 0 });

		if (sentence->flags & FS_S_POST)
			said.logits = fs_sentiment(NULL, &pass->parse, pass->events, 0, &pass->features).logits;
		return said;
	}
	if (!trained && fs_takes_rules_alone(sentence))
		return net_sentiment(pass, nevents);
	return fs_sentiment(trained, &pass->parse, pass->events, nevents, &pass->features);
}

/*
 * Whether a sentence can have no event and nothing but its score is wanted: in
 * prose behind the lead, where words alone count for nothing, it needs no units.
 */
static bool
is_silent(const Pass *pass, const FsSentence *sentence)
{
	return pass->doc->wants == FS_WANT_SCORE && !pass->doc->knowledge && fs_takes_rules_alone(sentence) &&
		   fs_units_lack(sentence, FS_C_TRIGGER | FS_C(CONDITION));
}

/* The document's entry of its next sentence. */
static FsSentenceInfo *
push_sentence(Pass *pass, FsSentence *sentence)
{
	FsDocument	   *doc = pass->doc;
	uint32_t		index = doc->nsentences;
	FsSentenceInfo *info = FS_PUSH(pass->arena, doc->sentences, doc->nsentences, pass->sentences_room);

	sentence->index = index;
	if (pass->in_title)
		sentence->flags = (sentence->flags & ~(unsigned) FS_S_HEADING) | FS_S_TITLE;
	info->span = sentence->span;
	info->flags = (uint16_t) sentence->flags;
	info->tokens = (uint16_t) sentence->ntokens;
	info->score = 0;
	info->weight = 0;
	return info;
}

/* One sentence through all stages that are wanted. */
static void
read_sentence(Pass *pass, FsSentence *sentence)
{
	FsDocument	   *doc = pass->doc;
	FsSentenceInfo *info = push_sentence(pass, sentence);
	uint32_t		index = sentence->index;
	FsSentiment		sentiment = { 0 };
	int				nmentions;
	int				nevents = 0;

	nmentions = find_mentions(pass, sentence, index, pass->named);
	if (doc->digest && pass->in_title)
		fs_digest_title(doc->digest, sentence);
	else if (doc->digest && doc->digest->n < FS_DIGEST_MAX)
		fs_digest_add(pass->arena, doc->digest, sentence, index, pass->mentions, (uint32_t) nmentions);
	fs_aggregate_language(pass->aggregate, sentence);
	if (!(doc->wants & (FS_WANT_SCORE | FS_WANT_METRICS | FS_WANT_QUANTITIES)))
	{
		fs_aggregate_mentions(pass->aggregate, pass->mentions, nmentions, NULL);
		return;
	}
	if (is_silent(pass, sentence))
	{
		pass->parse.sentence = sentence;
		pass->parse.seen = 0;
		sentiment = sentence_sentiment(pass, 0);
		info->score = (int16_t) sentiment.score;
		fs_aggregate_sentence(pass->aggregate, index, &sentiment, &pass->parse);
		return;
	}
	fs_parse_numbers(sentence, &pass->parse);
	if (doc->wants & FS_WANT_SCORE ||
		(doc->wants & FS_WANT_METRICS && nmentions == 0 && fs_metrics_possible(&pass->parse)))
		fs_parse_units(NULL, &pass->parse);
	if (doc->wants & FS_WANT_SCORE)
	{
		nevents = fs_rules_apply(&pass->parse, pass->events);
		sentiment = sentence_sentiment(pass, nevents);
		info->score = (int16_t) sentiment.score;
		fs_aggregate_sentence(pass->aggregate, index, &sentiment, &pass->parse);
	}
	if (doc->wants & FS_WANT_EVIDENCE)
		keep_evidence(pass, pass->events, nevents, nmentions, index);
	if (doc->wants & FS_WANT_QUANTITIES && !pass->in_title)
		keep_quantities(pass, index);
	read_names(pass, nmentions, nevents);
	if (doc->wants & FS_WANT_METRICS && !pass->in_title)
		keep_metrics(pass, &pass->parse, pass->mentions, nmentions, index);
}

/* Whether the batch has room for the sentence; an empty one has. */
static inline bool
batch_takes(const Batch *batch, const FsSentence *sentence)
{
	return batch->n < BATCH_SENTENCES && batch->ntokens + sentence->ntokens <= BATCH_TOKENS;
}

/* Keep a sentence beyond the reading of the next one. */
static void
batch_add(Batch *batch, const FsSentence *sentence)
{
	FsSentence *kept = &batch->sentences[batch->n];
	FsToken	   *tokens = &batch->tokens[batch->ntokens + 2 * batch->n];
	uint8_t	   *traits = &batch->traits[(batch->ntokens + 15 * batch->n + 7) / 8 * 8];
	size_t		ntokens = (size_t) sentence->ntokens;

	*kept = *sentence;
	kept->tokens = memcpy(tokens, sentence->tokens, (ntokens + 2) * sizeof(FsToken));
	kept->traits = memcpy(traits, sentence->traits, (ntokens + 7) / 8 * 8);
	batch->ntokens += sentence->ntokens;
	batch->n++;
}

/* Metrics of the batch's sentences, one stage after the other. */
static void
read_batch_metrics(Pass *pass)
{
	Batch	   *batch = pass->batch;
	FsQuantity *quantities = pass->parse.quantities;
	FsUnit	   *units = pass->parse.units;
	uint8_t	   *named = batch->named;

	for (int i = 0; i < batch->n; i++)
	{
		FsParse *parse = &batch->parses[i];

		*parse = pass->parse;
		parse->quantities = quantities;
		fs_parse_numbers(&batch->sentences[i], parse);
		quantities += parse->nquantities;
	}
	for (int i = 0; i < batch->n; i++)
	{
		FsParse *parse = &batch->parses[i];

		if (fs_metrics_possible(parse))
		{
			parse->units = units;
			fs_parse_units(batch->nmentions[i] > 0 ? named : NULL, parse);
			units += parse->nunits;
		}
		named += batch->sentences[i].ntokens;
	}
	for (int i = 0; i < batch->n; i++)
		keep_metrics(pass, &batch->parses[i], &pass->doc->mentions[batch->first_mention[i]], batch->nmentions[i],
					 batch->sentences[i].index);
}

/* The batch's sentences through all stages. */
static void
read_batch(Pass *pass)
{
	FsDocument *doc = pass->doc;
	Batch	   *batch = pass->batch;
	uint8_t	   *named = batch->named;

	for (int i = 0; i < batch->n; i++)
	{
		FsSentence *sentence = &batch->sentences[i];

		push_sentence(pass, sentence);
		batch->first_mention[i] = doc->nmentions;
		batch->nmentions[i] = find_mentions(pass, sentence, sentence->index, named);
		fs_aggregate_language(pass->aggregate, sentence);
		fs_aggregate_mentions(pass->aggregate, pass->mentions, batch->nmentions[i], NULL);
		named += sentence->ntokens;
	}
	if (doc->wants & FS_WANT_METRICS && !pass->in_title)
		read_batch_metrics(pass);
	batch->n = batch->ntokens = 0;
}

static void
read_text(Pass *pass, FsText text)
{
	FsScan	  *scan;
	FsSentence sentence;

	if (text.len == 0)
		return;
	scan = fs_scan_start(pass->arena, text, 0, text.len);
	while (fs_scan_next(scan, &sentence))
	{
		if (!pass->batch)
			read_sentence(pass, &sentence);
		else
		{
			if (!batch_takes(pass->batch, &sentence))
				read_batch(pass);
			batch_add(pass->batch, &sentence);
		}
	}
	if (pass->batch)
		read_batch(pass);
}

/* Refuse what is too long; offset 0 is the body, 1 the title. */
static bool
check_length(FsText body, FsText title, FsError *error)
{
	if (body.len <= FS_TEXT_MAX && title.len <= FS_TEXT_MAX)
		return true;
	error->status = FS_TEXT_TOO_LONG;
	error->offset = body.len > FS_TEXT_MAX ? 0 : 1;
	error->length = body.len > FS_TEXT_MAX ? body.len : title.len;
	return false;
}

const FsDocument *
fs_document_read(FsArena *arena, FsText body, FsText title, unsigned wants, FsError *error)
{
	return fs_document_read_with(arena, body, title, wants, NULL, error);
}

const FsDocument *
fs_document_read_with(FsArena *arena, FsText body, FsText title, unsigned wants, const FsKnowledge *knowledge,
					  FsError *error)
{
	FsDocument *doc;
	Pass	   *pass;

	memset(error, 0, sizeof(*error));
	if (!check_length(body, title, error))
		return NULL;
	doc = fs_alloc0(arena, sizeof(FsDocument));
	doc->body = body;
	doc->title = title;
	if (knowledge)
		doc->knowledge = memcpy(fs_alloc(arena, sizeof(*knowledge)), knowledge, sizeof(*knowledge));
	doc->wants = with_prerequisites(wants);
	pass = start_pass(arena, doc);
	pass->in_title = true;
	read_text(pass, title);
	pass->in_title = false;
	read_text(pass, body);
	fs_aggregate_finish(pass->aggregate);
	return doc;
}

bool
fs_target_score(FsArena *arena, FsText body, FsText target, int32_t *score, FsError *error)
{
	FsDocument doc = { .wants = FS_WANT_COMPANIES | FS_WANT_TARGETS };
	FsTarget   wanted;
	Pass	  *pass;
	FsScan	  *scan;
	FsSentence sentence;
	int64_t	   sum = 0;
	int64_t	   weights = 0;
	bool	   post = false;

	memset(error, 0, sizeof(*error));
	*score = 0;
	if (!check_length(body, target, error))
		return false;
	if (body.len == 0 || !fs_target_init(arena, target, &wanted))
		return false;
	doc.body = body;
	pass = start_pass(arena, &doc);
	scan = fs_scan_start(arena, body, 0, body.len);
	while (fs_scan_next(scan, &sentence))
	{
		int nmentions = fs_mentions_find(pass->mention_state, &sentence, pass->mentions, pass->named);
		int nevents;
		int count;
		int at;

		count = fs_target_find(&wanted, &sentence, pass->mentions, nmentions, 0, &at);
		if (count == 0)
			continue;
		fs_target_mark(pass->named, at, count);
		fs_parse_sentence(&sentence, pass->named, &pass->parse);
		nevents = fs_rules_apply(&pass->parse, pass->events);
		fs_view_start(&pass->parse, pass->events, nevents, 1, pass->view);
		sum += fs_sentiment_toward(pass->view, fs_unit_of_token(&pass->parse, at)).score;
		weights++;
		post = (sentence.flags & FS_S_POST) != 0;
	}
	if (weights == 0)
		return false;
	*score = (int32_t) (sum / weights);
	/* a post speaks of its target in all it says, not only where it names it */
	if (post)
		*score = (*score + fs_document_read(arena, body, (FsText){ "", 0 }, FS_WANT_SCORE, error)->score) / 2;
	return true;
}
