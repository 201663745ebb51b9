/*
 * card_insights.c - level 10: the insights, each sentence once, under its kinds.
 */
#include "card_parts.h"

void
fs_card_months(Page *page, const FsInsight *insight)
{
	int low = (int) insight->months_low;
	int high = (int) insight->months_high;

	if (low == high)
		fs_appendf(page->arena, &page->out, "%d month%s", high, high == 1 ? "" : "s");
	else if (low == 0)
		fs_appendf(page->arena, &page->out, "next %d month%s", high, high == 1 ? "" : "s");
	else
		fs_appendf(page->arena, &page->out, "%d&ndash;%d months", low, high);
}

const char *
fs_card_kind(FsInsightKind kind)
{
	static const char *const titles[] = { "Risk",		 "Catalyst",  "Outlook",	 "Guidance",
										  "Competitors", "Consensus", "Second order" };

	return titles[kind];
}

/* The kinds, horizons and companies of insights first..end, which share a place. */
static void
put_tags(Page *page, const FsInsight *insights, uint32_t first, uint32_t end)
{
	unsigned kinds = 0;

	fs_card_put(page, "<ul class=\"tags\">");
	for (uint32_t i = first; i < end; i++)
	{
		const char *extra = insights[i].kind == FS_INSIGHT_RISK		  ? " risk"
							: insights[i].kind == FS_INSIGHT_CATALYST ? " catalyst"
																	  : "";

		if (kinds & 1u << insights[i].kind)
			continue;
		kinds |= 1u << insights[i].kind;
		fs_appendf(page->arena, &page->out, "<li class=\"tag kind%s\">%s</li>", extra,
				   fs_card_kind(insights[i].kind));
	}
	for (uint32_t i = first; i < end; i++)
	{
		if (!insights[i].has_months || insights[i].kind != insights[first].kind)
			continue;
		fs_card_put(page, "<li class=\"tag months\">");
		fs_card_months(page, &insights[i]);
		fs_card_put(page, "</li>");
	}
	for (uint32_t i = 0; i < insights[first].ncompanies && i < 8; i++)
	{
		FsCompanyInfo info = fs_company_info(insights[first].companies[i]);
		const char	 *name = info.ticker && info.ticker[0] != '\0' ? info.ticker : info.name;

		fs_card_put(page, "<li class=\"tag\">");
		fs_append_html(page->arena, &page->out, name, strlen(name));
		fs_card_put(page, "</li>");
	}
	fs_card_put(page, "</ul>");
}

void
fs_card_insights(Page *page)
{
	uint32_t		 n;
	const FsInsight *insights = fs_insights(page->arena, page->document, &n);
	uint32_t		 shown = 0;
	uint32_t		 all = 0;

	if (n == 0)
		return;
	fs_card_put(page, "<section aria-labelledby=\"h-insights\"><h2 id=\"h-insights\">Insights</h2>");
	fs_card_timeline(page, insights, n);
	fs_card_put(page, "<ol class=\"insights\">");
	for (uint32_t first = 0, end; first < n; first = end)
	{
		FsSpan span = insights[first].span;

		for (end = first + 1; end < n && insights[end].span.start == span.start; end++)
			if (insights[end].span.len > span.len)
				span.len = insights[end].span.len;
		all++;
		if (shown >= CARD_INSIGHTS)
			continue;
		shown++;
		fs_appendf(page->arena, &page->out, "<li id=\"i%u\">", shown);
		put_tags(page, insights, first, end);
		fs_card_put(page, "<q>");
		fs_card_span(page, span);
		fs_card_put(page, "</q></li>");
	}
	fs_card_put(page, "</ol>");
	fs_card_more(page, shown, all, "insights");
	fs_card_put(page, "</section>");
}
