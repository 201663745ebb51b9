/*
 * report_style.c - level 10: what the report adds to the card's style sheet.
 */
#include "report_parts.h"

/* clang-format off */
const char fs_report_style[] =
".lede strong{font-weight:600;white-space:nowrap}"
/* whiskers of the table */
".whisker,.price,.news{display:block;width:100%;overflow:visible}.whisker{height:1.1rem}"
".whisker path,.plot path{fill:none;vector-effect:non-scaling-stroke}"
".rule{stroke:var(--faint);stroke-width:6;stroke-linecap:round}"
".zero{stroke:var(--soft);stroke-width:1;opacity:.55}"
".error{stroke-width:6;opacity:.45;stroke-linecap:round}.whisker .dot{stroke-width:11;stroke-linecap:round}"
".mid .num .soft{font-size:.86rem}.sub.pos{color:var(--pos)}.sub.neg{color:var(--neg)}"
/* panels */
".panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15.5rem),1fr));gap:2.3rem 2.4rem}"
".panel{min-width:0;break-inside:avoid}"
".panel h3{font-size:1.06rem;line-height:1.3;font-weight:650;min-width:0;overflow:hidden;"
"text-overflow:ellipsis;white-space:nowrap}"
".top{display:flex;justify-content:space-between;align-items:baseline;gap:0 .8rem;margin-bottom:.7rem}"
".figures{flex:none;font-size:.86rem;white-space:nowrap}.soft data{font-weight:400}"
".plot{display:grid;grid-template-columns:minmax(3rem,max-content) minmax(0,1fr);gap:1rem .6rem}"
".price{height:4.6rem}.news{height:5rem}"
".y{display:flex;flex-direction:column;justify-content:space-between;align-items:flex-end;"
"font-size:.7rem;line-height:1;color:var(--soft)}.y span:only-child{margin:auto 0}"
".x{grid-column:2;display:flex;justify-content:space-between;font-size:.7rem;line-height:1;color:var(--soft);"
"border-top:1px solid var(--line);padding-top:.35rem}"
".line{stroke:var(--accent);stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}"
".price .dot{stroke:var(--accent);stroke-width:6.5;stroke-linecap:round}"
".within{fill:var(--faint)}.mean{stroke:var(--ink);stroke-width:1;stroke-dasharray:3 3;opacity:.7}"
".tickers th[scope=row]{max-width:12rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}"
"@media (max-width:44rem){.tickers{font-size:.86rem}.tickers th,.tickers td{padding-left:.3rem;padding-right:.3rem}"
".tickers .bar{width:24%}.tickers th[scope=row]{max-width:6.5rem}.tickers .few{display:none}"
".tickers .num .soft{display:block}}";
/* clang-format on */
