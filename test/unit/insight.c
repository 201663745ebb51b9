/*
 * insight.c - sentences are sorted into kinds, with their horizons and companies.
 */
#include "insight.h"
#include "unit.h"

static const FsInsight *found;
static uint32_t			nfound;

/* The insights of a body as "risk outlook[3,6]". */
static const char *
insights(const char *s)
{
	static char		  out[1024];
	FsError			  error;
	FsText			  body = unit_text(s);
	const FsDocument *document =
		fs_document_read(unit_arena(), body, unit_text(""), FS_WANT_SCORE | FS_WANT_COMPANIES, &error);
	size_t len = 0;

	out[0] = '\0';
	found = fs_insights(unit_arena(), document, &nfound);
	for (uint32_t i = 0; i < nfound && len < sizeof(out) - 64; i++)
	{
		len += (size_t) sprintf(out + len, "%s%s", len > 0 ? " " : "", fs_insight_kind_name(found[i].kind));
		if (found[i].has_months)
			len += (size_t) sprintf(out + len, "[%d,%d]", (int) found[i].months_low, (int) found[i].months_high);
	}
	return out;
}

/* Whether the kind is among the body's insights. */
static bool
has(const char *body, const char *kind)
{
	return strstr(insights(body), kind) != NULL;
}

static void
cues_name_their_kind(void)
{
	CHECK(has("The main risk is a strike at the port.", "risk"));
	CHECK(has("The next catalyst is the investor day in March.", "catalyst"));
	CHECK(has("Looking ahead, orders look firm.", "outlook"));
	CHECK(has("Management left its guidance alone.", "guidance"));
	CHECK(has("Rivals have no such plant.", "competitor"));
	CHECK(has("Consensus has the margin flat.", "consensus"));
	CHECK(has("There is a second-order effect on freight rates.", "second_order"));
	CHECK_STR(insights("The board met in Oslo on Monday."), "");
}

static void
doubt_before_bad_news_is_a_risk(void)
{
	CHECK(has("Higher tariffs could hurt margins.", "risk"));
	CHECK(has("If regulators opened a probe, the deal would collapse.", "risk"));
	CHECK(has("The bank cannot rule out a loss.", "risk"));
	CHECK(!has("The group ruled nothing in.", "risk"));
	CHECK(!has("Investors showed more risk appetite.", "risk"));
	CHECK(!has("The head of risk management retired.", "risk"));
}

static void
expecting_an_amount_is_guidance(void)
{
	CHECK(has("The company expects revenue of $40 million next year.", "guidance"));
	CHECK(has("The company expects revenue of $40 million next year.", "outlook"));
}

static void
clauses_with_horizons_stand_alone(void)
{
	const char *body = "Over the next 3-6 months prices should rise; over 12-24 months the main risk is a glut.";

	CHECK_STR(insights(body), "outlook[3,6] risk[12,24] outlook[12,24]");
	CHECK_INT(nfound, 3);
	if (nfound == 3)
	{
		CHECK_SPAN(unit_text(body), found[0].span, "Over the next 3-6 months prices should rise");
		CHECK_SPAN(unit_text(body), found[1].span, "over 12-24 months the main risk is a glut.");
	}
}

static void
a_short_question_hands_its_kind_on(void)
{
	CHECK_STR(insights("Biggest risk? Everyone owns it already."), "risk risk");
}

static void
nothing_comes_of_nothing(void)
{
	CHECK_STR(insights(""), "");
	CHECK_STR(insights(" \n\t "), "");
	CHECK_STR(insights(";;;;"), "");
}

int
main(void)
{
	RUN(cues_name_their_kind);
	RUN(doubt_before_bad_news_is_a_risk);
	RUN(expecting_an_amount_is_guidance);
	RUN(clauses_with_horizons_stand_alone);
	RUN(a_short_question_hands_its_kind_on);
	RUN(nothing_comes_of_nothing);
	return unit_done();
}
