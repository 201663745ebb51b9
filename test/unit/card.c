/*
 * card.c - the page: closed, escaped, plain ASCII around the text, small.
 */
#include "card.h"
#include "card_parts.h"
#include "unit.h"

/* The card of a text, terminated. */
static const char *
card(const char *title, const char *body)
{
	FsError			  error;
	const FsDocument *document =
		fs_document_read(unit_arena(), unit_text(body), unit_text(title), FS_WANT_ALL, &error);
	FsString out = fs_card_html(unit_arena(), document);

	fs_append(unit_arena(), &out, "", 1);
	return out.data;
}

/* How often a string comes in another. */
static int
count(const char *s, const char *what)
{
	int n = 0;

	for (; (s = strstr(s, what)) != NULL; s += strlen(what))
		n++;
	return n;
}

/* Whether every element that opens also closes. */
static void
check_balance(const char *page, const char *element)
{
	char open[16];
	char bare[16];
	char close[16];

	sprintf(open, "<%s ", element);
	sprintf(bare, "<%s>", element);
	sprintf(close, "</%s>", element);
	CHECK_MSG(count(page, open) + count(page, bare) == count(page, close), "<%s> is not closed", element);
}

static const char *const news =
	"Kestrel Motors raised its forecast on Monday after revenue rose 12% to $4.2 billion from $3.8 billion. "
	"Over the next 3-6 months margins should widen; over 12-24 months the main risk is a price war with rivals. "
	"The shares fell 3%.";

static void
elements_are_closed(void)
{
	static const char *const elements[] = { "html",	 "head", "body", "main", "title", "style", "header", "section",
											"div",	 "p",	 "ul",	 "ol",	 "li",	  "q",	   "table",	 "thead",
											"tbody", "tr",	 "th",	 "td",	 "span",  "data",  "svg",	 "g",
											"a",	 "text", "mark", "h1",	 "h2" };
	const char				*page = card("Kestrel lifts its forecast", news);

	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		check_balance(page, elements[i]);
	CHECK(count(page, "<!DOCTYPE html>") == 1);
	CHECK(strstr(page, "Kestrel lifts its forecast</title>") != NULL);
	CHECK(strstr(page, "3&ndash;6 months") != NULL);
	CHECK(strstr(page, "<mark class=") != NULL);
	CHECK(strstr(page, "prefers-color-scheme:dark") != NULL);
}

static void
nothing_of_the_text_is_mark_up(void)
{
	const char *evil =
		"</title></style><script>alert(1)</script><img src=x onerror='alert(2)'>\" onload=\"alert(3) & rose";
	const char *page = card(evil, evil);

	CHECK_INT(count(page, "<script"), 0);
	CHECK_INT(count(page, "<img"), 0);
	CHECK_INT(count(page, "</title>"), 1);
	CHECK_INT(count(page, "</style>"), 1);
	CHECK(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;") != NULL);
	CHECK(strstr(page, "\" onload=\"") == NULL);
}

static void
our_part_is_ascii(void)
{
	for (const char *p = card("Kestrel", news); *p; p++)
		if ((unsigned char) *p >= 0x80)
		{
			CHECK_MSG(false, "byte %02x in the page", (unsigned char) *p);
			break;
		}
}

static void
nothing_needs_the_network_or_a_script(void)
{
	const char *page = card("Kestrel", news);

	CHECK(strstr(page, "default-src 'none'") != NULL);
	CHECK_INT(count(page, "http://"), 0);
	CHECK_INT(count(page, "https://"), 0);
	CHECK_INT(count(page, "url("), 0);
	CHECK_INT(count(page, "javascript"), 0);
}

static void
empty_texts_have_a_page(void)
{
	CHECK(strstr(card("", ""), "Untitled") != NULL);
	CHECK(strstr(card("", ""), "</html>") != NULL);
	CHECK(strstr(card("Only a title", "  "), "Only a title") != NULL);
}

static void
long_texts_are_cut_with_a_note(void)
{
	size_t		size = 3 * 1024 * 1024;
	char	   *body = unit_alloc(NULL, size + 1);
	const char *page;

	for (size_t i = 0; i + 20 <= size; i += 20)
		memcpy(body + i, "Kestrel \xE2\x82\xAC rose 1%. ", 20);
	body[size / 20 * 20] = '\0';
	page = card("", body);
	CHECK(strlen(page) < 2 * 1024 * 1024);
	CHECK(strstr(page, "kilobytes are shown") != NULL);
}

/* An amount as the page shows it, without its element. */
static const char *
amount(uint64_t digits, int exponent, FsUnitKind unit, const char *currency)
{
	FsDocument document = { 0 };
	Page	   page = { .arena = unit_arena(), .document = &document };
	char	  *start;
	char	  *end;

	fs_card_amount(&page, (FsDecimal){ digits, (int16_t) exponent, false }, unit, currency, (FsSpan){ 0, 0 });
	fs_append(page.arena, &page.out, "", 1);
	start = strchr(page.out.data, '>');
	end = start ? strchr(start, '<') : NULL;
	if (end == NULL)
		return page.out.data;
	*end = '\0';
	return start + 1;
}

static void
amounts_read_as_people_write_them(void)
{
	CHECK_STR(amount(12, 8, FS_UNIT_MONEY, "USD"), "$1.2&nbsp;bn");
	CHECK_STR(amount(364, 9, FS_UNIT_MONEY, "USD"), "$364&nbsp;bn");
	CHECK_STR(amount(1234567, 0, FS_UNIT_MONEY, "EUR"), "&euro;1.23&nbsp;m");
	CHECK_STR(amount(250000, 0, FS_UNIT_MONEY, "CHF"), "CHF&nbsp;250,000");
	CHECK_STR(amount(50, -2, FS_UNIT_MONEY, "USD"), "$0.50");
	CHECK_STR(amount(111, -1, FS_UNIT_PERCENT, ""), "11.1%");
	CHECK_STR(amount(25, 11, FS_UNIT_MONEY, "USD"), "$2.5&nbsp;tn");
	CHECK_STR(amount(999999999, 0, FS_UNIT_NONE, ""), "1,000&nbsp;m");
	CHECK_STR(amount(0, 0, FS_UNIT_BASIS_POINTS, ""), "0&nbsp;bps");
	CHECK_STR(amount(UINT64_MAX, 0, FS_UNIT_NONE, ""), "18446744073709551615");
}

int
main(void)
{
	RUN(elements_are_closed);
	RUN(nothing_of_the_text_is_mark_up);
	RUN(our_part_is_ascii);
	RUN(nothing_needs_the_network_or_a_script);
	RUN(empty_texts_have_a_page);
	RUN(long_texts_are_cut_with_a_note);
	RUN(amounts_read_as_people_write_them);
	return unit_done();
}
