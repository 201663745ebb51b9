/*
 * highlight.c - marks, fragments and options of the highlighted text.
 *
 * The documents are filled by hand: what is marked does not hang on the model.
 */
#include "highlight.h"
#include "unit.h"

#define EVIDENCE_MAX 16

static FsSentenceInfo one_sentence;
static FsEvidence	  evidence[EVIDENCE_MAX];
static FsDocument	  document;

/* A document of one sentence without evidence. */
static void
set_body(const char *s)
{
	document = (FsDocument){
		.body = unit_text(s), .readable = true, .nsentences = 1, .sentences = &one_sentence, .evidence = evidence
	};
	one_sentence = (FsSentenceInfo){ .span = { 0, document.body.len } };
}

/* Add a word of the body as evidence, good or bad. */
static void
add_evidence(const char *word, int32_t weight)
{
	const char *start = unit_span(document.body, one_sentence.span);
	const char *at = strstr(start, word);
	uint32_t	offset = at ? (uint32_t) (at - start) : 0;

	evidence[document.nevidence++] =
		(FsEvidence){ .span = { offset, (uint32_t) strlen(word) }, .weight = weight, .company = -1 };
}

/* The highlighted body under these options, terminated. */
static const char *
highlight(const char *options)
{
	FsHighlightOptions parsed;
	FsError			   error;
	FsString		   out;

	if (!fs_highlight_options(unit_arena(), unit_text(options), &parsed, &error))
		return "(bad option)";
	out = fs_highlight(unit_arena(), &document, &parsed);
	fs_append(unit_arena(), &out, "", 1);
	return out.data;
}

static void
evidence_is_marked_by_its_sign(void)
{
	set_body("Sales rose but margins shrank.");
	add_evidence("Sales rose", 900);
	add_evidence("shrank", -400);
	CHECK_STR(highlight(""), "<b>Sales rose</b> but margins <i>shrank</i>.");
	CHECK_STR(highlight("StartPos=[, StopPos=], StartNeg={, StopNeg=}"), "[Sales rose] but margins {shrank}.");
	CHECK_STR(highlight("StartPos=\"\", StopPos=, StartNeg=, StopNeg="), "Sales rose but margins shrank.");
}

static void
overlaps_are_one_mark(void)
{
	set_body("Sales rose sharply today.");
	add_evidence("Sales rose", 100);
	add_evidence("rose sharply", -300);
	CHECK_STR(highlight(""), "<i>Sales rose sharply</i> today.");
}

static void
escape_spares_the_marks_alone(void)
{
	set_body("<p>\"Sales\" & 'costs' rose</p>");
	add_evidence("'costs' rose", 100);
	CHECK_STR(highlight("Escape=true"), "&lt;p&gt;&quot;Sales&quot; &amp; <b>&#39;costs&#39; rose</b>&lt;/p&gt;");
	CHECK_STR(highlight("escape = OFF"), "<p>\"Sales\" & <b>'costs' rose</b></p>");
}

static void
fragments_hold_the_best_evidence(void)
{
	set_body("one two three good four five six seven eight nine ten best better eleven twelve thirteen fourteen");
	add_evidence("good", 100);
	add_evidence("best", 500);
	add_evidence("better", 400);
	CHECK_STR(highlight("MaxFragments=1, MaxWords=4"), "<b>best</b> <b>better</b> eleven twelve");
	CHECK_STR(highlight("MaxFragments=2, MaxWords=2"), "<b>good</b> four ... <b>best</b> <b>better</b>");
	CHECK_STR(highlight("MaxFragments=1, MaxWords=5"), "ten <b>best</b> <b>better</b> eleven twelve");
	CHECK_STR(highlight("MaxFragments=1, MaxWords=1"), "<b>best</b>");
}

static void
fragments_start_with_their_sentence(void)
{
	set_body("one two good three four five six seven");
	add_evidence("good", 100);
	CHECK_STR(highlight("MaxFragments=1, MaxWords=5"), "one two <b>good</b> three four");
}

static void
without_evidence_the_beginning_is_shown(void)
{
	set_body("  one two three four");
	CHECK_STR(highlight("MaxFragments=3, MaxWords=2"), "one two");
	CHECK_STR(highlight(""), "  one two three four");
	set_body("");
	CHECK_STR(highlight("MaxFragments=3"), "");
}

static void
words_in_other_scripts_stay_whole(void)
{
	set_body("Der \xC3\x9C"
			 "berschuss \xC3\xA4ndert\xC2\xA0sich \xE2\x82\xAC"
			 "5");
	add_evidence("sich", 100);
	CHECK_STR(highlight("MaxFragments=1, MaxWords=2"), "<b>sich</b> \xE2\x82\xAC"
													   "5");
}

static void
long_marks_are_cut_at_the_limit(void)
{
	set_body("a b c d e f g");
	add_evidence("b c d e f", 100);
	CHECK_STR(highlight("MaxFragments=1, MaxWords=3"), "<b>b c d</b>");
}

/* The place of a bad option as "offset+length", "good" if there is none. */
static const char *
place(const char *options)
{
	static char		   out[64];
	FsHighlightOptions parsed;
	FsError			   error;

	if (fs_highlight_options(unit_arena(), unit_text(options), &parsed, &error))
		return "good";
	sprintf(out, "%u+%u", (unsigned) error.offset, (unsigned) error.length);
	return out;
}

static void
options_are_read_as_written(void)
{
	FsHighlightOptions options;
	FsError			   error;

	CHECK(fs_highlight_options(
		unit_arena(), unit_text(" startpos = \"a, \"\"b\"\"\" ,MAXWORDS=7,HighlightTickers=on "), &options, &error));
	CHECK_SPAN(options.start_pos, ((FsSpan){ 0, options.start_pos.len }), "a, \"b\"");
	CHECK_INT(options.max_words, 7);
	CHECK(options.tickers);
	CHECK(!options.metrics);
	CHECK_STR(place(""), "good");
	CHECK_STR(place("  "), "good");
	CHECK_STR(place("MaxWords=1000"), "good");
	CHECK_STR(place("MaxFragments=0"), "good");
}

static void
bad_options_are_shown_their_place(void)
{
	CHECK_STR(place("Colour=red"), "0+6");
	CHECK_STR(place("MaxWords=35, Colour=red"), "13+6");
	CHECK_STR(place("MaxWords=0"), "9+1");
	CHECK_STR(place("MaxWords=1001"), "9+4");
	CHECK_STR(place("MaxWords=99999999999999999999"), "9+20");
	CHECK_STR(place("MaxWords=-1"), "9+2");
	CHECK_STR(place("MaxWords="), "0+8");
	CHECK_STR(place("MaxWords"), "0+8");
	CHECK_STR(place("Escape=maybe"), "7+5");
	CHECK_STR(place("StartPos=\"open"), "9+5");
	CHECK_STR(place("MaxWords=3,"), "10+1");
}

int
main(void)
{
	RUN(evidence_is_marked_by_its_sign);
	RUN(overlaps_are_one_mark);
	RUN(escape_spares_the_marks_alone);
	RUN(fragments_hold_the_best_evidence);
	RUN(fragments_start_with_their_sentence);
	RUN(without_evidence_the_beginning_is_shown);
	RUN(words_in_other_scripts_stay_whole);
	RUN(long_marks_are_cut_at_the_limit);
	RUN(options_are_read_as_written);
	RUN(bad_options_are_shown_their_place);
	return unit_done();
}
