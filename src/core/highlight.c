/*
 * highlight.c - level 9: the text with its evidence marked, like ts_headline.
 *
 * Marks.  Evidence, companies and the numbers of metrics come from the
 * document as three lists that are each in order of place; they are merged
 * into one list of marks in which what overlaps is one mark.
 *
 *     evidence   [profit rose 12%]      [warned]
 *     metrics                [12%]
 *     marks      [profit rose 12%] +    [warned] -
 *
 * Fragments.  A window is a run of marks that fits into MaxWords words; its
 * worth is the size of the evidence in it.  One pass moves a window over the
 * marks and keeps the best of those that overlap each other; a heap keeps the
 * MaxFragments best of the document.  The words that a window leaves unused
 * become its context, from the beginning of its sentence where that is near.
 * All of it is linear in the text.
 *
 * Limits: a mark longer than MaxWords is cut; a text without evidence gives
 * its first MaxWords words.
 */
#include "highlight.h"
#include "text.h"

#define DELIMITER " ... "

/* A candidate fragment: marks first..last. */
typedef struct Window
{
	uint32_t first;
	uint32_t last;
	int64_t	 worth;
} Window;

/* Bytes of the blank at p, 0 if there is a word: ASCII without decoding. */
static inline size_t
blank_at(const char *p, const char *end)
{
	unsigned char c = (unsigned char) *p;
	FsChar		  ch;

	if (c < 0x80)
		return c <= ' ' || c == 0x7F;
	ch = fs_char_at(p, end);
	return ch.cls == FS_CH_SPACE || ch.cls == FS_CH_NEWLINE ? ch.bytes : 0;
}

/* End of the word that starts at p. */
static const char *
word_end(const char *p, const char *end)
{
	while (p < end && blank_at(p, end) == 0)
		p += (unsigned char) *p < 0x80 ? 1 : fs_char_at(p, end).bytes;
	return p;
}

/* Start of the next word at or after p. */
static const char *
skip_blanks(const char *p, const char *end)
{
	size_t n;

	while (p < end && (n = blank_at(p, end)) > 0)
		p += n;
	return p;
}

void
fs_append_html(FsArena *arena, FsString *out, const char *data, size_t len)
{
	size_t from = 0;

	for (size_t i = 0; i < len; i++)
	{
		const char *entity;

		switch (data[i])
		{
			case '&':
				entity = "&amp;";
				break;
			case '<':
				entity = "&lt;";
				break;
			case '>':
				entity = "&gt;";
				break;
			case '"':
				entity = "&quot;";
				break;
			case '\'':
				entity = "&#39;";
				break;
			default:
				continue;
		}
		fs_append(arena, out, data + from, i - from);
		fs_append_cstr(arena, out, entity);
		from = i + 1;
	}
	fs_append(arena, out, data + from, len - from);
}

/* The sign that a thing in this sentence takes: 1 or -1. */
static int32_t
sentence_sign(const FsDocument *document, uint32_t sentence)
{
	return sentence < document->nsentences && document->sentences[sentence].score < 0 ? -1 : 1;
}

/* Whether the sentence is one of the title, whose spans are no places of the body. */
static bool
of_title(const FsDocument *document, uint32_t sentence)
{
	return sentence < document->nsentences && (document->sentences[sentence].flags & FS_S_TITLE) != 0;
}

/* The next of the three lists as marks; false when all are used up. */
typedef struct MarkSource
{
	const FsDocument *document;
	uint32_t		  evidence; /* next of each list */
	uint32_t		  mention;
	uint32_t		  metric;
	bool			  tickers;
	bool			  metrics;
} MarkSource;

static void
skip_unmarked(MarkSource *source)
{
	const FsDocument *d = source->document;

	while (source->evidence < d->nevidence &&
		   (d->evidence[source->evidence].span.len == 0 || d->evidence[source->evidence].weight == 0 ||
			d->evidence[source->evidence].rule == FS_RULE_WORDS || /* a whole sentence */
			d->evidence[source->evidence].sentence >= d->nsentences ||
			of_title(d, d->evidence[source->evidence].sentence)))
		source->evidence++;
	while (source->tickers && source->mention < d->nmentions &&
		   (d->mentions[source->mention].in_title || d->mentions[source->mention].kind == FS_M_BACK))
		source->mention++;
}

static bool
next_mark(MarkSource *source, FsMark *mark)
{
	const FsDocument *d = source->document;
	const FsEvidence *evidence;
	FsSpan			  span;
	uint32_t		  sentence;

	skip_unmarked(source);
	evidence = source->evidence < d->nevidence ? &d->evidence[source->evidence] : NULL;
	span = evidence ? evidence->span : (FsSpan){ UINT32_MAX, 0 };
	sentence = UINT32_MAX;
	if (source->tickers && source->mention < d->nmentions && d->mentions[source->mention].span.start < span.start)
	{
		span = d->mentions[source->mention].span;
		sentence = d->mentions[source->mention].sentence;
		evidence = NULL;
	}
	if (source->metrics && source->metric < d->nmetrics && d->metrics[source->metric].span.start < span.start)
	{
		span = d->metrics[source->metric].span;
		sentence = d->metrics[source->metric].sentence;
		evidence = NULL;
		source->metric++;
	}
	else if (evidence)
		source->evidence++;
	else if (sentence != UINT32_MAX)
		source->mention++;
	else
		return false;
	mark->start = span.start;
	mark->end = fs_span_end(span);
	mark->evidence = evidence ? (uint32_t) (evidence - d->evidence) : 0;
	mark->nevidence = evidence != NULL;
	mark->weight = evidence ? evidence->weight : sentence_sign(d, sentence);
	return true;
}

/* Join a mark that overlaps the one before it: evidence outweighs mere mentions. */
static void
join_mark(FsMark *last, const FsMark *mark)
{
	if (mark->end > last->end)
		last->end = mark->end;
	if (mark->nevidence == 0)
		return;
	if (last->nevidence == 0)
	{
		last->evidence = mark->evidence;
		last->nevidence = 1;
		last->weight = mark->weight;
	}
	else
	{
		last->nevidence = mark->evidence - last->evidence + 1;
		last->weight += mark->weight;
	}
}

const FsMark *
fs_marks(FsArena *arena, const FsDocument *document, bool tickers, bool metrics, uint32_t *n)
{
	MarkSource source = { .document = document, .tickers = tickers, .metrics = metrics };
	FsMark	  *marks = NULL;
	FsMark	   mark;
	uint32_t   count = 0;
	uint32_t   room = 0;

	while (next_mark(&source, &mark))
	{
		if (mark.end > document->body.len || mark.end <= mark.start)
			continue;
		if (count > 0 && mark.start < marks[count - 1].end)
		{
			if (mark.end > marks[count - 1].start)
				join_mark(&marks[count - 1], &mark);
			continue;
		}
		*FS_PUSH(arena, marks, count, room) = mark;
	}
	*n = count;
	return marks;
}

/* Append bytes from..to of the body, escaped if so asked. */
static void
append_body(FsArena *arena, FsString *out, const FsDocument *document, bool escape, uint32_t from, uint32_t to)
{
	while (from < to)
	{
		uint32_t n = to - from < FS_POLL_BYTES ? to - from : FS_POLL_BYTES;

		fs_poll(arena);
		if (escape)
			fs_append_html(arena, out, document->body.data + from, n);
		else
			fs_append(arena, out, document->body.data + from, n);
		from += n;
	}
}

/* Append from..to of the body with marks first..n that lie in it; returns the first mark after. */
static uint32_t
append_marked(FsArena *arena, FsString *out, const FsDocument *document, const FsHighlightOptions *options,
			  const FsMark *marks, uint32_t first, uint32_t n, uint32_t from, uint32_t to)
{
	uint32_t i = first;

	for (; i < n && marks[i].start < to; i++)
	{
		bool	 bad = marks[i].weight < 0;
		FsText	 start = bad ? options->start_neg : options->start_pos;
		FsText	 stop = bad ? options->stop_neg : options->stop_pos;
		uint32_t end = marks[i].end < to ? marks[i].end : to;

		if (marks[i].start < from)
			continue;
		append_body(arena, out, document, options->escape, from, marks[i].start);
		fs_append(arena, out, start.data, start.len);
		append_body(arena, out, document, options->escape, marks[i].start, end);
		fs_append(arena, out, stop.data, stop.len);
		from = end;
	}
	append_body(arena, out, document, options->escape, from, to);
	return i;
}

/* Words before each mark's start (2i) and up to its end (2i + 1), the word it ends in counted. */
static const uint32_t *
count_words(FsArena *arena, FsText body, const FsMark *marks, uint32_t n)
{
	uint32_t   *words = fs_alloc(arena, (size_t) n * 2 * sizeof(uint32_t));
	const char *end = body.data + body.len;
	const char *p = skip_blanks(body.data, end);
	const char *polled = p;
	uint32_t	count = 0;
	uint32_t	next = 0; /* edge whose count is wanted next */

	while (next < 2 * n)
	{
		const char *stop = word_end(p, end);
		uint32_t	limit = (uint32_t) (stop - body.data);

		/* edges in this word (or in the blanks before it) */
		while (next < 2 * n && (next % 2 == 0 ? marks[next / 2].start < limit : marks[next / 2].end <= limit))
		{
			words[next] = next % 2 == 0 ? count : count + 1;
			next++;
		}
		if (stop >= end)
			break;
		count++;
		p = skip_blanks(stop, end);
		if (p - polled > FS_POLL_BYTES)
		{
			fs_poll(arena);
			polled = p;
		}
	}
	for (; next < 2 * n; next++)
		words[next] = count + 1;
	return words;
}

/* Whether window a is worth less: of equals the later one. */
static bool
worse(const Window *a, const Window *b)
{
	return a->worth != b->worth ? a->worth < b->worth : a->first > b->first;
}

/* Keep a window if it is among the best: best is a small list, worst first. */
static void
keep_window(Window *best, uint32_t *nbest, uint32_t max, Window window)
{
	uint32_t i;

	if (*nbest == max)
	{
		if (worse(&window, &best[0]))
			return;
		memmove(best, best + 1, (*nbest - 1) * sizeof(Window));
		(*nbest)--;
	}
	for (i = *nbest; i > 0 && worse(&window, &best[i - 1]); i--)
		best[i] = best[i - 1];
	best[i] = window;
	(*nbest)++;
}

/* The best windows in order of place; returns their number. */
static uint32_t
best_windows(const FsMark *marks, const uint32_t *words, uint32_t n, const FsHighlightOptions *options, Window *best)
{
	Window	 open = { 0, 0, -1 };
	uint32_t nbest = 0;
	uint32_t last = 0;
	int64_t	 worth = 0;

	for (uint32_t first = 0; first < n; first++)
	{
		if (last < first)
		{
			last = first;
			worth = 0;
		}
		while (last < n && (last == first || words[2 * last + 1] - words[2 * first] <= options->max_words))
		{
			worth += marks[last].weight < 0 ? -(int64_t) marks[last].weight : marks[last].weight;
			last++;
		}
		if (open.worth >= 0 && first > open.last)
		{
			keep_window(best, &nbest, options->max_fragments, open);
			open.worth = -1;
		}
		if (worth > open.worth)
			open = (Window){ first, last - 1, worth };
		worth -= marks[first].weight < 0 ? -(int64_t) marks[first].weight : marks[first].weight;
	}
	if (open.worth >= 0)
		keep_window(best, &nbest, options->max_fragments, open);
	for (uint32_t i = 1; i < nbest; i++)
	{
		Window	 window = best[i];
		uint32_t k = i;

		for (; k > 0 && best[k - 1].first > window.first; k--)
			best[k] = best[k - 1];
		best[k] = window;
	}
	return nbest;
}

/* The character before p, p > floor. */
static inline const char *
char_before(const char *p, const char *floor)
{
	do
		p--;
	while (p > floor && ((unsigned char) *p & 0xC0) == 0x80);
	return p;
}

/* Start of the word that ends at p or holds it, not before floor. */
static const char *
word_start(const char *p, const char *floor, const char *end)
{
	while (p > floor)
	{
		const char *q = char_before(p, floor);

		if (blank_at(q, end) > 0)
			break;
		p = q;
	}
	return p;
}

/* Start of the word before the word that starts at p; floor if there is none. */
static const char *
word_before(const char *p, const char *floor, const char *end)
{
	while (p > floor)
	{
		const char *q = char_before(p, floor);

		if (blank_at(q, end) == 0)
			return word_start(p, floor, end);
		p = q;
	}
	return floor;
}

/* The sentence of the body that holds the byte, or the nearest before it. */
static FsSpan
sentence_at(const FsDocument *document, uint32_t byte)
{
	uint32_t low = 0;
	uint32_t high = document->nsentences;

	while (low < high && (document->sentences[low].flags & FS_S_TITLE))
		low++;
	if (low == high)
		return (FsSpan){ byte, 0 };
	while (high - low > 1)
	{
		uint32_t mid = low + (high - low) / 2;

		if (document->sentences[mid].span.start <= byte)
			low = mid;
		else
			high = mid;
	}
	return document->sentences[low].span;
}

/*
 * The stretch of text of a window: its marks, up to max_words words, with
 * context before (from the sentence's start if there is room, else a third of
 * what is left) and after, not reaching into its neighbours.
 */
static FsSpan
window_span(const FsDocument *document, uint32_t start, uint32_t end, uint32_t max_words, uint32_t floor,
			uint32_t ceiling)
{
	const char *text = document->body.data;
	const char *text_end = text + ceiling;
	const char *low = text + floor;
	const char *sentence = text + sentence_at(document, start).start;
	const char *p = text + start;
	const char *q;
	const char *back;
	uint32_t	used = 0;
	uint32_t	before = 0;
	uint32_t	room;

	if (sentence < low || sentence > p)
		sentence = low;
	sentence = skip_blanks(sentence, p);

	p = word_start(p, low, text_end);
	for (q = p; used < max_words && q < text + end; used++)
		q = word_end(skip_blanks(q, text_end), text_end);
	room = max_words - used;

	for (back = p; back > sentence && before < room; before++)
		back = word_before(back, sentence, text_end);
	if (back > sentence)
	{
		back = p;
		for (before = 0; before < room / 3; before++)
			back = word_before(back, sentence, text_end);
	}
	p = skip_blanks(back, text_end);
	for (room -= before; room > 0; room--)
	{
		const char *next = skip_blanks(q, text_end);

		if (next >= text_end)
			break;
		q = word_end(next, text_end);
	}
	return (FsSpan){ (uint32_t) (p - text), (uint32_t) (q - p) };
}

FsString
fs_highlight(FsArena *arena, const FsDocument *document, const FsHighlightOptions *options)
{
	FsString		out = { 0 };
	uint32_t		n;
	const FsMark   *marks = fs_marks(arena, document, options->tickers, options->metrics, &n);
	const uint32_t *words;
	Window		   *best;
	uint32_t		nbest;
	uint32_t		floor = 0;
	uint32_t		next = 0;

	if (options->max_fragments == 0)
	{
		/* room for the whole text at once, so that a large one is not copied over and over */
		out.room = (size_t) document->body.len + document->body.len / 8 + 256;
		out.data = fs_alloc(arena, out.room);
		append_marked(arena, &out, document, options, marks, 0, n, 0, document->body.len);
		return out;
	}
	if (n == 0)
	{
		const char *start = skip_blanks(document->body.data, document->body.data + document->body.len);
		FsSpan		span =
			window_span(document, (uint32_t) (start - document->body.data), (uint32_t) (start - document->body.data),
						options->max_words, 0, document->body.len);

		append_body(arena, &out, document, options->escape, span.start, fs_span_end(span));
		return out;
	}
	words = count_words(arena, document->body, marks, n);
	best = fs_alloc(arena, (size_t) options->max_fragments * sizeof(Window));
	nbest = best_windows(marks, words, n, options, best);
	for (uint32_t i = 0; i < nbest; i++)
	{
		uint32_t ceiling = i + 1 < nbest ? marks[best[i + 1].first].start : document->body.len;
		FsSpan	 span = window_span(document, marks[best[i].first].start, marks[best[i].last].end, options->max_words,
									floor, ceiling);

		if (i > 0)
			fs_append_cstr(arena, &out, DELIMITER);
		while (next < n && marks[next].start < span.start)
			next++;
		next = append_marked(arena, &out, document, options, marks, next, n, span.start, fs_span_end(span));
		floor = fs_span_end(span);
	}
	return out;
}
