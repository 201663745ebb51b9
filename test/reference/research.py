"""Reference figures for test/sql/research.sql, by numpy and scipy.

usage: python3 test/reference/research.py >test/reference/research.sql

The output is committed, so that the tests need neither (Debian: python3-numpy,
python3-scipy).  Data are invented: a seeded generator, rounded to few digits, so
that SQL and Python start from the same numbers.  Formulas are written out anew
from their sources, not translated from the extension.
"""
import datetime
import random

import numpy as np
from scipy import stats

rng = random.Random(20261124)
DAY = datetime.timedelta(days=1)


def literal(value):
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return 'NULL'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (float, np.floating)):
        return "'%s'" % ('Infinity' if value == np.inf else '-Infinity' if value == -np.inf else repr(float(value)))
    if isinstance(value, (int, np.integer)):
        return str(value)
    return "'%s'" % value


def table(name, columns, rows):
    """A temporary table with its rows."""
    print('CREATE TEMP TABLE %s (%s);' % (name, columns))
    print('INSERT INTO %s VALUES' % name)
    print(',\n'.join('\t(%s)' % ', '.join(literal(v) for v in row) for row in rows) + ';\n')


def student():
    """Two-sided probabilities, from far inside to far outside, for few and for many degrees of freedom."""
    rows = []
    for df in (0.5, 1, 2, 3, 5, 9.7, 10, 29, 30, 49, 50, 51, 100, 999, 12345, 99999, 100001, 1e6, 1e7, 1e9):
        for t in (0.0, 1e-6, 0.01, 0.5, 1.0, 1.7, 1.75, 2.0, 3.0, 5.0, 8.0, 15.0, 30.0):
            p = 2 * stats.t.sf(t, df)
            if p > 1e-250:
                rows.append((t, float(df), p))
    table('reference_student', 't float8, df float8, p float8', rows)


def correlation():
    """Pairs with and without ties, and what they correlate."""
    groups = {
        'plain': [(rng.gauss(0, 1), rng.gauss(0, 1)) for _ in range(40)],
        'related': [(x, round(0.5 * x + rng.gauss(0, 1), 6)) for x in (round(rng.gauss(0, 1), 6) for _ in range(80))],
        'ties': [(rng.randint(-3, 3), rng.randint(-2, 2) / 100) for _ in range(60)],
        'three': [(1, 2), (2, 3), (4, 1)],
        'large': [(1e9 + rng.randint(0, 9), 1e-9 * rng.randint(1, 99)) for _ in range(30)],
        'many': [(rng.gauss(0, 1), rng.gauss(0, 1)) for _ in range(300)],
    }
    pairs, figures = [], []
    for name, values in groups.items():
        values = [(float('%.6g' % x) if name != 'large' else float(x), float('%.6g' % y)) for x, y in values]
        pairs += [(name, x, y) for x, y in values]
        x, y = np.array(values).T
        r, p = stats.spearmanr(x, y)
        n = len(x)
        t = r * np.sqrt((n - 2) / (1 - r * r))
        dx, dy = [x - np.longdouble(x).mean(), np.longdouble(y) - np.longdouble(y).mean()]
        pearson = float((dx * dy).sum() / np.sqrt((dx * dx).sum() * (dy * dy).sum()))
        figures.append((name, float(r), pearson, float(t), float(p), n))
    table('reference_pair', 'name text, signal float8, forward_return float8', pairs)
    table('reference_correlation', 'name text, spearman float8, pearson float8, t float8, p float8, n int8', figures)


def weighted():
    """Scores with weights and times: the index and the decayed mean."""
    start = datetime.datetime(2026, 1, 1)
    rows, index, decay = [], [], []
    for ticker, n in (('AAA', 25), ('BBB', 7), ('CCC', 2)):
        own = [(start + datetime.timedelta(minutes=rng.randint(0, 60 * 24 * 30)), round(rng.uniform(-1, 1), 4), round(rng.uniform(0.05, 1), 3))
               for _ in range(n)]
        rows += [(ticker, str(at) + '+00', score, weight) for at, score, weight in own]
        x = np.array([score for _, score, _ in own])
        for use in (False, True):
            w = np.array([weight if use else 1.0 for _, _, weight in own])
            mean = (w * x).sum() / w.sum()
            effective = w.sum() ** 2 / (w ** 2).sum()
            sd = np.sqrt((w * (x - mean) ** 2).sum() / (w.sum() - (w ** 2).sum() / w.sum()))
            index.append((ticker, use, mean, sd / np.sqrt(effective), effective, w[x >= 0.12].sum() / w.sum(), w[x <= -0.12].sum() / w.sum(), sd))
            for hours in (6, 72):
                as_of = start + datetime.timedelta(days=20)
                age = np.array([(as_of - at).total_seconds() for at, _, _ in own])
                d = w * 0.5 ** (age / 3600 / hours) * (age >= 0)
                decay.append((ticker, use, str(as_of) + '+00', '%d hours' % hours, (d * x).sum() / d.sum() if d.sum() > 0 else None))
    table('reference_score', 'ticker text, at timestamptz, score float8, weight float8', rows)
    table('reference_index', 'ticker text, weighted bool, mean float8, stderr float8, effective_n float8, positive float8, negative float8, sd float8', index)
    table('reference_decay', 'ticker text, weighted bool, as_of timestamptz, half_life interval, mean float8', decay)


def sample_prices():
    """Closes of a few tickers on weekdays, the last ones shorter; and events, some of them on weekends."""
    first = datetime.date(2025, 1, 1)
    days = [first + i * DAY for i in range(330) if (first + i * DAY).weekday() < 5]
    market = [rng.gauss(0.0003, 0.01) for _ in days]
    prices = {}
    for i in range(9):
        close, own = 50.0 + 10 * i, []
        for day, m in zip(days, market):
            close *= 1 + 0.4 * i * m / 3 + rng.gauss(0, 0.015)
            own.append((day, round(close, 4)))
        prices['T%d' % i] = own if i < 7 else own[:200 - 20 * i] + own[201 - 20 * i:]
    events = [('T%d' % i, first + rng.randint(210, 290) * DAY) for i in range(7) if i != 3 for _ in range(1 + i % 3)]
    events += [('T7', prices['T7'][-1][0]), ('T8', first + 20 * DAY), ('T0', first + 320 * DAY), ('NONE', first + 250 * DAY)]
    return days, prices, events


def event_study(prices, events, before, after, model, market_ticker, estimation, gap):
    """Rows of an event study."""
    returns = {t: {own[k][0]: own[k][1] / own[k - 1][1] - 1 for k in range(1, len(own))} for t, own in prices.items()}
    market = {}
    for ticker, own in returns.items():
        if market_ticker in (None, ticker):
            for day, r in own.items():
                market.setdefault(day, []).append(r)
    market = {day: np.mean(r) for day, r in market.items()}
    window = {day: ([], []) for day in range(-before, after + 1)}
    for ticker, event_day in events:
        own = [day for day, _ in prices.get(ticker, [])]
        later = [k for k, day in enumerate(own) if day >= event_day]
        if not later or (own[later[0]] - event_day).days > 7:
            continue
        k0 = later[0]
        estimation_days = own[k0 - gap - estimation + 1:k0 - gap + 1] if k0 - gap - estimation + 1 >= 1 else None
        if not estimation_days:
            continue
        r = np.array([returns[ticker][day] for day in estimation_days])
        m = np.array([market[day] for day in estimation_days])
        if model == 'mean':
            parameters, design = 1, np.column_stack([np.ones_like(r)])
        elif model == 'market':
            parameters, design = 2, np.column_stack([np.ones_like(r), m])
        if model == 'market_adjusted':
            coefficients, sd = None, np.std(r - m, ddof=1)
        else:
            coefficients = np.linalg.lstsq(design, r, rcond=None)[0]
            sd = np.sqrt(((r - design @ coefficients) ** 2).sum() / (len(r) - parameters))
        for day in window:
            k = k0 + day
            if not 1 <= k < len(own):
                continue
            actual, of_market = returns[ticker][own[k]], market[own[k]]
            if model == 'market_adjusted':
                abnormal, factor = actual - of_market, 1
            else:
                regressors = np.array([1.0, of_market])[:parameters]
                abnormal = actual - regressors @ coefficients
                # the textbook's variance of a forecast, by the design matrix
                factor = 1 + regressors @ np.linalg.inv(design.T @ design) @ regressors
            window[day][0].append(abnormal)
            window[day][1].append(abnormal / (sd * np.sqrt(factor)))
    car, rows = 0, []
    for day in sorted(window):
        abnormal, standardised = map(np.array, window[day])
        car += abnormal.mean()
        t_cross, p_cross = stats.ttest_1samp(abnormal, 0)
        t_bmp, p_bmp = stats.ttest_1samp(standardised, 0)
        rows.append((day, len(abnormal), abnormal.mean(), car, t_cross, t_bmp, p_bmp, p_cross))
    return rows


def events():
    days, prices, of_tickers = sample_prices()
    table('reference_price', 'ticker text, day date, close float8', [(t, str(d), c) for t, own in prices.items() for d, c in own])
    table('reference_event', 'ticker text, day date', [(t, str(d)) for t, d in of_tickers])
    rows = []
    for model in ('mean', 'market_adjusted', 'market'):
        for market in (None, 'T3'):
            for before, after, estimation, gap in ((3, 3, 120, 11), (0, 5, 60, 1)):
                rows += [(model, market, before, after, estimation, gap) + row
                         for row in event_study(prices, of_tickers, before, after, model, market, estimation, gap)]
    table('reference_study', 'model text, market text, before int, after int, estimation int, gap int, day int, n int, '
          'mean_ar float8, car float8, t_cross float8, t_bmp float8, p float8, p_cross float8', rows)


def signals():
    """A signal and daily returns: quantiles, turnover, autocorrelation, decay of the coefficient."""
    first = datetime.date(2026, 1, 5)
    days = [first + i * DAY for i in range(24)]
    tickers = ['S%d' % i for i in range(13)]
    signal = {(d, t): round(rng.gauss(0, 1), 2) for d in days for t in tickers if rng.random() > 0.1}
    ret = {(d, t): round(0.002 * signal.get((d - DAY, t), 0) + rng.gauss(0, 0.01), 5) for d in days for t in tickers}
    table('reference_signal', 'day date, ticker text, signal float8, "return" float8',
          [(str(d), t, signal.get((d, t)), ret[d, t]) for d in days for t in tickers])

    def forward(d, t, horizon):
        """Return over the days that follow."""
        later = [ret.get((d + k * DAY, t)) for k in range(1, horizon + 1)]
        return None if None in later else float(np.prod([1 + r for r in later]) - 1)

    def test(values):
        """Mean, deviation and t."""
        t, p = stats.ttest_1samp(values, 0)
        return np.mean(values), np.std(values, ddof=1), t, p

    rows = []
    for n in (3, 5):
        cells = {}
        for d in days:
            own = [(signal[d, t], forward(d, t, 1)) for t in tickers if (d, t) in signal and forward(d, t, 1) is not None]
            ranks = stats.rankdata([s for s, _ in own]) if own else []
            for rank, (_, r) in zip(ranks, own):
                cells.setdefault(min(n, 1 + int(n * (rank - 0.5) / len(own))), {}).setdefault(d, []).append(r)
        means = {q: {d: np.mean(r) for d, r in of_day.items()} for q, of_day in cells.items()}
        for q in range(1, n + 1):
            mean, sd, t, p = test(list(means[q].values()))
            rows.append((n, q, mean, sd / np.sqrt(len(means[q])), t, p, len(means[q])))
        both = sorted(set(means[1]) & set(means[n]))
        mean, sd, t, p = test([means[n][d] - means[1][d] for d in both])
        rows.append((n, None, mean, sd / np.sqrt(len(both)), t, p, len(both)))
    # all rows as one period: Welch's test of the highest against the lowest
    own = [(s, forward(d, t, 1)) for (d, t), s in signal.items() if forward(d, t, 1) is not None]
    ranks = stats.rankdata([s for s, _ in own])
    quantile = [1 + int(2 * (rank - 0.5) / len(own)) for rank in ranks]
    low, high = [[r for q, (_, r) in zip(quantile, own) if q == which] for which in (1, 2)]
    t, p = stats.ttest_ind(high, low, equal_var=False)
    error = np.sqrt(np.var(high, ddof=1) / len(high) + np.var(low, ddof=1) / len(low))
    rows.append((-2, None, np.mean(high) - np.mean(low), error, t, p, 1))
    table('reference_quantile', 'n int, quantile int, mean_return float8, stderr float8, t float8, p float8, periods int', rows)

    def weights(d):
        """The portfolio that a day's signals stand for."""
        own = {t: signal[d, t] for t in tickers if (d, t) in signal}
        off = {t: s - np.mean(list(own.values())) for t, s in own.items()}
        return {t: x / sum(abs(y) for y in off.values()) for t, x in off.items()}

    rows = [(str(days[0]), None, None)]
    for before, d in zip(days, days[1:]):
        a, b = weights(before), weights(d)
        common = sorted(set(a) & set(b))
        rows.append((str(d), stats.spearmanr([signal[before, t] for t in common], [signal[d, t] for t in common])[0],
                     sum(abs(b.get(t, 0) - a.get(t, 0)) for t in set(a) | set(b)) / 2))
    table('reference_turnover', 'day date, rank_autocorrelation float8, turnover float8', rows)

    rows = []
    for horizon in (1, 2, 5):
        coefficients = []
        for d in days:
            own = [(signal[d, t], forward(d, t, horizon)) for t in tickers if (d, t) in signal and forward(d, t, horizon) is not None]
            if len(own) > 1:
                coefficients.append(stats.spearmanr(*zip(*own))[0])
        mean, sd, t, p = test(coefficients)
        # Newey and West: the long-run variance, by autocovariances with Bartlett's weights
        off = np.array(coefficients) - mean
        n = len(off)
        long_run = sum((1 - lag / horizon) * (1 if lag == 0 else 2) * (off[lag:] @ off[:n - lag]) / n for lag in range(horizon))
        t_hac = mean / np.sqrt(long_run / n)
        rows.append((horizon, mean, sd, mean / sd, t, p, np.mean(np.array(coefficients) > 0), n, t_hac, 2 * stats.t.sf(abs(t_hac), n - 1)))
    table('reference_horizon', 'horizon int, mean float8, sd float8, ir float8, t float8, p float8, positive float8, periods int, '
          't_hac float8, p_hac float8', rows)


print('-- Generated by test/reference/research.py; numpy %s, scipy.\n' % np.__version__)
student()
correlation()
weighted()
events()
signals()
