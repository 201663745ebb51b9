/*
 * card.c - level 10: the whole card as one self-contained HTML page.
 *
 * The page has no script, loads nothing and says so to the browser (a content
 * security policy of 'none' but for its own style sheet), so that even a fault
 * in the escaping could not run anything.  Sections without content are left
 * out; caps (card_parts.h) keep the page small whatever the document's size.
 */
#include "card.h"
#include "card_parts.h"
#include "summary.h"

#define SUMMARY_SENTENCES 2
#define SUMMARY_BYTES 4000
#define TITLE_BYTES 200 /* of a title */
#define LEAD_BYTES 110	/* of a sentence that stands for one */
#define TITLE_LONG 90	/* set smaller from here on */

void
fs_card_put(Page *page, const char *html)
{
	fs_append_cstr(page->arena, &page->out, html);
}

void
fs_card_text(Page *page, FsText text)
{
	fs_append_html(page->arena, &page->out, text.data, text.len);
}

void
fs_card_span(Page *page, FsSpan span)
{
	fs_append_html(page->arena, &page->out, page->document->body.data + span.start, span.len);
}

void
fs_card_score(Page *page, int32_t score)
{
	int size = (int) (score < 0 ? -score : score);
	int cents = (size + 50) / 100;

	fs_appendf(page->arena, &page->out, "<data class=\"%s\" value=\"%s%d.%04d\">%s%d.%02d</data>",
			   fs_card_tone(score), score < 0 ? "-" : "", size / 10000, size % 10000,
			   cents == 0  ? ""
			   : score < 0 ? "&minus;"
						   : "+",
			   cents / 100, cents % 100);
}

const char *
fs_card_tone(int32_t score)
{
	return score <= -1200 ? "neg" : score >= 1200 ? "pos" : "neu";
}

void
fs_card_more(Page *page, uint32_t shown, uint32_t all, const char *what)
{
	if (shown < all)
		fs_appendf(page->arena, &page->out, "<p class=\"more\">%u more %s are not shown.</p>", all - shown, what);
}

/* How much is shown of the title. */
static uint32_t
title_bytes(const FsDocument *document)
{
	return document->title.len > 0 ? TITLE_BYTES : LEAD_BYTES;
}

/* At most so many bytes of a text, cut between words; *cut says whether it was. */
static FsText
shorten(FsText text, uint32_t max, bool *cut)
{
	uint32_t len = max;

	*cut = text.len > max;
	if (!*cut)
		return text;
	while (len > max / 2 && text.data[len] != ' ')
		len--;
	while (len > 0 && ((unsigned char) text.data[len] & 0xC0) == 0x80)
		len--;
	return (FsText){ text.data, len };
}

/* The title, or what the body has for one: its first heading, else its first sentence. */
static FsText
page_title(const FsDocument *document)
{
	const FsSentenceInfo *first = NULL;

	if (document->title.len > 0)
		return document->title;
	for (uint32_t i = 0; i < document->nsentences && i < 8; i++)
	{
		if (first == NULL)
			first = &document->sentences[i];
		if (document->sentences[i].flags & FS_S_HEADING)
		{
			first = &document->sentences[i];
			break;
		}
	}
	if (first)
		return (FsText){ document->body.data + first->span.start, first->span.len };
	return (FsText){ "Untitled", 8 };
}

void
fs_card_short(Page *page, FsText text, uint32_t max)
{
	bool cut;

	fs_card_text(page, shorten(text, max, &cut));
	if (cut)
		fs_card_put(page, "&hellip;");
}

void
fs_card_head(Page *page, FsText title, uint32_t max, const char *style)
{
	fs_card_put(
		page, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
			  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
			  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline'\">"
			  "<meta name=\"color-scheme\" content=\"light dark\"><title>");
	fs_card_short(page, title, max);
	fs_card_put(page, "</title><style>");
	fs_card_put(page, fs_card_style);
	fs_card_put(page, style);
	fs_card_put(page, "</style></head>\n<body><main>");
}

/* The sentences that carry the news. */
static void
put_summary(Page *page)
{
	uint32_t	  n;
	const FsSpan *spans = fs_summary(page->arena, page->document, SUMMARY_SENTENCES, &n);

	if (n == 0)
		return;
	fs_card_put(page, "<div class=\"lede\" id=\"summary\">");
	for (uint32_t i = 0; i < n; i++)
	{
		fs_card_put(page, "<p>");
		fs_card_short(page, (FsText){ page->document->body.data + spans[i].start, spans[i].len }, SUMMARY_BYTES);
		fs_card_put(page, "</p>");
	}
	fs_card_put(page, "</div>");
}

/* The companies with symbols as tags. */
static void
put_tickers(Page *page)
{
	const FsDocument *d = page->document;
	uint32_t		  shown = 0;

	for (uint32_t i = 0; i < d->ncompanies && shown < 8; i++)
	{
		const char *ticker =
			d->companies[i].company >= 0 ? fs_company_info(d->companies[i].company).ticker : d->companies[i].symbol;

		if (ticker == NULL || ticker[0] == '\0' || d->companies[i].confidence < 500)
			continue;
		fs_card_put(page, shown++ == 0 ? "<ul class=\"tags\" aria-label=\"Tickers\"><li class=\"tag\">"
									   : "<li class=\"tag\">");
		fs_append_html(page->arena, &page->out, ticker, strlen(ticker));
		fs_card_put(page, "</li>");
	}
	if (shown > 0)
		fs_card_put(page, "</ul>");
}

/* Title, summary, tickers, and the gauge beside them. */
static void
put_header(Page *page)
{
	const FsDocument *d = page->document;

	fs_appendf(page->arena, &page->out, "<header class=\"card\"><div><h1%s>",
			   page_title(d).len > TITLE_LONG ? " class=\"long\"" : "");
	fs_card_short(page, page_title(d), title_bytes(d));
	fs_card_put(page, "</h1>");
	put_summary(page);
	put_tickers(page);
	fs_card_put(page, "</div><div class=\"gauge\">");
	fs_card_gauge(page, d->score);
	fs_card_put(page, "<p class=\"score\" id=\"score\">");
	fs_card_score(page, d->score);
	fs_appendf(page->arena, &page->out, "</p><p class=\"label %s\" id=\"label\">%s</p>", fs_card_tone(d->score),
			   fs_label_name(fs_label(d->score)));
	fs_card_mix(page);
	fs_appendf(page->arena, &page->out, "<p class=\"small soft\">confidence %d%%%s</p>", (d->confidence + 5) / 10,
			   d->mixed ? " &middot; mixed evidence" : "");
	fs_card_put(page, "</div></header>");
}

FsString
fs_card_html(FsArena *arena, const FsDocument *document)
{
	Page page = { .arena = arena, .document = document };

	fs_card_head(&page, page_title(document), title_bytes(document), "");
	put_header(&page);
	fs_card_companies(&page);
	fs_card_metrics(&page);
	fs_card_insights(&page);
	fs_card_evidence_text(&page);
	fs_appendf(arena, &page.out, "<footer>%u words &middot; read by %s</footer></main></body></html>\n",
			   document->words, fs_model_name());
	return page.out;
}
