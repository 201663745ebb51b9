/*
 * report.c - level 10: sentiment of many tickers over time as one HTML page.
 *
 * From the whole to the parts: a head with the mean of all news, a table of the
 * tickers from the best mean to the worst, and a panel each, all on the same
 * time and the same scale so that they can be compared (Tufte's small
 * multiples).  The page shares the card's frame, style and escaping.
 */
#include "report_parts.h"

#define TITLE_BYTES 200

/* Sort from the best mean to the worst; without news last; then in the query's order. */
static void
sort_figures(FsReportFigures *figures, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
	{
		FsReportFigures f = figures[i];
		uint32_t		at = i;

		for (; at > 0; at--)
		{
			const FsReportFigures *before = &figures[at - 1];

			if (before->news > 0 && (f.news == 0 || before->mean >= f.mean))
				break;
			if (before->news == 0 && f.news == 0)
				break;
			figures[at] = *before;
		}
		figures[at] = f;
	}
}

/* How far bars reach: the largest step's mean, rounded up to a quarter. */
static void
set_scale(const FsReport *report, FsReportTime *time)
{
	int32_t largest = 0;

	for (uint32_t s = 0; s < report->nseries; s++)
	{
		FsReportStep steps[FS_REPORT_STEPS];

		fs_report_steps(report, time, &report->series[s], steps);
		for (uint32_t i = 0; i < time->steps; i++)
			if (steps[i].news > 0)
			{
				int32_t size = steps[i].mean < 0 ? -steps[i].mean : steps[i].mean;

				largest = size > largest ? size : largest;
			}
	}
	time->scale = largest <= 2500 ? 2500 : (largest + 2499) / 2500 * 2500;
}

/* "NVDA +0.62" */
static void
put_named(Page *page, const FsReportFigures *figures)
{
	fs_card_put(page, "<strong>");
	fs_card_short(page, figures->series->ticker, 40);
	fs_card_put(page, "</strong> ");
	fs_card_score(page, figures->mean);
}

/* How much news on how many tickers, from when to when, and the extremes. */
static void
put_lede(Page *page, const FsReport *report, const FsReportTime *time, const FsReportFigures *figures,
		 const FsReportFigures *total)
{
	uint32_t with_news = 0;

	while (with_news < report->nseries && figures[with_news].news > 0)
		with_news++;
	fs_card_put(page, "<div class=\"lede\" id=\"summary\"><p><data id=\"news\" value=\"");
	/* cppcheck-suppress ctunullpointer ; the total is made before the page */
	fs_appendf(page->arena, &page->out, "%u\">", total->news);
	fs_card_count(page, total->news);
	fs_appendf(page->arena, &page->out, " news item%s</data> on %u ticker%s, ", total->news == 1 ? "" : "s",
			   report->nseries, report->nseries == 1 ? "" : "s");
	fs_report_date(page, time->first, true, false);
	if (fs_report_day(time->last) * FS_REPORT_DAY != time->first)
	{
		fs_card_put(page, " to ");
		fs_report_date(page, time->last, true, false);
	}
	fs_card_put(page, ".");
	if (with_news > 1)
	{
		fs_card_put(page, " Best is ");
		put_named(page, &figures[0]);
		fs_card_put(page, ", worst ");
		put_named(page, &figures[with_news - 1]);
		fs_card_put(page, ".");
	}
	fs_card_put(page, "</p></div>");
}

/* Title, lede, and the mean of all news on a gauge. */
static void
put_header(Page *page, FsText title, const FsReport *report, const FsReportTime *time, const FsReportFigures *figures,
		   const FsReportFigures *total)
{
	fs_card_put(page, "<header class=\"card\"><div><h1>");
	fs_card_short(page, title, TITLE_BYTES);
	fs_card_put(page, "</h1>");
	if (time == NULL)
	{
		fs_card_put(page,
					"<div class=\"lede\" id=\"summary\"><p>The query gave no news and no prices.</p></div></div>"
					"</header>");
		return;
	}
	put_lede(page, report, time, figures, total);
	fs_card_put(page, "</div>");
	if (total->news > 0)
	{
		fs_card_put(page, "<div class=\"gauge\">");
		fs_card_gauge(page, total->mean);
		fs_card_put(page, "<p class=\"score\" id=\"score\">");
		fs_card_score(page, total->mean);
		fs_appendf(page->arena, &page->out, "</p><p class=\"label %s\" id=\"label\">%s</p><p class=\"small soft\">",
				   fs_card_tone(total->mean), fs_label_name(fs_label(total->mean)));
		if (total->error >= 0)
			fs_appendf(page->arena, &page->out,
					   "mean of all news, standard error <data class=\"se\" value=\"%d.%04d\">%d.%02d</data></p>",
					   (int) total->error / 10000, (int) total->error % 10000, (int) (total->error + 50) / 10000,
					   (int) (total->error + 50) / 100 % 100);
		else
			fs_card_put(page, "one news item</p>");
		fs_card_put(page, "</div>");
	}
	fs_card_put(page, "</header>");
}

/* The change of a price, rounded to a tenth of a percent. */
static void
put_move(Page *page, const FsReportFigures *f)
{
	int64_t from = f->price_first;
	int64_t change = f->price_last - from;
	int64_t tenths;

	if (from <= 0 || change > INT64_MAX / 2000 || change < -INT64_MAX / 2000)
		return;
	tenths = change < 0 ? -((-change * 2000 + from) / (2 * from)) : (change * 2000 + from) / (2 * from);
	fs_appendf(page->arena, &page->out, "<span class=\"sub %s\">%s",
			   tenths < 0	? "neg"
			   : tenths > 0 ? "pos"
							: "soft",
			   tenths < 0	? "&minus;"
			   : tenths > 0 ? "+"
							: "");
	fs_card_count(page, (uint64_t) (tenths < 0 ? -tenths : tenths) / 10);
	fs_appendf(page->arena, &page->out, ".%d%%</span>", (int) ((tenths < 0 ? -tenths : tenths) % 10));
}

/* One ticker's row of the table. */
static void
put_row(Page *page, const FsReportFigures *f, bool prices)
{
	fs_card_put(page, "<tr><th scope=\"row\">");
	fs_card_short(page, f->series->ticker, 40);
	fs_card_put(page, "</th><td class=\"bar\">");
	if (f->news > 0)
		fs_report_whisker(page, f);
	fs_card_put(page, "</td><td class=\"num\">");
	if (f->news > 0)
		fs_report_mean(page, f);
	else
		fs_card_put(page, "<span class=\"soft\" aria-label=\"no news\">&ndash;</span>");
	fs_card_put(page, "</td><td class=\"num few\">");
	fs_card_count(page, f->news);
	fs_appendf(page->arena, &page->out, "</td><td class=\"num wide\">%u</td>", f->last_day);
	if (prices)
	{
		fs_card_put(page, "<td class=\"num\">");
		if (f->has_price)
		{
			fs_report_price(page, f->price_last);
			put_move(page, f);
		}
		fs_card_put(page, "</td>");
	}
	fs_card_put(page, "</tr>");
}

/* All tickers, from the best mean to the worst. */
static void
put_table(Page *page, const FsReport *report, const FsReportTime *time, const FsReportFigures *figures)
{
	bool prices = false;

	for (uint32_t i = 0; i < report->nseries; i++)
		prices |= figures[i].has_price;
	fs_card_put(page, "<section aria-labelledby=\"h-tickers\"><h2 id=\"h-tickers\">Tickers</h2><div class=\"scroll\">"
					  "<table class=\"mid tickers\"><thead><tr><th scope=\"col\">Ticker</th><th scope=\"col\" "
					  "class=\"bar\">&minus;1 to +1</th><th scope=\"col\" class=\"num\">Mean</th>"
					  "<th scope=\"col\" class=\"num few\">News</th><th scope=\"col\" class=\"num wide\">On ");
	fs_report_date(page, time->last, false, false);
	fs_card_put(page, prices ? "</th><th scope=\"col\" class=\"num\">Price</th></tr></thead><tbody>"
							 : "</th></tr></thead><tbody>");
	for (uint32_t i = 0; i < report->nseries; i++)
		put_row(page, &figures[i], prices);
	fs_card_put(page,
				"</tbody></table></div><p class=\"more\">A mean is that of the ticker's news, each counted once, "
				"with its standard error.</p></section>");
}

/* A panel each. */
static void
put_panels(Page *page, const FsReport *report, const FsReportTime *time, const FsReportFigures *figures)
{
	fs_card_put(page, "<section aria-labelledby=\"h-time\"><h2 id=\"h-time\">Over time</h2><p class=\"key\"><span>");
	if (time->step < FS_REPORT_DAY)
		fs_card_put(page, "A bar is the mean of an hour&rsquo;s news");
	else if (time->step == FS_REPORT_DAY)
		fs_card_put(page, "A bar is the mean of a day&rsquo;s news");
	else
		fs_appendf(page->arena, &page->out, "A bar is the mean of %d days&rsquo; news",
				   (int) (time->step / FS_REPORT_DAY));
	fs_card_put(page, "; the broken line is the mean of all, the stretch behind it its standard error. Above: the "
					  "price.</span></p><div class=\"panels\">");
	for (uint32_t i = 0; i < report->nseries; i++)
	{
		fs_poll(page->arena);
		fs_report_panel(page, report, time, &figures[i]);
	}
	fs_card_put(page, "</div></section>");
}

FsString
fs_report_html(FsArena *arena, const FsReport *report)
{
	Page			 page = { .arena = arena };
	FsText			 title = report->title.len > 0 ? report->title : (FsText){ "Sentiment report", 16 };
	FsReportFigures *figures = fs_alloc(arena, (report->nseries + 1) * sizeof(FsReportFigures));
	FsReportTime	 time;

	fs_card_head(&page, title, TITLE_BYTES, fs_report_style);
	if (fs_report_time(report, &time))
	{
		int64_t			last_day = fs_report_day(time.last);
		FsReportFigures total = fs_report_total(report, last_day);

		set_scale(report, &time);
		for (uint32_t i = 0; i < report->nseries; i++)
			figures[i] = fs_report_figures(report, &report->series[i], last_day);
		sort_figures(figures, report->nseries);
		put_header(&page, title, report, &time, figures, &total);
		put_table(&page, report, &time, figures);
		put_panels(&page, report, &time, figures);
	}
	else
		put_header(&page, title, report, NULL, NULL, NULL);
	fs_card_put(&page, "<footer>Times in ");
	fs_append_html(arena, &page.out, report->zone, strlen(report->zone));
	if (report->skipped > 0)
		fs_appendf(arena, &page.out,
				   " &middot; %llu row%s without a ticker, a time, or both score and price left out",
				   (unsigned long long) report->skipped, report->skipped == 1 ? "" : "s");
	fs_card_put(&page, " &middot; drawn by finsent</footer></main></body></html>\n");
	return page.out;
}
