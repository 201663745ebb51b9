/*
 * card_tables.c - level 10: companies with their bars, and the metrics.
 */
#include "card_parts.h"
#include "lexicon.h"

/* The ticker of a company, or what the text calls it. */
static void
put_ticker(Page *page, FsCompanyId company, const char *symbol)
{
	const char *ticker = company >= 0 ? fs_company_info(company).ticker : symbol;

	if (company >= 0 && (ticker == NULL || ticker[0] == '\0'))
		ticker = fs_company_info(company).name;
	if (ticker)
		fs_append_html(page->arena, &page->out, ticker, strlen(ticker));
}

/* One row: who, the bar, the score. */
static void
put_company(Page *page, const FsDocumentCompany *company)
{
	fs_card_put(page, "<tr><th scope=\"row\">");
	put_ticker(page, company->company, company->symbol);
	if (company->company >= 0 && fs_company_info(company->company).ticker &&
		fs_company_info(company->company).ticker[0] != '\0')
	{
		const char *name = fs_company_info(company->company).name;

		fs_card_put(page, "<span class=\"sub\">");
		fs_append_html(page->arena, &page->out, name, strlen(name));
		fs_card_put(page, "</span>");
	}
	fs_card_put(page, "</th><td class=\"bar\">");
	fs_card_bar(page, company->score);
	fs_card_put(page, "</td><td class=\"num\">");
	fs_card_score(page, company->score);
	fs_appendf(page->arena, &page->out,
			   "</td><td class=\"wide tight %s\">%s</td><td class=\"num wide\">%d%%</td>"
			   "<td class=\"num wide\">%u</td></tr>",
			   fs_card_tone(company->score), fs_label_name(fs_label(company->score)), (company->relevance + 5) / 10,
			   company->mentions);
}

void
fs_card_companies(Page *page)
{
	const FsDocument *d = page->document;
	uint32_t		  shown = d->nlikely < CARD_COMPANIES ? d->nlikely : CARD_COMPANIES;

	if (shown == 0)
		return;
	fs_card_put(page,
				"<section aria-labelledby=\"h-companies\"><h2 id=\"h-companies\">Ticker sentiment</h2>"
				"<div class=\"scroll\"><table class=\"mid\"><thead><tr><th scope=\"col\">Company</th>"
				"<th scope=\"col\" class=\"bar\">&minus;1 to +1</th><th scope=\"col\" class=\"num\">Score</th>"
				"<th scope=\"col\" class=\"wide\">Sentiment</th><th scope=\"col\" class=\"num wide\">Relevance</th>"
				"<th scope=\"col\" class=\"num wide\">Mentions</th></tr></thead><tbody>");
	for (uint32_t i = 0; i < shown; i++)
		put_company(page, &d->companies[i]);
	fs_card_put(page, "</tbody></table></div>");
	fs_card_more(page, shown, d->nlikely, "companies");
	fs_card_put(page, "</section>");
}

/* "free_cash_flow" as "Free cash flow"; short names are acronyms. */
static void
put_metric_name(Page *page, const FsMetric *metric)
{
	static const char *const acronyms[] = { "eps",	"ebit", "ebitda", "ebita", "gdp", "cpi", "ppi",	  "pmi",
											"arpu", "roe",	"roa",	  "roce",  "aum", "nav", "capex", "pe",
											"npl",	"cet1", "arr",	  "ffo",   "mau", "dau", "gmv" };
	size_t					 len;

	if (metric->name == NULL)
	{
		FsSpan span = metric->name_span;

		if (span.len > 80)
			span.len = 80;
		fs_card_span(page, span);
		return;
	}
	len = strlen(metric->name);
	for (size_t i = 0; i < sizeof(acronyms) / sizeof(acronyms[0]); i++)
		if (strcmp(acronyms[i], metric->name) == 0 && strcmp(metric->name, "capex") != 0)
		{
			for (size_t k = 0; k < len; k++)
				fs_appendf(page->arena, &page->out, "%c",
						   metric->name[k] >= 'a' && metric->name[k] <= 'z' ? metric->name[k] - 32 : metric->name[k]);
			return;
		}
	for (size_t k = 0; k < len; k++)
	{
		char c = metric->name[k] == '_' ? ' ' : metric->name[k];

		if (k == 0 && c >= 'a' && c <= 'z')
			c = (char) (c - 32);
		fs_append_html(page->arena, &page->out, &c, 1);
	}
}

/* Whether a rise of the metric is good (1), bad (-1) or neither (0). */
static int
metric_polarity(const FsMetric *metric)
{
	char	 term[64];
	uint64_t classes;
	size_t	 i = 0;

	if (metric->name == NULL || strlen(metric->name) >= sizeof(term))
		return 0;
	for (; metric->name[i] != '\0'; i++)
		term[i] = metric->name[i] == '_' ? ' ' : metric->name[i];
	term[i] = '\0';
	classes = fs_entry(fs_lexicon_find(term))->classes;
	return classes & FS_C(GOOD) ? 1 : classes & FS_C(BAD) ? -1 : 0;
}

/* The arrow of the direction, coloured where the lexicon knows good from bad, and the change. */
static void
put_change(Page *page, const FsMetric *metric)
{
	static const char *const arrows[] = { "", "&#9650;", "&#9660;", "&#9654;" };
	static const char *const names[] = { "", "up", "down", "flat" };
	int						 sense = metric_polarity(metric) * (metric->direction == FS_DIR_UP	   ? 1
																: metric->direction == FS_DIR_DOWN ? -1
																								   : 0);

	if (metric->direction != FS_DIR_NONE)
		fs_appendf(page->arena, &page->out, "<span class=\"%s\" role=\"img\" aria-label=\"%s\">%s</span> ",
				   sense > 0   ? "pos"
				   : sense < 0 ? "neg"
							   : "neu",
				   names[metric->direction], arrows[metric->direction]);
	if (metric->has_change)
		fs_card_amount(page, metric->change, metric->change_unit, metric->change_currency, metric->noun);
}

/* "more than", "about" before a value. */
static const char *
comparator_sign(FsComparator comparator)
{
	static const char *const signs[] = {
		"", "&gt;&nbsp;", "&lt;&nbsp;", "&ge;&nbsp;", "&le;&nbsp;", "&asymp;&nbsp;"
	};

	return signs[comparator];
}

/* A period as written, cut where it is long. */
static void
put_period(Page *page, FsSpan period)
{
	if (period.len == 0)
		return;
	if (period.len > 60)
		period.len = 60;
	fs_card_put(page, "<span class=\"sub\">");
	fs_card_span(page, period);
	fs_card_put(page, "</span>");
}

/* One row: what, whose, how much, how it moved, from where. */
static void
put_metric(Page *page, const FsMetric *metric)
{
	fs_card_put(page, "<tr><th scope=\"row\">");
	put_metric_name(page, metric);
	if (metric->company >= 0 || metric->symbol[0])
	{
		fs_card_put(page, "<span class=\"sub\">");
		put_ticker(page, metric->company, metric->symbol);
		fs_card_put(page, "</span>");
	}
	fs_card_put(page, "</th><td class=\"num\">");
	if (metric->has_value)
	{
		fs_card_put(page, comparator_sign(metric->comparator));
		fs_card_amount(page, metric->value, metric->unit, metric->currency,
					   metric->has_high ? (FsSpan){ 0, 0 } : metric->noun);
		if (metric->has_high)
		{
			fs_card_put(page, " &ndash; ");
			fs_card_amount(page, metric->high, metric->unit, metric->currency, metric->noun);
		}
	}
	else
		fs_card_put(page, "<span class=\"soft\" aria-label=\"not stated\">&ndash;</span>");
	put_period(page, metric->period);
	fs_card_put(page, "</td><td class=\"num\">");
	put_change(page, metric);
	fs_card_put(page, metric->has_prior || metric->prior_period.len > 0 ? "</td><td class=\"num prior\">"
																		: "</td><td class=\"num\">");
	if (metric->has_prior)
		fs_card_amount(page, metric->prior, metric->unit, metric->currency, (FsSpan){ 0, 0 });
	put_period(page, metric->prior_period);
	fs_appendf(page->arena, &page->out, "</td><td class=\"wide\"><span class=\"basis\">%s</span></td></tr>",
			   fs_basis_name(metric->basis));
}

void
fs_card_metrics(Page *page)
{
	const FsDocument *d = page->document;
	uint32_t		  shown = d->nmetrics < CARD_METRICS ? d->nmetrics : CARD_METRICS;

	if (shown == 0)
		return;
	fs_card_put(
		page,
		"<section aria-labelledby=\"h-metrics\"><h2 id=\"h-metrics\">Metrics</h2><div class=\"scroll\">"
		"<table class=\"metrics\"><thead><tr><th scope=\"col\">Metric</th><th scope=\"col\" class=\"num\">Value</th>"
		"<th scope=\"col\" class=\"num\">Change</th><th scope=\"col\" class=\"num\">Before</th>"
		"<th scope=\"col\" class=\"wide\">Basis</th></tr></thead><tbody>");
	for (uint32_t i = 0; i < shown; i++)
		put_metric(page, &d->metrics[i]);
	fs_card_put(page, "</tbody></table></div>");
	fs_card_more(page, shown, d->nmetrics, "metrics");
	fs_card_put(page, "</section>");
}
