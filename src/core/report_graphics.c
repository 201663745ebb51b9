/*
 * report_graphics.c - level 10: dates, prices, whiskers and the panel of one ticker.
 *
 * A panel is drawn in a square of 1000 by 1000 that the browser stretches to the
 * room it has; lines keep their width (vector-effect), and all lettering is HTML
 * beside it.  A dot is a line of no length with a round end, which stays round.
 */
#include "report_parts.h"

#define SIDE 1000

/* Year, month and day of a day since 2000-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
static void
civil_date(int64_t day, int64_t *year, int *month, int *of_month)
{
	int64_t	 shifted = day + 730425; /* since 0000-03-01 */
	int64_t	 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	uint32_t doe = (uint32_t) (shifted - era * 146097);
	uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	uint32_t mp = (5 * doy + 2) / 153;

	*of_month = (int) (doy - (153 * mp + 2) / 5 + 1);
	*month = (int) (mp < 10 ? mp + 3 : mp - 9);
	*year = (int64_t) yoe + era * 400 + (*month <= 2);
}

void
fs_report_date(Page *page, int64_t at, bool year, bool hour)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
										  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t					 day = fs_report_day(at);
	int64_t					 y;
	int						 m;
	int						 d;

	civil_date(day, &y, &m, &d);
	fs_appendf(page->arena, &page->out, "%d&nbsp;%s", d, months[m - 1]);
	if (year)
		fs_appendf(page->arena, &page->out, "&nbsp;%lld", (long long) y);
	if (hour)
		fs_appendf(page->arena, &page->out, "&nbsp;%02d:00", (int) ((at - day * FS_REPORT_DAY) / 3600));
}

void
fs_report_price(Page *page, int64_t price)
{
	uint64_t size = price < 0 ? (uint64_t) -price : (uint64_t) price;

	if (price < 0)
		fs_card_put(page, "&minus;");
	if (size >= UINT64_C(100000000))
		fs_card_count(page, (size + 5000) / 10000);
	else if (size >= 10000 || size == 0)
	{
		fs_card_count(page, (size + 50) / 10000);
		fs_appendf(page->arena, &page->out, ".%02d", (int) ((size + 50) / 100 % 100));
	}
	else
		fs_appendf(page->arena, &page->out, "0.%04d", (int) size);
}

/* "0.04" */
static void
put_size(Page *page, int32_t size)
{
	fs_appendf(page->arena, &page->out, "%d.%02d", (int) (size + 50) / 10000, (int) (size + 50) / 100 % 100);
}

void
fs_report_mean(Page *page, const FsReportFigures *figures)
{
	fs_card_score(page, figures->mean);
	if (figures->error < 0)
		return;
	fs_appendf(page->arena, &page->out, " <span class=\"soft\">&plusmn;&nbsp;<data class=\"se\" value=\"%d.%04d\">",
			   (int) figures->error / 10000, (int) figures->error % 10000);
	put_size(page, figures->error);
	fs_card_put(page, "</data></span>");
}

/* A place on a line from -1 to 1, in its 1000 parts. */
static int
on_line(int32_t score)
{
	return score <= -10000 ? 0 : score >= 10000 ? SIDE : (int) ((score + 10000) / 20);
}

void
fs_report_whisker(Page *page, const FsReportFigures *figures)
{
	const char *tone = fs_card_tone(figures->mean);
	int			mean = on_line(figures->mean);

	fs_card_put(page, "<svg class=\"whisker\" aria-hidden=\"true\" viewBox=\"0 0 1000 1000\" "
					  "preserveAspectRatio=\"none\"><path class=\"rule\" d=\"M0 500H1000\"/>"
					  "<path class=\"zero\" d=\"M500 120V880\"/>");
	if (figures->error >= 0)
		fs_appendf(page->arena, &page->out, "<path class=\"error s-%s\" d=\"M%d 500H%d\"/>", tone,
				   on_line(figures->mean - figures->error), on_line(figures->mean + figures->error));
	fs_appendf(page->arena, &page->out, "<path class=\"dot s-%s\" d=\"M%d 500h0\"/></svg>", tone, mean);
}

/* Height of a price in the panel, 0 at the top. */
static int
price_height(const FsReportFigures *figures, int64_t price)
{
	int64_t range = figures->price_high - figures->price_low;

	if (range == 0)
		return SIDE / 2;
	if (range > INT64_MAX / SIDE)
		return (int) (SIDE - 60 - (price - figures->price_low) / (range / (SIDE - 120)));
	return (int) (SIDE - 60 - (price - figures->price_low) * (SIDE - 120) / range);
}

/* The middle of a step. */
static int
step_place(const FsReportTime *time, uint32_t step)
{
	/* Days are at least one, and so are steps: NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
	return (int) ((2 * step + 1) * SIDE / (2 * time->steps));
}

/* The price as a line with a dot at its end, the axis' ends beside it. */
static void
put_prices(Page *page, const FsReportTime *time, const FsReportFigures *figures, const FsReportStep *steps)
{
	uint32_t last = 0;
	bool	 started = false;

	fs_card_put(page, "<div class=\"y\"><span>");
	fs_report_price(page, figures->price_high);
	fs_card_put(page, "</span>");
	if (figures->price_high != figures->price_low)
	{
		fs_card_put(page, "<span>");
		fs_report_price(page, figures->price_low);
		fs_card_put(page, "</span>");
	}
	fs_card_put(page,
				"</div><svg class=\"price\" viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" role=\"img\" "
				"aria-label=\"Price from ");
	fs_report_price(page, figures->price_first);
	fs_card_put(page, " to ");
	fs_report_price(page, figures->price_last);
	fs_card_put(page, "\"><path class=\"line\" d=\"");
	for (uint32_t i = 0; i < time->steps; i++)
		if (steps[i].has_price)
		{
			fs_appendf(page->arena, &page->out, "%c%d %d", started ? 'L' : 'M', step_place(time, i),
					   price_height(figures, steps[i].price));
			started = true;
			last = i;
		}
	fs_appendf(page->arena, &page->out, "\"/><path class=\"dot\" d=\"M%d %dh0\"/></svg>", step_place(time, last),
			   price_height(figures, steps[last].price));
}

/* Height of a score in the panel, 0 at the top. */
static int
score_height(const FsReportTime *time, int32_t score)
{
	int64_t height = SIDE / 2 - (int64_t) score * (SIDE / 2 - 20) / time->scale;

	return height < 0 ? 0 : height > SIDE ? SIDE : (int) height;
}

/* One step's news: a bar from the middle, the figures in its title. */
static void
put_step(Page *page, const FsReportTime *time, const FsReportStep *step, uint32_t i)
{
	int	 width = SIDE / (int) time->steps;
	int	 gap = width > 12 ? width / 5 : width > 4 ? 2 : 0;
	int	 top = score_height(time, step->mean > 0 ? step->mean : 0);
	int	 end = score_height(time, step->mean > 0 ? 0 : step->mean);
	bool hours = time->step < FS_REPORT_DAY;

	if (width - gap > 45)
		gap = width - 45;
	if (end - top < 16)
	{
		top = step->mean > 0 ? SIDE / 2 - 16 : step->mean < 0 ? SIDE / 2 : SIDE / 2 - 8;
		end = top + 16;
	}
	fs_appendf(page->arena, &page->out, "<rect class=\"f-%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>",
			   fs_card_tone(step->mean), step_place(time, i) - (width - gap) / 2, top, width - gap, end - top);
	fs_report_date(page, time->first + time->step * i, true, hours);
	if (time->step > FS_REPORT_DAY)
	{
		fs_card_put(page, " to ");
		fs_report_date(page, time->first + time->step * (i + 1) - 1, true, false);
	}
	fs_appendf(page->arena, &page->out, ": mean %s%d.%02d of %u item%s", step->mean < 0 ? "&minus;" : "+",
			   (int) ((step->mean < 0 ? -step->mean : step->mean) + 50) / 10000,
			   (int) ((step->mean < 0 ? -step->mean : step->mean) + 50) / 100 % 100, step->news,
			   step->news == 1 ? "" : "s");
	if (step->has_price)
	{
		fs_card_put(page, ", price ");
		fs_report_price(page, step->price);
	}
	fs_card_put(page, "</title></rect>");
}

/* Sentiment as bars over the mean and its standard error. */
static void
put_sentiment(Page *page, const FsReportTime *time, const FsReportFigures *figures, const FsReportStep *steps)
{
	fs_card_put(page, "<div class=\"y\"><span>+");
	put_size(page, time->scale);
	fs_card_put(page, "</span><span>0</span><span>&minus;");
	put_size(page, time->scale);
	fs_card_put(page, "</span></div><svg class=\"news\" viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" "
					  "role=\"img\" aria-label=\"Sentiment over time, mean ");
	fs_appendf(page->arena, &page->out, "%s%d.%02d of %u news item%s\">", figures->mean < 0 ? "-" : "",
			   (int) ((figures->mean < 0 ? -figures->mean : figures->mean) + 50) / 10000,
			   (int) ((figures->mean < 0 ? -figures->mean : figures->mean) + 50) / 100 % 100, figures->news,
			   figures->news == 1 ? "" : "s");
	if (figures->error > 0)
	{
		int top = score_height(time, figures->mean + figures->error);

		fs_appendf(page->arena, &page->out, "<rect class=\"within\" x=\"0\" y=\"%d\" width=\"1000\" height=\"%d\"/>",
				   top, score_height(time, figures->mean - figures->error) - top);
	}
	fs_card_put(page, "<path class=\"zero\" d=\"M0 500H1000\"/>");
	for (uint32_t i = 0; i < time->steps; i++)
		if (steps[i].news > 0)
			put_step(page, time, &steps[i], i);
	if (figures->news > 0)
		fs_appendf(page->arena, &page->out, "<path class=\"mean\" d=\"M0 %dH1000\"/>",
				   score_height(time, figures->mean));
	fs_card_put(page, "</svg>");
}

void
fs_report_panel(Page *page, const FsReport *report, const FsReportTime *time, const FsReportFigures *figures)
{
	FsReportStep steps[FS_REPORT_STEPS];
	bool		 hours = time->step < FS_REPORT_DAY;
	bool		 years = time->last - time->first > 300 * FS_REPORT_DAY;
	int64_t		 end = hours ? time->first + time->step * (time->steps - 1) : time->last;

	fs_report_steps(report, time, figures->series, steps);
	fs_card_put(page, "<article class=\"panel\"><div class=\"top\"><h3>");
	fs_card_short(page, figures->series->ticker, 40);
	fs_card_put(page, "</h3><p class=\"figures\">");
	if (figures->news > 0)
		fs_report_mean(page, figures);
	fs_card_put(page, "</p></div><div class=\"plot\">");
	if (figures->has_price)
		put_prices(page, time, figures, steps);
	put_sentiment(page, time, figures, steps);
	fs_card_put(page, "<div class=\"x\"><span>");
	fs_report_date(page, time->first, years, hours);
	fs_appendf(page->arena, &page->out, "</span><span>%u item%s</span><span>", figures->news,
			   figures->news == 1 ? "" : "s");
	if (fs_report_day(end) * FS_REPORT_DAY != time->first || hours)
		fs_report_date(page, end, years, hours);
	fs_card_put(page, "</span></div></div></article>");
}
