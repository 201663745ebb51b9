/*
 * metric_survey.c - level 5: one look at a sentence before its amounts are bound.
 *
 * The binding asks of its neighbours again and again which of them name a
 * metric, move, plan or are of a period.  Here every unit is asked once; the
 * answers are sets, one bit a unit, so that a search passes over all units that
 * do not matter at a stroke.
 */
#include "metric_impl.h"

/* What is known of a unit, one byte; the first four as its entry has them (FsSays). */
enum Bits
{
	BIT_METRIC = FS_SAYS_METRIC >> 4,
	BIT_MOVES = FS_SAYS_MOVES >> 4,
	BIT_DATED = FS_SAYS_DATED >> 4,
	BIT_PLANS = FS_SAYS_PLANS >> 4,
	BIT_WORD = 16,
	BIT_AMOUNT = 32,
	BIT_STOP = 64,	  /* ; and | */
	BIT_CLOSER = 128, /* wants a second look */
};

static const uint8_t type_bits[] = {
	[FS_U_WORD] = BIT_WORD,	  [FS_U_QUANTITY] = BIT_AMOUNT | BIT_CLOSER,
	[FS_U_NAME] = BIT_CLOSER, [FS_U_DATE] = BIT_DATED,
	[FS_U_OWN] = BIT_CLOSER,
};

static const uint8_t stop_bits[128] = { [';'] = BIT_STOP, ['|'] = BIT_STOP };

/* Sets of one block of 64 units. */
typedef struct Block
{
	uint64_t metric, moves, dated, plans, words, amounts, stops, closer;
} Block;

/* Whether a name or phrase makes amounts a forecast or hypothetical by its first or last word. */
static bool
plans_within(const FsParse *parse, const FsUnit *u)
{
	const FsToken *tokens = &parse->sentence->tokens[u->token];

	if (u->type == FS_U_WORD && u->classes == 0)
		return false;
	switch (tokens[0].term)
	{
		case FS_W_if:
		case FS_W_would:
		case FS_W_unless:
		case FS_W_planned:
		case FS_W_targeted:
			return true;
		default:
			return fs_plan_word(tokens[0].term) ||
				   (u->type == FS_U_WORD && tokens[u->count - 1].term == FS_W_outlook);
	}
}

/* Units of more than a word, and those without an entry. */
static void
look_closer(const FsParse *parse, int first, Block *block)
{
	uint64_t metric = block->metric & block->words; /* a word */

	for (uint64_t bits = block->closer; bits != 0; bits &= bits - 1)
	{
		const FsUnit *u = &parse->units[first + __builtin_ctzll(bits)];
		uint64_t	  bit = bits & -bits;

		if (u->type == FS_U_QUANTITY)
		{
			block->dated |= parse->quantities[u->quantity].kind == FS_UNIT_COUNT ? bit : 0;
			continue; /* no word of plans begins an amount */
		}
		/* a name may be one of an index or a commodity */
		if (u->type == FS_U_NAME && parse->sentence->tokens[u->token].term > FS_TERM_NUMBER)
			metric |= bit;
		else if (u->type == FS_U_WORD && u->classes & FS_C_NAMES_METRIC)
			metric |= bit;
		if (plans_within(parse, u))
			block->plans |= bit;
	}
	block->metric = metric;
}

/* The bits of one kind of eight units, at their place in the block. */
#define PLACED(bits, kind, at) (fs_trait_bits(bits, kind) << (at))

/* The sets of up to 64 units from the first on. */
static Block
survey_block(const FsParse *parse, int first)
{
	Block		  block = { 0 };
	const FsUnit *units = &parse->units[first];
	const int	  n = parse->nunits - first < 64 ? parse->nunits - first : 64;

	for (int at = 0; at < n; at += 8)
	{
		uint64_t bits = 0;

		for (int i = at; i < at + 8 && i < n; i++)
		{
			const FsUnit *u = &units[i];
			unsigned	  b = fs_entry(u->term)->says >> 4 | type_bits[u->type];

			b |= stop_bits[u->ch & 127] | (u->count > 1) * BIT_CLOSER;
			bits |= (uint64_t) b << (i - at) * 8;
		}
		block.metric |= PLACED(bits, BIT_METRIC, at);
		block.moves |= PLACED(bits, BIT_MOVES, at);
		block.dated |= PLACED(bits, BIT_DATED, at);
		block.plans |= PLACED(bits, BIT_PLANS, at);
		block.words |= PLACED(bits, BIT_WORD, at);
		block.amounts |= PLACED(bits, BIT_AMOUNT, at);
		block.stops |= PLACED(bits, BIT_STOP, at);
		block.closer |= PLACED(bits, BIT_CLOSER, at);
	}
	look_closer(parse, first, &block);
	return block;
}

/* Which of the words are verbs of price moves before an amount. */
static uint64_t
price_verbs(const FsUnit *units, uint64_t words)
{
	uint64_t verbs = 0;

	for (uint64_t bits = words; bits != 0; bits &= bits - 1)
		if (fs_entry(units[__builtin_ctzll(bits)].term)->tells >= FS_TELLS_RISE)
			verbs |= bits & -bits;
	return verbs;
}

/* See metric_impl.h. */
void
fs_metric_survey(FsMetricReader *r)
{
	const FsParse *parse = r->parse;
	uint64_t	   dated = 0;
	uint64_t	   planned = 0;
	uint64_t	   listed = parse->nunits > 64;
	uint64_t	   carried = 0; /* the first unit of the block behind is an amount */

	for (int b = (parse->nunits - 1) / 64; b >= 0; b--)
	{
		Block	 block = survey_block(parse, b * 64);
		uint64_t named = 0;
		uint64_t before; /* words right before an amount */

		r->amounts.bits[b] = block.amounts;
		before = block.words & ~block.moves & (block.amounts >> 1 | carried << 63);
		r->moving.bits[b] = (block.words & block.moves) | price_verbs(&parse->units[b * 64], before);
		r->dated.bits[b] = block.dated;
		r->planned.bits[b] = block.plans;
		r->stops.bits[b] = block.stops & ~block.words;
		listed |= block.amounts & (block.amounts << 2 | block.amounts << 3);
		carried = block.amounts & 1;
		dated |= block.dated;
		planned |= block.plans;
		for (uint64_t bits = block.metric; bits != 0; bits &= bits - 1)
		{
			int i = b * 64 + __builtin_ctzll(bits);

			if (fs_name_metric(parse, i, &r->found[i]))
				named |= bits & -bits;
		}
		r->named.bits[b] = named;
	}
	r->any_dated = dated != 0;
	r->any_planned = planned != 0;
	r->any_listed = listed != 0;
}
