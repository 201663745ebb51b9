/*
 * card_graphics.c - level 10: the gauge, the bars and the time line, as SVG.
 *
 * Nothing here needs trigonometry or floating point: arcs are dashes of one
 * path whose length is declared, the needle is turned by the browser, and what
 * must stretch with the page is placed in percent, so that its lettering keeps
 * its size on a phone.
 */
#include "card_parts.h"

#define TIMELINE_MIN 12 /* months that a time line spans at least */

#define ARC "M22 122A98 98 0 0 1 218 122"
#define ARC_LENGTH 20000 /* a score of 1/10000 is one unit */

/* Bounds of the seven labels' bands, as the arc's units. */
static const int32_t band_bounds[] = { 0, 4000, 6500, 8800, 11200, 13500, 16000, 20000 };

/* Hundredths of a percent as "12.34%". */
static void
put_percent(Page *page, int32_t hundredths)
{
	fs_appendf(page->arena, &page->out, "%d.%02d%%", (int) (hundredths / 100), (int) (hundredths % 100));
}

/* The score on a half circle of the seven labels' bands, the label's own lit. */
void
fs_card_gauge(Page *page, int32_t score)
{
	FsLabel label = fs_label(score);
	int32_t angle = score * 90 / 100; /* hundredths of a degree */
	int32_t size = score < 0 ? -score : score;

	fs_card_put(page, "<svg viewBox=\"0 -6 240 150\" role=\"img\" aria-label=\"Sentiment score ");
	fs_appendf(page->arena, &page->out, "%s%d.%02d, %s, on a scale from -1 to 1\">", score < 0 ? "-" : "",
			   (int) (size + 50) / 10000, (int) (size + 50) / 100 % 100, fs_label_name(label));
	for (int i = 0; i < 7; i++)
	{
		int32_t from = band_bounds[i] + (i > 0 ? 110 : 0);
		int32_t to = band_bounds[i + 1] - (i < 6 ? 110 : 0);

		fs_appendf(page->arena, &page->out,
				   "<path class=\"band s-%s%s\" d=\"" ARC "\" pathLength=\"%d\" "
				   "stroke-dasharray=\"%d %d\" stroke-dashoffset=\"%d\"/>",
				   i < FS_NEUTRAL	? "neg"
				   : i > FS_NEUTRAL ? "pos"
									: "neu",
				   i == (int) label ? " on" : "", ARC_LENGTH, (int) (to - from), 3 * ARC_LENGTH, (int) -from);
	}
	fs_appendf(page->arena, &page->out,
			   "<g transform=\"rotate(%s%d.%02d 120 122)\"><path class=\"needle\" "
			   "d=\"M120 122V44\"/></g><circle class=\"hub\" cx=\"120\" cy=\"122\" r=\"5\"/>",
			   angle < 0 ? "-" : "", (int) (angle < 0 ? -angle : angle) / 100,
			   (int) (angle < 0 ? -angle : angle) % 100);
	fs_card_put(page, "<text x=\"22\" y=\"140\" text-anchor=\"middle\">&minus;1</text>"
					  "<text x=\"120\" y=\"9\" text-anchor=\"middle\">0</text>"
					  "<text x=\"218\" y=\"140\" text-anchor=\"middle\">+1</text></svg>");
}

/* How likely each class is, as one bar. */
void
fs_card_mix(Page *page)
{
	static const char *const tones[] = { "neg", "neu", "pos" };
	static const char *const names[] = { "Negative", "Neutral", "Positive" };
	const FsProbability		*p = &page->document->p;
	const uint32_t			 parts[] = { p->negative, p->neutral, p->positive };

	fs_card_put(page, "<div class=\"mix\" aria-hidden=\"true\">");
	for (int i = 0; i < 3; i++)
	{
		fs_appendf(page->arena, &page->out, "<i class=\"b-%s\" style=\"width:", tones[i]);
		put_percent(page, (int32_t) (parts[i] * UINT64_C(10000) / 65536));
		fs_card_put(page, "\"></i>");
	}
	fs_card_put(page, "</div><p class=\"legend\">");
	for (int i = 0; i < 3; i++)
		fs_appendf(page->arena, &page->out, "<span>%s&nbsp;%d%%</span>", names[i],
				   (int) ((parts[i] * UINT64_C(100) + 32768) / 65536));
	fs_card_put(page, "</p>");
}

/* A score as a bar to the left or right of the middle; the number stands beside it. */
void
fs_card_bar(Page *page, int32_t score)
{
	int32_t size = (score < 0 ? -score : score) / 2;
	int32_t from = score < 0 ? 5000 - size : 5000;

	fs_card_put(page,
				"<svg aria-hidden=\"true\" height=\"18\"><rect class=\"track\" x=\"0\" y=\"30%\" width=\"100%\" "
				"height=\"40%\" rx=\"3\"/>");
	fs_appendf(page->arena, &page->out, "<rect class=\"f-%s\" y=\"18%%\" height=\"64%%\" rx=\"3\" x=\"",
			   score < 0 ? "neg" : "pos");
	put_percent(page, from);
	fs_card_put(page, "\" width=\"");
	put_percent(page, size);
	fs_card_put(page, "\"/><line class=\"axis\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"100%\"/></svg>");
}

/* Months between the ticks of a time line of so many. */
static int32_t
tick_step(int32_t months)
{
	static const int32_t steps[] = { 1, 3, 6, 12, 24, 60, 120, 240 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (months <= steps[i] * 6)
			return steps[i];
	return 240;
}

/* Whether an insight's horizon is drawn: the first of its kind at its place. */
static bool
is_drawn(const FsInsight *insights, uint32_t i)
{
	if (!insights[i].has_months)
		return false;
	for (uint32_t k = i; k > 0 && insights[k - 1].sentence == insights[i].sentence; k--)
		if (insights[k - 1].has_months && insights[k - 1].months_low == insights[i].months_low &&
			insights[k - 1].months_high == insights[i].months_high)
			return false;
	return true;
}

/* One horizon: its bar, or a dot where both ends are one, and its name. */
static void
put_horizon(Page *page, const FsInsight *insight, uint32_t number, int32_t span, int y)
{
	const char *tone = insight->score <= -1200 ? "neg" : insight->score >= 1200 ? "pos" : "accent";
	int32_t		from = insight->months_low * 10000 / span;
	int32_t		to = insight->months_high * 10000 / span;
	bool		left = from > 5500;

	fs_appendf(page->arena, &page->out, "<a href=\"#i%u\">", number);
	if (to - from < 150)
	{
		fs_card_put(page, "<circle cx=\"");
		put_percent(page, to);
		fs_appendf(page->arena, &page->out, "\" cy=\"%d\" r=\"6\" class=\"f-%s\"/>", y + 23, tone);
	}
	else
	{
		fs_card_put(page, "<rect x=\"");
		put_percent(page, from);
		fs_card_put(page, "\" width=\"");
		put_percent(page, to - from);
		fs_appendf(page->arena, &page->out, "\" y=\"%d\" height=\"12\" rx=\"6\" class=\"f-%s\"/>", y + 17, tone);
	}
	fs_card_put(page, "<text class=\"name\" x=\"");
	put_percent(page, left ? to : from);
	fs_appendf(page->arena, &page->out, "\" y=\"%d\" %s>%s &middot; ", y + 11,
			   left ? "dx=\"-4\" text-anchor=\"end\"" : "dx=\"4\"", fs_card_kind(insight->kind));
	fs_card_months(page, insight);
	fs_card_put(page, "</text></a>");
}

/* The horizons of the insights, from today to the farthest. */
void
fs_card_timeline(Page *page, const FsInsight *insights, uint32_t n)
{
	int32_t	 months = TIMELINE_MIN;
	int32_t	 step;
	uint32_t rows = 0;
	int		 height;
	uint32_t number = 0;
	int		 y = 4;

	for (uint32_t i = 0; i < n; i++)
		if (is_drawn(insights, i) && rows < CARD_HORIZONS)
		{
			months = insights[i].months_high > months ? insights[i].months_high : months;
			rows++;
		}
	if (rows == 0)
		return;
	step = tick_step(months);
	months = (months + step - 1) / step * step;
	height = 4 + (int) rows * 38 + 24;
	fs_appendf(page->arena, &page->out,
			   "<div class=\"timeline\"><svg height=\"%d\" role=\"img\" "
			   "aria-label=\"Time line of %u horizon%s\">",
			   height, rows, rows == 1 ? "" : "s");
	for (int32_t m = 0; m <= months; m += step)
	{
		fs_card_put(page, "<line class=\"grid\" y1=\"0\" x1=\"");
		put_percent(page, m * 10000 / months);
		fs_card_put(page, "\" x2=\"");
		put_percent(page, m * 10000 / months);
		fs_appendf(page->arena, &page->out, "\" y2=\"%d\"/><text y=\"%d\" x=\"", height - 18, height - 4);
		put_percent(page, m * 10000 / months);
		fs_appendf(page->arena, &page->out, "\"%s>",
				   m == 0		 ? ""
				   : m == months ? " text-anchor=\"end\""
								 : " text-anchor=\"middle\"");
		if (m == 0)
			fs_card_put(page, "now");
		else if (m % 12 == 0)
			fs_appendf(page->arena, &page->out, "%d&nbsp;y", (int) m / 12);
		else
			fs_appendf(page->arena, &page->out, "%d&nbsp;m", (int) m);
		fs_card_put(page, "</text>");
	}
	for (uint32_t i = 0; i < n && rows > 0; i++)
	{
		if (i == 0 || insights[i].span.start != insights[i - 1].span.start)
			number++;
		if (!is_drawn(insights, i))
			continue;
		put_horizon(page, &insights[i], number, months, y);
		y += 38;
		rows--;
	}
	fs_card_put(page, "</svg></div>");
}
