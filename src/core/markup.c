/*
 * markup.c - level 2: HTML and XML mark-up left in a text.
 *
 * News often arrives with its tags.  They are skipped where they stand, so that
 * positions stay those of the original.  A '<' opens a tag only if a known
 * element name or an all-lower-case name follows, which keeps "<JNJ.N>" and
 * "x < 3" as they are.  A block element ends a paragraph.
 *
 * Searches that fail (no '>', no "</script") are remembered, so that a text of
 * nothing but "<a <a <a" is read in linear time.
 */
#include <stdlib.h>

#include "token.h"

#define TAG_NAME_MAX 16

typedef struct Element
{
	const char *name;
	bool		block;
} Element;

/* HTML's elements, sorted; others count if they are all lower case. */
static const Element elements[] = {
	{ "a", false },		 { "abbr", false },	   { "address", true },	   { "area", false },	   { "article", true },
	{ "aside", true },	 { "audio", false },   { "b", false },		   { "base", false },	   { "bdi", false },
	{ "bdo", false },	 { "big", false },	   { "blockquote", true }, { "body", true },	   { "br", true },
	{ "button", true },	 { "canvas", false },  { "caption", true },	   { "center", true },	   { "cite", false },
	{ "code", false },	 { "col", false },	   { "colgroup", true },   { "dd", true },		   { "del", false },
	{ "details", true }, { "dfn", false },	   { "div", true },		   { "dl", true },		   { "dt", true },
	{ "em", false },	 { "embed", false },   { "fieldset", true },   { "figcaption", true }, { "figure", true },
	{ "font", false },	 { "footer", true },   { "form", true },	   { "h1", true },		   { "h2", true },
	{ "h3", true },		 { "h4", true },	   { "h5", true },		   { "h6", true },		   { "head", true },
	{ "header", true },	 { "hr", true },	   { "html", true },	   { "i", false },		   { "iframe", true },
	{ "img", false },	 { "input", false },   { "ins", false },	   { "kbd", false },	   { "label", false },
	{ "legend", true },	 { "li", true },	   { "link", false },	   { "main", true },	   { "map", false },
	{ "mark", false },	 { "meta", false },	   { "nav", true },		   { "nobr", false },	   { "noscript", true },
	{ "object", false }, { "ol", true },	   { "option", true },	   { "p", true },		   { "param", false },
	{ "path", false },	 { "picture", false }, { "pre", true },		   { "q", false },		   { "s", false },
	{ "samp", false },	 { "script", true },   { "section", true },	   { "select", true },	   { "small", false },
	{ "source", false }, { "span", false },	   { "strike", false },	   { "strong", false },	   { "style", true },
	{ "sub", false },	 { "summary", true },  { "sup", false },	   { "svg", false },	   { "table", true },
	{ "tbody", true },	 { "td", true },	   { "template", true },   { "textarea", true },   { "tfoot", true },
	{ "th", true },		 { "thead", true },	   { "time", false },	   { "title", true },	   { "tr", true },
	{ "track", false },	 { "tt", false },	   { "u", false },		   { "ul", true },		   { "var", false },
	{ "video", false },	 { "wbr", false },
};

static int
compare_element(const void *name, const void *element)
{
	return strcmp(name, ((const Element *) element)->name);
}

/* Find a byte, polling as the search goes; NULL if it does not occur. */
static const char *
find_byte(FsScan *scan, const char *from, char byte)
{
	while (from < scan->end)
	{
		size_t		left = (size_t) (scan->end - from);
		size_t		step = left < FS_POLL_BYTES ? left : FS_POLL_BYTES;
		const char *hit = memchr(from, byte, step);

		if (hit)
			return hit;
		from += step;
		fs_scan_poll(scan, from);
	}
	return NULL;
}

/*
 * The '>' that closes a tag whose name begins at from; NULL if there is none or
 * another '<' comes first.  The place found is remembered too: a thousand '<'
 * before one '>' search for it once.
 */
static const char *
tag_end(FsScan *scan, const char *from)
{
	if (scan->no_tag_end && from >= scan->no_tag_end)
		return NULL;
	if (!scan->next_tag_end || scan->next_tag_end < from)
	{
		scan->next_tag_end = find_byte(scan, from, '>');
		if (!scan->next_tag_end)
		{
			scan->no_tag_end = from;
			return NULL;
		}
	}
	if (memchr(from, '<', (size_t) (scan->next_tag_end - from)))
		return NULL;
	return scan->next_tag_end;
}

/* Whether the bytes are the string (ASCII, lower case), whatever their case and the locale. */
static bool
same_letters(const char *bytes, const char *what, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] + ('a' - 'A') : bytes[i]) != what[i])
			return false;
	return true;
}

/* Find a string (ASCII, lower case) whatever its case, starting with start. */
static const char *
find_string(FsScan *scan, const char *from, const char *what)
{
	size_t len = strlen(what);

	for (;;)
	{
		const char *hit = find_byte(scan, from, what[0]);

		if (!hit || (size_t) (scan->end - hit) < len)
			return NULL;
		if (same_letters(hit, what, len))
			return hit;
		from = hit + 1;
	}
}

/*
 * Skip to behind a closing string.  One failed search forbids the next ones:
 * the rest of the text is then read as text.
 */
static bool
skip_past(FsScan *scan, const char *from, const char *what)
{
	const char *hit;

	if (scan->no_script_end && from >= scan->no_script_end)
		return false;
	hit = find_string(scan, from, what);
	if (!hit)
	{
		scan->no_script_end = from;
		return false;
	}
	scan->p = hit + strlen(what);
	return true;
}

/* Copy the tag's name, folded; returns its length, 0 if it is none we know. */
static size_t
tag_name(const char *p, const char *end, char name[TAG_NAME_MAX + 1], const Element **element)
{
	size_t n = 0;
	bool   lower = true;

	while (p + n < end && n <= TAG_NAME_MAX)
	{
		unsigned char c = (unsigned char) p[n];

		if (!(c < 128 &&
			  (fs_ascii_class[c] == FS_CH_LETTER || fs_ascii_class[c] == FS_CH_DIGIT || c == '-' || c == ':')))
			break;
		if (c >= 'A' && c <= 'Z')
			lower = false;
		if (n < TAG_NAME_MAX)
			name[n] = (char) (c >= 'A' && c <= 'Z' ? c + 32 : c);
		n++;
	}
	if (n == 0 || n > TAG_NAME_MAX || p + n >= end)
		return 0;
	if (!strchr(" \t\r\n/>", p[n]))
		return 0;
	name[n] = '\0';
	*element = bsearch(name, elements, sizeof(elements) / sizeof(elements[0]), sizeof(elements[0]), compare_element);
	return *element || (lower && n >= 2) ? n : 0;
}

FsMarkup
fs_skip_tag(FsScan *scan)
{
	const char	  *p = scan->p + 1;
	const char	  *close;
	const Element *element = NULL;
	char		   name[TAG_NAME_MAX + 1];
	bool		   closing;

	if (scan->end - p >= 3 && memcmp(p, "!--", 3) == 0)
		return skip_past(scan, p + 3, "-->") ? FS_MARKUP_INLINE : FS_NO_MARKUP;
	if (scan->end - p >= 8 && (memcmp(p, "![CDATA[", 8) == 0))
	{
		scan->p = p + 8; /* its content is text */
		return FS_MARKUP_INLINE;
	}
	closing = p < scan->end && *p == '/';
	if (p < scan->end && (*p == '?' || *p == '!'))
		close = p + 1 < scan->end && fs_char_at(p + 1, scan->end).cls == FS_CH_LETTER ? tag_end(scan, p) : NULL;
	else if (tag_name(p + closing, scan->end, name, &element) > 0)
		close = tag_end(scan, p);
	else
		return FS_NO_MARKUP;
	if (!close)
		return FS_NO_MARKUP;
	if (element && !closing && (strcmp(name, "script") == 0 || strcmp(name, "style") == 0) &&
		skip_past(scan, close, name[1] == 'c' ? "</script" : "</style"))
	{
		close = tag_end(scan, scan->p);
		if (!close)
			return FS_MARKUP_BLOCK;
	}
	scan->p = close + 1;
	return element && element->block ? FS_MARKUP_BLOCK : FS_MARKUP_INLINE;
}

/* Character references that stand for something the scanner cares about. */
static const struct
{
	const char *name;
	char		ch;
} references[] = {
	{ "amp", '&' },	   { "#38", '&' },	  { "apos", '\'' }, { "#39", '\'' },  { "#x27", '\'' }, { "rsquo", '\'' },
	{ "#8217", '\'' }, { "lsquo", '\'' }, { "quot", '"' },	{ "#34", '"' },	  { "ldquo", '"' }, { "rdquo", '"' },
	{ "#8220", '"' },  { "#8221", '"' },  { "ndash", '-' }, { "#8211", '-' }, { "minus", '-' }, { "#45", '-' },
};

size_t
fs_character_reference(const char *p, const char *end, char *ch)
{
	size_t n = 1;
	size_t limit = (size_t) (end - p) < 12 ? (size_t) (end - p) : 12;

	if (limit < 3)
		return 0;
	if (p[n] == '#')
		n++;
	while (
		n < limit && (unsigned char) p[n] < 128 &&
		(fs_ascii_class[(unsigned char) p[n]] == FS_CH_LETTER || fs_ascii_class[(unsigned char) p[n]] == FS_CH_DIGIT))
		n++;
	if (n >= limit || p[n] != ';' || n < 3)
		return 0;
	*ch = ' ';
	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (strlen(references[i].name) == n - 1 && memcmp(references[i].name, p + 1, n - 1) == 0)
			*ch = references[i].ch;
	return n + 1;
}
