/*
 * card_text.c - level 10: the text with its evidence marked, rule and weight in each mark's title.
 */
#include "card_parts.h"

/* "direction x metric +0.12; negative term -0.03", at most a few. */
static void
put_reasons(Page *page, const FsMark *mark)
{
	const FsDocument *d = page->document;
	uint32_t		  n = 0;

	for (uint32_t i = 0; i < mark->nevidence && n < 6; i++)
	{
		const FsEvidence *evidence = &d->evidence[mark->evidence + i];
		int				  size = (int) (evidence->weight < 0 ? -evidence->weight : evidence->weight);

		if (evidence->span.len == 0 || evidence->weight == 0)
			continue;
		if (n++ > 0)
			fs_card_put(page, "; ");
		fs_append_html(page->arena, &page->out, fs_rule_name(evidence->rule), strlen(fs_rule_name(evidence->rule)));
		fs_appendf(page->arena, &page->out, " %s%d.%04d", evidence->weight < 0 ? "-" : "+", size / 10000,
				   size % 10000);
	}
}

/* The end of what is shown: at a character, and outside a mark. */
static uint32_t
shown_end(FsText body, const FsMark *marks, uint32_t n)
{
	uint32_t end = CARD_TEXT_BYTES;

	if (body.len <= CARD_TEXT_BYTES)
		return body.len;
	while (end > 0 && ((unsigned char) body.data[end] & 0xC0) == 0x80)
		end--;
	for (uint32_t i = 0; i < n && marks[i].start < end; i++)
		if (marks[i].end > end)
			end = marks[i].start;
	return end;
}

void
fs_card_evidence_text(Page *page)
{
	FsText		  body = page->document->body;
	uint32_t	  n;
	const FsMark *marks = fs_marks(page->arena, page->document, false, false, &n);
	uint32_t	  end = shown_end(body, marks, n);
	uint32_t	  at = 0;

	if (page->document->words == 0)
		return;
	fs_card_put(page, "<section aria-labelledby=\"h-text\"><h2 id=\"h-text\">Text and evidence</h2>");
	if (n > 0)
		fs_card_put(page,
					"<p class=\"key\"><span><mark class=\"pos\">good news</mark></span><span>"
					"<mark class=\"neg\">bad news</mark></span><span>Each mark names its rule and its share of the "
					"score.</span></p>");
	fs_card_put(page, "<div class=\"text\" id=\"body\">");
	for (uint32_t i = 0; i < n && marks[i].start < end; i++)
	{
		fs_card_span(page, (FsSpan){ at, marks[i].start - at });
		fs_appendf(page->arena, &page->out, "<mark class=\"%s\" title=\"", marks[i].weight < 0 ? "neg" : "pos");
		put_reasons(page, &marks[i]);
		fs_card_put(page, "\">");
		fs_card_span(page, (FsSpan){ marks[i].start, marks[i].end - marks[i].start });
		fs_card_put(page, "</mark>");
		at = marks[i].end;
	}
	fs_card_span(page, (FsSpan){ at, end - at });
	fs_card_put(page, "</div>");
	if (end < body.len)
		fs_appendf(page->arena, &page->out, "<p class=\"more\">The first %u of %u kilobytes are shown.</p>",
				   end / 1024, body.len / 1024);
	fs_card_put(page, "</section>");
}
