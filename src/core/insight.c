/*
 * insight.c - level 9: risks, catalysts, outlook: sentences by kind, with horizons.
 *
 * A sentence is of a kind when it holds a cue of the kind (src/data/lexicon/
 * cue.tsv) or when its units stand in one of these relations:
 *
 *     risk          a word of doubt before a bad one: "could hurt margins",
 *                   or soon before a fall of what is no cost: "sales may drop"
 *                   a condition that ends badly: "if rates rose, it would ..."
 *                   a cue that counts only when denied: "cannot rule out"
 *     catalyst      could, may, might soon before a good word, and no bad one:
 *                   "could lift sales"; a condition that ends well
 *     outlook       a verb of the future; a time horizon (horizon.h); a
 *                   condition that ends well; every guidance
 *     guidance      a company that expects a number
 *     consensus     analysts and, within a few words, an expectation
 *
 * Worked example: "Over the next 3-6 months margins should widen; over 12-24
 * months the main risk is pricing."  Two stretches between semicolons, each
 * with a horizon, so each is judged alone: outlook [3,6] with the first clause
 * as its place, and risk [12,24] and outlook [12,24] with the second.  When
 * fewer than two stretches have a horizon the sentence is one whole.
 *
 * A short question hands its kinds on: "The biggest risk?  Everyone owns it."
 *
 * Limits: irony, risks told as plain facts ("a rival keeps winning orders")
 * and conditions without a word of condition are not found.  "Risk appetite",
 * "risk management" and a risk that recedes are no risks.
 */
#include "horizon.h"
#include "insight.h"

#define NEAR 4			/* units between two words that belong together */
#define SEGMENTS_MAX 16 /* stretches between semicolons; the rest is one */

#define KIND(kind) (1u << FS_INSIGHT_##kind)

/* A stretch between semicolons. */
typedef struct Segment
{
	int		 first; /* units */
	int		 end;	/* exclusive */
	unsigned kinds;
	int		 horizon; /* first of its horizons */
	int		 nhorizons;
} Segment;

typedef struct Reader
{
	FsArena			 *arena;
	const FsDocument *document;
	FsParse			  parse;
	uint8_t			 *named;	 /* FS_SENTENCE_TOKENS */
	uint32_t		  mention;	 /* first mention of the sentence */
	uint32_t		  nmentions; /* of the sentence */
	unsigned		  carried;	 /* kinds that a short question hands on */
	FsInsight		 *insights;
	uint32_t		  ninsights;
	uint32_t		  room;
} Reader;

const char *
fs_insight_kind_name(FsInsightKind kind)
{
	static const char *const names[] = { "risk",	   "catalyst",	"outlook",	   "guidance",
										 "competitor", "consensus", "second_order" };

	return names[kind];
}

/* Whether the unit's first word is one of a blank-separated list. */
static bool
unit_is(const Reader *reader, int unit, const char *list)
{
	const FsParse *parse = &reader->parse;

	return unit >= 0 && unit < parse->nunits &&
		   fs_token_in(parse->sentence->text, &parse->sentence->tokens[parse->units[unit].token], list);
}

/* Whether one of the few units before has the class. */
static bool
class_before(const Reader *reader, int unit, int first, int steps, uint64_t classes)
{
	for (int i = unit - 1; i >= first && i >= unit - steps; i--)
		if (reader->parse.units[i].classes & classes)
			return true;
	return false;
}

/* A risk word that speaks of no risk: "risk appetite", "risk-free", "fears eased". */
static bool
no_risk(const Reader *reader, int unit)
{
	const FsUnit *next = unit + 1 < reader->parse.nunits ? &reader->parse.units[unit + 1] : NULL;

	if (unit_is(reader, unit + 1,
				"free appetite management manager managers officer assets asset premium premiums "
				"averse aversion adjusted weighted on off reward profile factors"))
		return true;
	if (unit_is(reader, unit - 1, "low lower little no without de"))
		return true;
	return next && (next->classes & FS_C(DOWN)) && (next->classes & FS_C(VERB));
}

/* Kinds that the unit's own cues give. */
static unsigned
cue_kinds(const Reader *reader, int unit, int first)
{
	const FsUnit *u = &reader->parse.units[unit];
	unsigned	  kinds = 0;

	if (u->classes & FS_C(RISK))
	{
		bool negated = strcmp(fs_entry_value(u->term), "negated") == 0;

		if (negated ? class_before(reader, unit, first, 3, FS_C(NEGATOR)) : !no_risk(reader, unit))
			kinds |= KIND(RISK);
	}
	if (u->classes & FS_C(CATALYST))
		kinds |= KIND(CATALYST);
	if (u->classes & FS_C(OUTLOOK))
		kinds |= KIND(OUTLOOK);
	if (u->classes & FS_C(GUIDANCE))
		kinds |= KIND(GUIDANCE);
	if (u->classes & FS_C(COMPETITOR))
		kinds |= KIND(COMPETITOR);
	if (u->classes & FS_C(CONSENSUS))
		kinds |= KIND(CONSENSUS);
	if (u->classes & FS_C(SECOND_ORDER))
		kinds |= KIND(SECOND_ORDER);
	return kinds;
}

#define ANY_CUE                                                                                                      \
	(FS_C(RISK) | FS_C(CATALYST) | FS_C(OUTLOOK) | FS_C(GUIDANCE) | FS_C(COMPETITOR) | FS_C(CONSENSUS) |             \
	 FS_C(SECOND_ORDER))

/* A quantity that a forecast can be about: money, a share, a scaled number. */
static bool
is_amount(const Reader *reader, const FsUnit *unit)
{
	return unit->type == FS_U_QUANTITY && fs_quantity_reported(&reader->parse.quantities[unit->quantity]);
}

/* What a unit's first word is to the relations between units. */
enum WordTraits
{
	WORD_DOUBT = 1, /* could, may, might, would */
	WORD_IF = 2,
	WORD_WERE = 4,	 /* were, should: a condition where it opens a clause */
	WORD_MODAL = 8,	 /* a condition's other half */
	WORD_WOULD = 16, /* after a company: foresees */
	WORD_FORESEE = 32,
	WORD_COMPANY = 64, /* stands for a company's name */
	WORD_PAST = 128,   /* before a verb of the future: had expected */
	WORD_AHEAD = 256,  /* should, ought */
};

/* Sorted, for binary search. */
static const struct
{
	const char *word;
	unsigned	traits;
} trait_words[] = {
	{ "anticipates", WORD_FORESEE },
	{ "as", WORD_PAST },
	{ "can", WORD_MODAL },
	{ "company", WORD_COMPANY },
	{ "could", WORD_DOUBT | WORD_MODAL },
	{ "estimates", WORD_FORESEE },
	{ "expect", WORD_FORESEE },
	{ "expecting", WORD_FORESEE },
	{ "expects", WORD_FORESEE },
	{ "faces", WORD_MODAL },
	{ "firm", WORD_COMPANY },
	{ "forecasting", WORD_FORESEE },
	{ "forecasts", WORD_FORESEE },
	{ "group", WORD_COMPANY },
	{ "guides", WORD_FORESEE },
	{ "had", WORD_PAST },
	{ "if", WORD_IF },
	{ "it", WORD_COMPANY },
	{ "management", WORD_COMPANY },
	{ "may", WORD_DOUBT | WORD_MODAL },
	{ "might", WORD_DOUBT | WORD_MODAL },
	{ "must", WORD_MODAL },
	{ "officials", WORD_COMPANY },
	{ "ought", WORD_AHEAD },
	{ "predicts", WORD_FORESEE },
	{ "projecting", WORD_FORESEE },
	{ "projects", WORD_FORESEE },
	{ "see", WORD_FORESEE },
	{ "sees", WORD_FORESEE },
	{ "should", WORD_AHEAD | WORD_WOULD | WORD_WERE },
	{ "targets", WORD_FORESEE },
	{ "than", WORD_PAST },
	{ "unless", WORD_IF },
	{ "was", WORD_PAST },
	{ "we", WORD_COMPANY },
	{ "were", WORD_WERE | WORD_PAST },
	{ "will", WORD_MODAL },
	{ "would", WORD_DOUBT | WORD_MODAL | WORD_WOULD },
};

/* The traits of a unit's first word, 0 for most. */
static unsigned
word_traits(const Reader *reader, int unit)
{
	const FsParse *parse = &reader->parse;
	const FsToken *token = &parse->sentence->tokens[parse->units[unit].token];
	char		   folded[FS_WORD_BYTES + 1];
	size_t		   low = 0;
	size_t		   high = sizeof(trait_words) / sizeof(trait_words[0]);

	if (token->kind != FS_WORD || token->foldlen < 2 || token->foldlen > 11 || parse->units[unit].type != FS_U_WORD)
		return 0;
	folded[fs_token_fold(parse->sentence->text, token, folded)] = '\0';
	while (low < high)
	{
		size_t mid = (low + high) / 2;
		int	   order = strcmp(folded, trait_words[mid].word);

		if (order == 0)
			return trait_words[mid].traits;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return 0;
}

/* What the units of a segment have, as far as relations between them ask. */
typedef struct Traits
{
	bool doubt;
	bool doubt_bad; /* a bad word after doubt */
	bool hope;		/* a good one soon after could, may, might */
	bool cost;		/* a metric of which less is better */
	bool condition;
	bool modal;
	bool bad;
	bool good;
	bool future;
	bool foresees;		  /* a company that expects, sees, forecasts */
	bool company;		  /* named before that verb */
	bool foreseen_amount; /* an amount after that verb */
	bool consensus;		  /* analysts near an expectation */
	int	 hoped;			  /* units to go in which hope is looked for */
	int	 analysts;		  /* ... in which an expectation is theirs */
	int	 expectation;
} Traits;

/* Good and bad words, and which of them come after doubt or denial. */
static void
add_polarity(const Reader *reader, int unit, int first, Traits *traits)
{
	const FsUnit *u = &reader->parse.units[unit];
	bool falls = traits->hoped > 0 && !traits->cost && (u->classes & FS_C(DOWN)) && (u->classes & FS_C(VERB));
	bool bad = (u->classes & (FS_C(NEGATIVE) | FS_C(WORSEN))) != 0 || falls;
	bool good = (u->classes & (FS_C(POSITIVE) | FS_C(IMPROVE) | FS_C(UP))) != 0;

	traits->cost |= (u->classes & FS_C(BAD)) != 0;
	if (!bad && !good)
		return;
	if (class_before(reader, unit, first, 2, FS_C(NEGATOR)))
		traits->bad |= good;
	else
	{
		traits->bad |= bad;
		traits->good |= good;
		traits->doubt_bad |= bad && traits->doubt;
		traits->hope |= good && traits->hoped > 0;
	}
}

/* Fold one unit into the traits; before is what the unit before it is. */
static void
add_traits(const Reader *reader, int unit, int first, unsigned word, unsigned before, Traits *traits)
{
	const FsUnit *u = &reader->parse.units[unit];

	add_polarity(reader, unit, first, traits);
	if (u->type == FS_U_NAME || u->type == FS_U_TICKER || (word & WORD_COMPANY))
		traits->company = true;
	if (traits->foresees && is_amount(reader, u))
		traits->foreseen_amount = true;
	if (u->classes & FS_C(ANALYST))
		traits->analysts = NEAR;
	if (u->classes & (FS_C(EXPECT) | FS_C(FUTURE)))
		traits->expectation = NEAR;
	traits->consensus |= traits->analysts > 0 && traits->expectation > 0;
	traits->analysts--;
	traits->expectation--;
	traits->hoped--;
	if ((u->classes & FS_C(FUTURE)) && !(before & WORD_PAST))
		traits->future = true;
	if (word == 0)
		return;
	if ((word & WORD_IF) ||
		((word & WORD_WERE) && (unit == first || reader->parse.units[unit - 1].type == FS_U_PUNCT)))
		traits->condition = true;
	if (word & WORD_DOUBT)
	{
		traits->doubt = true;
		traits->hoped = word & WORD_WOULD ? 0 : NEAR;
	}
	traits->modal |= (word & WORD_MODAL) != 0;
	traits->future |= (word & WORD_AHEAD) != 0;
	if (traits->company && ((word & WORD_FORESEE) || ((word & WORD_WOULD) && !traits->condition)) &&
		!(before & WORD_PAST))
		traits->foresees = true;
}

/* Kinds of a segment. */
static unsigned
segment_kinds(const Reader *reader, int first, int end, int32_t score)
{
	Traits	 traits = { 0 };
	unsigned kinds = 0;
	unsigned before = 0;

	for (int i = first; i < end; i++)
	{
		unsigned word = word_traits(reader, i);

		if (reader->parse.units[i].classes & ANY_CUE)
			kinds |= cue_kinds(reader, i, first);
		add_traits(reader, i, first, word, before, &traits);
		before = word;
	}
	if (traits.doubt_bad)
		kinds |= KIND(RISK);
	else if (traits.hope && !traits.bad)
		kinds |= KIND(CATALYST);
	if (traits.condition && traits.modal)
	{
		if (traits.bad || score <= -1200)
			kinds |= KIND(RISK);
		if (traits.good)
			kinds |= KIND(CATALYST) | KIND(OUTLOOK);
	}
	else if (traits.foreseen_amount)
		kinds |= KIND(GUIDANCE);
	if (traits.future || (kinds & KIND(GUIDANCE)))
		kinds |= KIND(OUTLOOK);
	if (traits.consensus)
		kinds |= KIND(CONSENSUS);
	return kinds;
}

/* Cut the parsed sentence at its semicolons; returns the number of segments. */
static int
find_segments(const Reader *reader, Segment *segments)
{
	int n = 0;
	int first = 0;

	for (int i = 0; i <= reader->parse.nunits; i++)
	{
		bool last = i == reader->parse.nunits;

		if (!last &&
			!(reader->parse.units[i].type == FS_U_PUNCT && reader->parse.units[i].ch == ';' && n < SEGMENTS_MAX - 1))
			continue;
		if (i > first)
			segments[n++] = (Segment){ .first = first, .end = i };
		first = i + 1;
	}
	return n;
}

/* Bytes of a segment; the whole sentence where it is the only one. */
static FsSpan
segment_span(const Reader *reader, const Segment *segment)
{
	if (segment->first == 0 && segment->end == reader->parse.nunits)
		return reader->parse.sentence->span;
	return fs_units_span(&reader->parse, segment->first, segment->end - 1);
}

/* The companies named in a span of the sentence, each once, in order. */
static const FsCompanyId *
companies_in(const Reader *reader, FsSpan span, uint32_t *n)
{
	FsCompanyId *ids = NULL;
	uint32_t	 room = 0;

	*n = 0;
	for (uint32_t i = 0; i < reader->nmentions && i < FS_MENTIONS_MAX; i++)
	{
		const FsMention *mention = &reader->document->mentions[reader->mention + i];
		uint32_t		 k = 0;

		if (mention->company < 0 || mention->as_source || mention->span.start < span.start ||
			fs_span_end(mention->span) > fs_span_end(span))
			continue;
		while (k < *n && ids[k] != mention->company)
			k++;
		if (k == *n)
			*FS_PUSH(reader->arena, ids, *n, room) = mention->company;
	}
	return ids;
}

/* Add one insight a kind and horizon. */
static void
add_insights(Reader *reader, uint32_t sentence, FsSpan span, unsigned kinds, const FsHorizon *horizons, int nhorizons)
{
	uint32_t		   ncompanies;
	const FsCompanyId *companies = companies_in(reader, span, &ncompanies);

	for (int kind = FS_INSIGHT_RISK; kind <= FS_INSIGHT_SECOND_ORDER; kind++)
	{
		if (!(kinds & 1u << kind))
			continue;
		for (int h = 0; h < (nhorizons > 0 ? nhorizons : 1); h++)
		{
			FsInsight *insight = FS_PUSH(reader->arena, reader->insights, reader->ninsights, reader->room);

			*insight = (FsInsight){
				.kind = (uint8_t) kind,
				.has_months = nhorizons > 0,
				.months_low = nhorizons > 0 ? horizons[h].low : 0,
				.months_high = nhorizons > 0 ? horizons[h].high : 0,
				.score = reader->document->sentences[sentence].score,
				.sentence = sentence,
				.span = span,
				.ncompanies = ncompanies,
				.companies = companies,
			};
		}
	}
}

/* Move to the mentions of the sentence and mark their tokens as names. */
static void
read_mentions(Reader *reader, uint32_t sentence, int ntokens)
{
	const FsDocument *d = reader->document;

	memset(reader->named, 0, (size_t) ntokens);
	reader->mention += reader->nmentions;
	reader->nmentions = 0;
	while (reader->mention < d->nmentions &&
		   (d->mentions[reader->mention].in_title || d->mentions[reader->mention].sentence < sentence))
		reader->mention++;
	for (uint32_t i = reader->mention; i < d->nmentions && d->mentions[i].sentence == sentence; i++)
	{
		const FsMention *mention = &d->mentions[i];

		reader->nmentions++;
		if (mention->kind != FS_M_BACK && mention->ntokens > 0 && mention->ntokens < 256 &&
			mention->token + mention->ntokens <= ntokens)
			reader->named[mention->token] = (uint8_t) mention->ntokens;
	}
}

/* The insights of one sentence. */
static void
read_sentence(Reader *reader, const FsSentence *sentence, uint32_t index)
{
	FsHorizon horizons[FS_HORIZONS_MAX];
	Segment	  segments[SEGMENTS_MAX];
	int		  nhorizons = fs_horizons_find(sentence, horizons);
	int		  nsegments;
	int		  timed = 0;
	unsigned  all = 0;
	int		  h = 0;

	read_mentions(reader, index, sentence->ntokens);
	fs_parse_sentence(sentence, reader->named, &reader->parse);
	nsegments = find_segments(reader, segments);
	for (int i = 0; i < nsegments; i++)
	{
		Segment		 *segment = &segments[i];
		const FsUnit *last = &reader->parse.units[segment->end - 1];

		segment->horizon = h;
		while (h < nhorizons && horizons[h].first < last->token + last->count)
			h++;
		segment->nhorizons = h - segment->horizon;
		segment->kinds =
			segment_kinds(reader, segment->first, segment->end, reader->document->sentences[index].score);
		if (segment->nhorizons > 0)
		{
			segment->kinds |= KIND(OUTLOOK);
			timed++;
		}
		all |= segment->kinds;
	}
	all |= reader->carried;
	reader->carried = (sentence->flags & FS_S_QUESTION) && sentence->ntokens <= 6 ? all : 0;
	if (timed >= 2)
		for (int i = 0; i < nsegments; i++)
			add_insights(reader, index, segment_span(reader, &segments[i]), segments[i].kinds,
						 horizons + segments[i].horizon, segments[i].nhorizons);
	else
		add_insights(reader, index, sentence->span, all, horizons, nhorizons);
}

const FsInsight *
fs_insights(FsArena *arena, const FsDocument *document, uint32_t *n)
{
	Reader	   reader = { .arena = arena, .document = document };
	FsSentence sentence;
	FsScan	  *scan;
	uint32_t   index = 0;

	*n = 0;
	if (!document->readable)
		return NULL;
	reader.named = fs_alloc0(arena, FS_SENTENCE_TOKENS);
	fs_parse_init(arena, &reader.parse);
	reader.parse.cues = true;
	scan = fs_scan_start(arena, document->body, 0, document->body.len);
	while (fs_scan_next(scan, &sentence))
	{
		while (index < document->nsentences && ((document->sentences[index].flags & FS_S_TITLE) ||
												document->sentences[index].span.start < sentence.span.start))
			index++;
		if (index >= document->nsentences)
			break;
		if (document->sentences[index].span.start == sentence.span.start)
			read_sentence(&reader, &sentence, index);
	}
	*n = reader.ninsights;
	return reader.insights;
}
