/*
 * scan.c - level 2: tokens to sentences.
 *
 * A sentence ends
 *   - at a blank line, a block tag, or a line break that is not a wrap;
 *   - behind . ! ? (and closing quotes or brackets) when what follows begins
 *     like a sentence and the dot belongs to no abbreviation, initial or number;
 *   - after FS_SENTENCE_TOKENS tokens, so that no text grows a sentence without
 *     bound.
 *
 * Worked example: "Acme Inc. rose 3.5% in the U.S. on Monday. Analysts at J.P.
 * Morgan said No. 1 was next." has two sentences.  "Inc." and "No." are known
 * abbreviations (lexicon class abbreviation), "U.S." and "J.P." initialisms, 3.5
 * is one token; only the dot behind "Monday" is followed by a capital and
 * preceded by none of these.
 *
 * A line break is a wrap when the text is set in short lines and the next line
 * goes on in lower case or the last one stops at a word that ends no sentence
 * ("of", "the", a comma).  Headlines, list items and one-line paragraphs end at
 * theirs.
 *
 * Limits: an abbreviation that ends a sentence before a name ("... at Acme Inc.
 * Beta fell") joins the two; a lower-case product name at a sentence's start
 * ("iPhone sales rose") joins it to the sentence before.
 */
#include "token.h"

/* A wrapped line is between these lengths, in bytes. */
#define WRAP_MIN 40
#define WRAP_MAX 130

/* A text up to this length is read from a copy with blanks behind it, so that its last words are plain too. */
#define PADDED_BYTES 2048

/* A copy of the text with blanks behind it, which are not part of it. */
static FsText
pad_text(FsArena *arena, FsText text)
{
	char *copy = fs_alloc(arena, text.len + FS_PLAIN_ROOM);

	memcpy(copy, text.data, text.len);
	memset(copy + text.len, ' ', FS_PLAIN_ROOM);
	return (FsText){ copy, text.len };
}

FsScan *
fs_scan_start(FsArena *arena, FsText text, uint32_t start, uint32_t end)
{
	FsScan *scan = fs_alloc(arena, sizeof(FsScan));

	memset(scan, 0, offsetof(FsScan, traits));
	scan->arena = arena;
	scan->padded = start == 0 && end == text.len && text.len <= PADDED_BYTES;
	scan->text = scan->padded ? pad_text(arena, text) : text;
	scan->p = scan->text.data + start;
	scan->end = scan->text.data + end;
	fs_scan_polled(scan, scan->p);
	return scan;
}

static inline bool
is_punct(const FsToken *token, char c)
{
	return token->kind == FS_PUNCT && token->ch == (uint8_t) c;
}

/* What punctuation does at a sentence's end. */
enum EndMark
{
	MARK_ENDS = 1,	/* . ! ? */
	MARK_CLOSES = 2 /* ) ] } and quotes, which may follow these */
};

static const uint8_t end_marks[256] = {
	['.'] = MARK_ENDS,	 ['!'] = MARK_ENDS,	  ['?'] = MARK_ENDS,   [')'] = MARK_CLOSES,
	[']'] = MARK_CLOSES, ['}'] = MARK_CLOSES, ['"'] = MARK_CLOSES, ['\''] = MARK_CLOSES,
};

static inline unsigned
end_mark(const FsToken *token)
{
	return token->kind == FS_PUNCT ? end_marks[token->ch] : 0;
}

static inline bool
is_closer(const FsToken *token)
{
	return end_mark(token) == MARK_CLOSES;
}

/* Marks that open a list item at the start of a line. */
static bool
is_bullet(const FsText text, const FsToken *token)
{
	if (token->kind != FS_PUNCT && token->kind != FS_SYMBOL)
		return false;
	return token->ch == '-' || token->ch == '*' ||
		   (token->ch == 0 && token->len == 3 &&
			(memcmp(text.data + token->start, "\xE2\x80\xA2", 3) == 0 || /* bullet */
			 memcmp(text.data + token->start, "\xE2\x96\xAA", 3) == 0 || /* small square */
			 memcmp(text.data + token->start, "\xE2\x97\x8F", 3) == 0)); /* circle */
}

/* Length of the line that begins at p, counted to WRAP_MAX + 1. */
static int
line_length(const FsScan *scan, const char *p)
{
	int n = 0;

	while (n <= WRAP_MAX && p + n < scan->end && p[n] != '\n' && p[n] != '\r')
		n++;
	return n;
}

/*
 * Whether a line break before next is only a wrap.  last is the token before
 * it.
 */
static bool
is_wrap(const FsScan *scan, const FsToken *last, const FsToken *next)
{
	const char *begin = scan->text.data + last->start;
	int			before = 0;
	int			after;

	if (is_bullet(scan->text, next))
		return false;
	while (begin > scan->text.data && before <= WRAP_MAX && begin[-1] != '\n' && begin[-1] != '\r')
	{
		begin--;
		before++;
	}
	before += last->len;
	if (before < WRAP_MIN || before > WRAP_MAX)
		return false;
	if (next->kind == FS_WORD && !(next->flags & FS_T_CAPITAL) && !(next->flags & FS_T_FOREIGN))
		return true;
	after = line_length(scan, scan->text.data + next->start);
	if (after > WRAP_MAX)
		return false;
	return is_punct(last, ',') || is_punct(last, '-') ||
		   (last->kind == FS_WORD && !(last->flags & FS_T_CAPITAL) && (fs_token_classes(last) & FS_C(FUNCTION)));
}

/* Whether a token can begin a sentence. */
static bool
can_begin(const FsToken *token)
{
	switch (token->kind)
	{
		case FS_WORD:
			return (token->flags & (FS_T_CAPITAL | FS_T_FOREIGN)) != 0;
		case FS_PUNCT:
			return token->ch == '(' || token->ch == '[' || token->ch == '"' || token->ch == '\'' ||
				   token->ch == '`' || token->ch == '<' || token->ch == '-' || token->ch == '*' || token->ch == 0;
		case FS_URL:
			return false; /* a link belongs to what it follows */
		default:
			return true;
	}
}

/* A capitalised function word ("The", "It", "In") begins a sentence, hardly a name. */
static bool
begins_plainly(const FsToken *token)
{
	return token->kind == FS_WORD && (token->flags & FS_T_CAPITAL) &&
		   (fs_token_classes(token) & FS_C(FUNCTION)) != 0 && !(token->flags & FS_T_UPPER && token->foldlen > 1);
}

/* "U.S.", "N.V.": a word token that ends in its own dot. */
static bool
is_dotted(const FsToken *token)
{
	return (token->flags & FS_T_DOTTED) != 0;
}

/* Whether a sentence can end behind a token on one line: what most tokens are not. */
static inline bool
may_end(const FsToken *token)
{
	return end_mark(token) != 0 || is_dotted(token);
}

/* Whether the dot behind word ends no sentence before next. */
static bool
is_abbreviation(const FsScan *scan, const FsToken *word, const FsToken *next)
{
	uint64_t classes = fs_token_classes(word);

	if (word->kind != FS_WORD)
		return false;
	if (classes & FS_C(ABBREVIATION))
	{
		if (fs_token_is(scan->text, word, "no"))
			return next->kind == FS_NUMBER;
		if (classes & FS_C(MONTH))
			return next->kind == FS_NUMBER;
		if (classes & FS_C(LEGAL))
			return !begins_plainly(next);
		return true;
	}
	/* an initial: one capital letter */
	return word->foldlen == 1 && (word->flags & FS_T_UPPER) && !fs_token_is(scan->text, word, "i") &&
		   !begins_plainly(next);
}

/* In tokenised text a closer stands behind a blank: brackets, an even quote, "''". */
static bool
closes_after_blank(const FsScan *scan, const FsToken *token, int quotes)
{
	if (token->ch == '"')
		return quotes % 2 == 1;
	if (token->ch == '\'')
		return token->start + 1 < scan->text.len && scan->text.data[token->start + 1] == '\'';
	return true;
}

/*
 * Whether a new sentence begins with next, behind the n tokens read.  quotes is
 * the number of double quotes among them.
 */
static bool
is_boundary(const FsScan *scan, int n, const FsToken *next, int quotes)
{
	const FsToken *tokens = scan->tokens;
	int			   dot = n - 1;

	if (scan->lines >= 2)
		return true;
	if (scan->lines == 1 && !is_wrap(scan, &tokens[n - 1], next))
		return true;
	if (is_closer(next) && (!(next->flags & FS_T_SPACE) || closes_after_blank(scan, next, quotes)))
		return false;
	while (dot > 0 && is_closer(&tokens[dot]) && n - dot < 4)
		dot--;
	if (is_dotted(&tokens[dot]))
		return (next->flags & FS_T_SPACE) && begins_plainly(next);
	if (end_mark(&tokens[dot]) != MARK_ENDS)
		return false;
	if (!can_begin(next))
		return false;
	if (!(next->flags & FS_T_SPACE) && !(next->kind == FS_WORD && dot == n - 1))
		return false;
	if (tokens[dot].ch != '.')
		return true;
	return dot == 0 || !is_abbreviation(scan, &tokens[dot - 1], next);
}

/* Flags that need the whole sentence; ended: by a line break with text behind it. */
static unsigned
sentence_flags(const FsScan *scan, int n, bool ended)
{
	const FsToken *tokens = scan->tokens;
	unsigned	   flags = 0;
	int			   last = n - 1;
	const unsigned marks = 1u << FS_URL | 1u << FS_CASHTAG | 1u << FS_HASHTAG;
	bool		   plain = n > 3 && !(scan->kinds & marks) && !scan->post;

	while (last > 0 && is_closer(&tokens[last]))
		last--;
	if (is_punct(&tokens[last], '?'))
		flags |= FS_S_QUESTION;
	else if (is_punct(&tokens[last], '.') || is_punct(&tokens[last], '!'))
	{
		if (plain && !(last > 0 && is_punct(&tokens[last - 1], '.')))
			flags |= FS_S_PROSE;
	}
	else if (ended && !is_punct(&tokens[last], ':') && !is_punct(&tokens[last], ';') && !is_dotted(&tokens[last]))
		flags |= FS_S_HEADING;
	if (is_bullet(scan->text, &tokens[0]))
		flags = (flags & ~(unsigned) FS_S_HEADING) | FS_S_BULLET;
	return flags;
}

/* The text's first token, if it is a plain word. */
static bool
read_first(FsScan *scan)
{
	unsigned kinds;

	if (scan->token_end != NULL || scan->p >= scan->end || (unsigned char) ((*scan->p | 0x20) - 'a') >= 26 ||
		fs_read_plain(scan, 0, 1, &kinds) == 0)
		return false;
	scan->tokens[0].flags |= FS_T_LINE | FS_T_SPACE;
	return true;
}

/* Read one sentence's tokens; *ended tells whether a line break ended it. */
static int
read_tokens(FsScan *scan, bool *ended)
{
	int n = 0;
	int quotes = 0;

	*ended = false;
	scan->kinds = 0;
	if (scan->pending)
	{
		scan->kinds = 1u << scan->next.kind;
		scan->traits[n] = scan->next_trait;
		scan->tokens[n++] = scan->next;
		scan->sentence_end = scan->next_end;
		quotes = is_punct(&scan->next, '"');
		scan->pending = false;
	}
	while (n < FS_SENTENCE_TOKENS)
	{
		FsToken *next = &scan->tokens[n];
		bool	 may = n > 0 && may_end(next - 1);
		unsigned plain_kinds;
		int		 plain = 0;

		if (n > 0)
			plain = fs_read_plain(scan, n, may ? 1 : FS_SENTENCE_TOKENS - n, &plain_kinds);
		if (plain > 0 && !may)
		{
			scan->kinds |= plain_kinds;
			n += plain;
			quotes += is_punct(&scan->tokens[n - 1], '"'); /* no quote but the last */
			scan->sentence_end = (uint32_t) (scan->p - scan->text.data);
			continue;
		}
		if (n > 0 ? plain == 0 : !read_first(scan))
		{
			if (!fs_token_next(scan, next))
				return n;
			scan->traits[n] = scan->trait;
		}
		if (n > 0 && (scan->lines > 0 || may) && is_boundary(scan, n, next, quotes))
		{
			*ended = scan->lines > 0;
			scan->pending = true;
			scan->pending_lines = scan->lines;
			scan->next = *next;
			scan->next_trait = scan->traits[n];
			scan->next_end = (uint32_t) (scan->token_end - scan->text.data);
			return n;
		}
		scan->sentence_end = (uint32_t) (scan->token_end - scan->text.data);
		scan->kinds |= 1u << next->kind;
		quotes += is_punct(next, '"');
		n++;
	}
	return n;
}

#define POST_MAX 400 /* bytes of a post */

/* Not 0 if one of eight bytes is this one. */
static inline uint64_t
has_byte(uint64_t bytes, char c)
{
	uint64_t zero = bytes ^ (uint64_t) c * UINT64_C(0x0101010101010101);

	return (zero - UINT64_C(0x0101010101010101)) & ~zero & UINT64_C(0x8080808080808080);
}

/* Whether a link, cashtag, hashtag or handle stands at q. */
static bool
marks_post(const char *p, const char *q, const char *end)
{
	if (end - q < 2)
		return false;
	if (*q == ':')
		return end - q > 2 && q[1] == '/' && q[2] == '/';
	return (*q == '$' || *q == '#' || *q == '@') && (q[1] | 0x20) >= 'a' && (q[1] | 0x20) <= 'z' &&
		   (q == p || q[-1] == ' ' || q[-1] == '\n' || q[-1] == '(');
}

/*
 * Whether a text is a post: short, with a link, or with a cashtag, hashtag or
 * handle behind a blank.  Its sentences are read as parts of one message, with
 * the marks of any.
 */
static bool
is_post(const char *p, const char *end)
{
	if (end - p > POST_MAX)
		return false;
	for (const char *q = p; end - q >= 8; q += 8)
	{
		uint64_t bytes = fs_load(q, 8);

		if (has_byte(bytes, ':') | has_byte(bytes, '$') | has_byte(bytes, '#') | has_byte(bytes, '@'))
			for (int i = 0; i < 8; i++)
				if (marks_post(p, q + i, end))
					return true;
	}
	for (const char *q = end - (end - p) % 8; q < end; q++)
		if (marks_post(p, q, end))
			return true;
	return false;
}

/* The traits of the n tokens together; zeros stand behind them. */
static inline void
sum_traits(const FsScan *scan, int n, FsSentence *sentence)
{
	uint64_t any = 0;
	uint64_t starts = 0;
	uint64_t words = 0; /* eight counts of at most FS_SENTENCE_TOKENS / 8 */

	for (int i = 0; i < n; i += 8)
	{
		uint64_t traits = fs_load((const char *) scan->traits + i, 8);

		any |= traits;
		words += traits & FS_TR_WORD * UINT64_C(0x0101010101010101);
		if (i < 64)
			starts |= fs_trait_bits(traits, FS_TR_START) << i;
	}
	sentence->any_traits = any;
	sentence->starts = starts;
	/* in two halves, so that no sum exceeds a byte's neighbour */
	words = (words & UINT64_C(0x00FF00FF00FF00FF)) + (words >> 8 & UINT64_C(0x00FF00FF00FF00FF));
	sentence->nwords = (uint32_t) (words * UINT64_C(0x0001000100010001) >> 48);
}

bool
fs_scan_next(FsScan *scan, FsSentence *sentence)
{
	bool ended;
	bool paragraph;
	int	 n;

	if (scan->index == 0)
		scan->post = is_post(scan->p, scan->end);
	do
	{
		paragraph = scan->index == 0 || (scan->pending && scan->pending_lines > 0);
		n = read_tokens(scan, &ended);
		if (n == 0)
			return false;
	} while (scan->kinds == 1u << FS_PUNCT); /* nothing but punctuation says nothing */

	memset(scan->traits + n, 0, 8);
	scan->tokens[n].term = scan->tokens[n + 1].term = FS_TERM_NONE;
	sentence->traits = scan->traits;
	sum_traits(scan, n, sentence);
	sentence->text = scan->text;
	sentence->span.start = scan->tokens[0].start;
	sentence->span.len = scan->sentence_end - sentence->span.start;
	sentence->index = scan->index++;
	sentence->ntokens = n;
	sentence->tokens = scan->tokens;
	sentence->flags = sentence_flags(scan, n, ended) | (paragraph ? FS_S_PARAGRAPH : 0) |
					  (scan->post ? FS_S_POST : 0) | (n == FS_SENTENCE_TOKENS && !scan->pending ? FS_S_CUT : 0);
	return true;
}
