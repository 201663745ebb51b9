/*
 * metric_impl.h - level 5: what the files of the metric reader share.
 *
 * metric_survey.c looks through the sentence, metric_name.c names the metric of a unit, metric_noun.c finds the noun that
 * governs an amount, metric_refine.c its name where the amount matters,
 * metric_slot.c its place in the row, metric_context.c what stands around it,
 * metric_period.c its periods, metric_list.c reads lists of years, metric.c binds.
 */
#ifndef FS_METRIC_IMPL_H
#define FS_METRIC_IMPL_H

#include "metric.h"

/* A quantity looks at so many units to its left, at most. */
#define FS_METRIC_WINDOW 48

/* What joins a quantity to what stands before it. */
typedef enum FsJoint
{
	FS_J_NONE, /* nothing: apposition, headline */
	FS_J_TO,
	FS_J_FROM,
	FS_J_BY,
	FS_J_OF,
	FS_J_AT,
	FS_J_IN,
	FS_J_ON,
	FS_J_FOR,
	FS_J_OR,
	FS_J_BE, /* was, were, is, totaled, stood at */
	FS_J_AND,
	FS_J_COMPARE, /* compared with, versus, against */
} FsJoint;

/* The metric that a noun names. */
typedef struct FsNoun
{
	int		unit; /* -1: none */
	FsSpan	span;
	FsValue name; /* canonical, 0: as written */
	bool	flip; /* a loss: the value is negative */
	bool	bad;  /* class metric-bad: to improve is to fall */
	bool	cue;  /* a verb or deal word, weaker than a noun */
} FsNoun;

/* A set of units of a sentence. */
typedef struct FsUnitSet
{
	uint64_t bits[FS_SENTENCE_TOKENS / 64];
} FsUnitSet;

/* Whether the unit, which may lie outside the sentence, is in the set. */
static inline bool
fs_set_has(const FsUnitSet *set, int nunits, int unit)
{
	return (unsigned) unit < (unsigned) nunits && (set->bits[unit / 64] >> (unit & 63) & 1);
}

/* The last unit of the set in [from, to), -1 if there is none; to is no more than the number of units. */
static inline int
fs_set_last(const FsUnitSet *set, int from, int to)
{
	if (from < 0)
		from = 0;
	for (int end = to; end > from; end = (end - 1) / 64 * 64)
	{
		uint64_t bits = set->bits[(end - 1) / 64] << (63 - ((end - 1) & 63));

		if (bits != 0)
		{
			int unit = end - 1 - __builtin_clzll(bits);

			return unit >= from ? unit : -1;
		}
	}
	return -1;
}

/* The first unit of the set in [from, to), to if there is none. */
static inline int
fs_set_first(const FsUnitSet *set, int from, int to)
{
	if (from < 0)
		from = 0;
	for (int begin = from; begin < to; begin = (begin / 64 + 1) * 64)
	{
		uint64_t bits = set->bits[begin / 64] >> (begin & 63);

		if (bits != 0)
		{
			int unit = begin + __builtin_ctzll(bits);

			return unit < to ? unit : to;
		}
	}
	return to;
}

/* One sentence being read. */
typedef struct FsMetricReader
{
	const FsParse	*parse;
	FsText			 text;
	const FsMention *mentions;
	int				 nmentions;
	FsMetricState	*state;
	bool			 last_prior; /* the last quantity was a prior */
	int				 idle;		 /* unit of the last count of time or points, -1 if none */
	bool			 respective; /* "respectively" stands in it */
	FsUnitSet		 amounts;	 /* quantities */
	FsUnitSet		 named;		 /* nouns that name a metric: found has them */
	FsUnitSet		 moving;	 /* what fs_unit_direction can give a direction */
	FsUnitSet		 dated;		 /* what can be of a period: fs_unit_dated */
	FsUnitSet		 planned;	 /* words that make amounts forecasts or hypothetical */
	FsUnitSet		 stops;		 /* ; and | */
	bool			 any_dated;
	bool			 any_planned;
	bool			 any_listed; /* amounts stand so near to another that fs_listed may hold */
	int				 n;			 /* rows so far */
	FsMetric		*rows;
	FsNoun			 nouns[FS_METRICS_MAX];		  /* the noun of each row */
	int				 units[FS_METRICS_MAX];		  /* the unit of each row's last quantity */
	int				 first_units[FS_METRICS_MAX]; /* and of its first */
	int				 prior_units[FS_METRICS_MAX]; /* and of its earlier value, -1 if none */
	FsNoun			 found[FS_SENTENCE_TOKENS];	  /* the metrics that units name, those of named */
} FsMetricReader;

/* A quantity with what surrounds it. */
typedef struct FsAmount
{
	const FsQuantity *q;
	int				  unit;
	int				  previous; /* unit of the quantity before, -1 if none */
	int				  at;		/* the joining unit */
	FsJoint			  joint;
	FsNoun			  noun;
	bool			  own_noun; /* the noun stands nearer than the last quantity */
	bool			  per_share;
	bool			  growth; /* the noun is of a list that ends in "growth" */
	bool			  moved;  /* a direction stands right before or after */
	FsDirection		  beside; /* that direction */
	FsDirection		  direction;
} FsAmount;

/* The quantity of a unit. */
static inline const FsQuantity *
fs_quantity_of(const FsParse *parse, int unit)
{
	return &parse->quantities[parse->units[unit].quantity];
}

/* The word that a unit is, if it is a single one. */
static inline FsTerm
fs_unit_word(const FsParse *parse, int unit)
{
	const FsUnit *u;

	if (unit < 0 || unit >= parse->nunits)
		return FS_TERM_NONE;
	u = &parse->units[unit];
	return u->count == 1 ? parse->sentence->tokens[u->token].term : FS_TERM_NONE;
}

/* Whether the word alone makes its amount a forecast. */
static inline bool
fs_plan_word(FsTerm word)
{
	switch (word)
	{
		case FS_W_could:
		case FS_W_may:
		case FS_W_sees:
		case FS_W_see:
		case FS_W_might:
		case FS_W_should:
			return true;
		default:
			return false;
	}
}

/* Whether the unit is this single word (FS_W_...). */
static inline bool
fs_unit_is(const FsParse *parse, int unit, FsTerm word)
{
	return fs_unit_word(parse, unit) == word;
}

/* The last word of a unit. */
static inline FsTerm
fs_unit_last(const FsParse *parse, int unit)
{
	const FsUnit *u;

	if (unit < 0 || unit >= parse->nunits)
		return FS_TERM_NONE;
	u = &parse->units[unit];
	return u->type == FS_U_WORD ? parse->sentence->tokens[u->token + u->count - 1].term : FS_TERM_NONE;
}

/* The first word of a unit. */
static inline FsTerm
fs_unit_first(const FsParse *parse, int unit)
{
	const FsUnit *u;

	if (unit < 0 || unit >= parse->nunits)
		return FS_TERM_NONE;
	u = &parse->units[unit];
	return u->type == FS_U_WORD ? parse->sentence->tokens[u->token].term : FS_TERM_NONE;
}

/* Whether the unit's last word is this. */
static inline bool
fs_unit_ends(const FsParse *parse, int unit, FsTerm word)
{
	return fs_unit_last(parse, unit) == word;
}

/* Whether the unit's entry has one of the classes. */
static inline bool
fs_unit_has(const FsParse *parse, int unit, uint64_t classes)
{
	return unit >= 0 && unit < parse->nunits && parse->units[unit].classes & classes;
}

static inline bool
fs_is_quantity(const FsParse *parse, int unit)
{
	return unit >= 0 && unit < parse->nunits && parse->units[unit].type == FS_U_QUANTITY;
}

static inline bool
fs_unit_ch(const FsParse *parse, int unit, char ch)
{
	return unit >= 0 && unit < parse->nunits && parse->units[unit].type == FS_U_PUNCT &&
		   parse->units[unit].ch == (uint8_t) ch;
}

/* Classes of a phrase that can have the name of its metric at either end: "sales decline". */
#define FS_C_NAMES_METRIC (FS_C_DIRECTION | FS_C_POLARITY | FS_C(TO_PROFIT) | FS_C(TO_LOSS))

/* The metric that the unit, a word or name, names; false if it names none. */
extern bool fs_name_metric(const FsParse *parse, int unit, FsNoun *noun);

/* The metric that the unit names; unit -1 in the answer if it names none. */
static inline FsNoun
fs_metric_noun(const FsMetricReader *r, int unit)
{
	return fs_set_has(&r->named, r->parse->nunits, unit) ? r->found[unit] : (FsNoun){ .unit = -1 };
}

/* The metric that a verb or deal word (acquire, raises, fined) gives an amount of this kind. */
extern FsNoun fs_metric_cue(const FsParse *parse, int unit, const FsQuantity *quantity);

/* The last unit in [stop, unit) that can be such a word, -1 if there is none. */
extern int fs_cue_before(const FsParse *parse, int stop, int unit);

/* What is known of canonical names. */
enum FsMetricBits
{
	FS_M_PERCENT = 1, /* its level is a percentage */
	FS_M_MARKET = 2,  /* a market price, which many sentences name beside other amounts */
};

extern const uint8_t fs_metric_bits[FS_VALUE_END];

/* Whether the level of a noun without a canonical name, or of a tax, is a percentage. */
extern bool fs_written_in_percent(FsText text, const FsNoun *noun);

/* Whether the metric's level is a percentage. */
static inline bool
fs_metric_percent_level(FsText text, const FsNoun *noun)
{
	if (noun->unit < 0)
		return false;
	if (noun->name == 0 || noun->name == FS_V_tax)
		return fs_written_in_percent(text, noun);
	return fs_metric_bits[noun->name] & FS_M_PERCENT;
}

/* The metric of counted things ("111 million customers"), 0 if none. */
extern FsValue fs_metric_of_count(FsText text, FsSpan noun);

/* A word with its length. */
typedef struct FsWord
{
	uint32_t	len;
	const char *text;
} FsWord;

#define FS_WORD(word)                                                                                                \
	{                                                                                                                \
		sizeof(word) - 1, word                                                                                       \
	}

/* Whether the noun's metric is this (FS_V_...). */
static inline bool
fs_noun_is(const FsNoun *noun, FsValue name)
{
	return noun->unit >= 0 && noun->name == name;
}

/* How the quantity at the unit is joined; *at receives the joining unit. */
extern FsJoint fs_joint(const FsParse *parse, int unit, int *at);

/* The place of a quantity in its row. */
typedef enum FsSlot
{
	SLOT_VALUE,
	SLOT_CHANGE,
	SLOT_PRIOR,
	SLOT_CONSENSUS,
} FsSlot;

/* The direction that stands right before or after the quantity. */
extern FsDirection fs_adjacent_direction(const FsMetricReader *r, const FsAmount *rd);

/* Sign written before the amount: '+', '-' or 0. */
extern int fs_written_sign(const FsParse *parse, const FsQuantity *q);

/* Whether it is "an increase in costs of $5 million". */
extern bool fs_increase_of(const FsParse *parse, const FsAmount *rd);

/* Look through the sentence once: fills the reader's sets and names its nouns. */
extern void fs_metric_survey(FsMetricReader *r);

/* What place the quantity takes. */
extern FsSlot fs_slot_of(const FsMetricReader *r, FsAmount *rd);

/* Whether a count is of time or of another thing no metric counts. */
extern bool fs_idle_count(const FsParse *parse, const FsQuantity *q);

/* Whether the noun itself says growth: "net sales growth of 5%". */
extern bool fs_growth_noun(const FsMetricReader *r, const FsNoun *noun);

/* Direction of the row from the words between noun and quantity, or beside it. */
extern FsDirection fs_row_direction(const FsMetricReader *r, const FsAmount *rd, FsSlot slot);

/* A move of a price without a noun: "Ford dropped 5%", then "and Magna 3%". */
extern bool fs_price_move(FsMetricReader *r, FsAmount *rd);

/* Whether "a share", "per diluted share", "apiece" follows the unit. */
extern bool fs_per_share_after(const FsParse *parse, int unit);

/* Whether a verb of cutting stands before the amount. */
extern bool fs_cuts_before(const FsParse *parse, const FsAmount *rd);

/* Names that depend on the amount: per share, dividends, share prices, multiples. */
extern void fs_refine_noun(const FsMetricReader *r, FsAmount *rd);

/*
 * "compared to a loss of EUR 65mn": the noun repeats that of the row before, the
 * joint is the one before it, and loss against profit changes the sign.
 */
extern void fs_loss_reference(const FsMetricReader *r, FsAmount *rd);

/* Whether the row's metric is this (FS_V_...). */
static inline bool
fs_row_named(const FsMetric *row, FsValue name)
{
	return row->metric == name;
}

/* The unit after the amount, past a bracketed conversion. */
static inline int
fs_after_quantity(const FsParse *parse, int unit)
{
	int i = unit + 1;

	return fs_unit_ch(parse, i, '(') && fs_is_quantity(parse, i + 1) && fs_unit_ch(parse, i + 2, ')') ? i + 3 : i;
}

/* Settle which noun governs the amount. */
extern void fs_find_noun(const FsMetricReader *r, FsAmount *amount);

/* The direction that a unit says of the metric, FS_DIR_NONE if none. */
extern FsDirection fs_unit_direction(const FsParse *parse, int unit, const FsNoun *noun);

/* The same where the survey knows that most units have none. */
static inline FsDirection
fs_direction_at(const FsMetricReader *r, int unit, const FsNoun *noun)
{
	return fs_set_has(&r->moving, r->parse->nunits, unit) ? fs_unit_direction(r->parse, unit, noun) : FS_DIR_NONE;
}

/* Direction of a change, from units in (from, to), nearest to the last first. */
extern FsDirection fs_direction_between(const FsMetricReader *r, int from, int to, const FsNoun *noun);

/* Whether the quantity is what analysts expected; previous is the unit of the quantity before. */
extern bool fs_is_consensus(const FsParse *parse, int unit, int previous);

extern FsBasis fs_basis_of(const FsMetricReader *r, int unit);

/* Periods named near a row's quantities. */
extern void fs_find_periods(const FsMetricReader *r, int row, FsSpan *period, FsSpan *prior);

/* Year of a unit ("2020", "fiscal 2020"), 0 if it is none. */
extern unsigned fs_unit_year(const FsParse *parse, int unit);

/* The company that a quantity belongs to. */
extern void fs_metric_company(const FsMetricReader *r, int unit, FsMetric *row);

/* Whether only commas and "and" stand between two units. */
extern bool fs_listed(const FsParse *parse, int a, int b);

/* Whether the sentence says "respectively". */
extern bool fs_says_respectively(const FsParse *parse);

/* "Revenue and profit were $5 billion and $1 billion, respectively": give the amount its noun of the list. */
extern void fs_respective_noun(const FsMetricReader *r, FsAmount *rd);

/* Merge rows of one list ("$1, $2 and $3 in 2018, 2019 and 2020") into value, prior and older. */
extern void fs_merge_years(FsMetricReader *r);

#endif /* FS_METRIC_IMPL_H */
