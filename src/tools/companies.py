#!/usr/bin/env python3
"""Derive listed.tsv and wordsymbols.tsv of src/data/company from public lists.

    companies.py REFERENCE_DIR WORD_LIST OUTPUT_DIR

REFERENCE_DIR holds sec_company_tickers.tsv, sp500_constituents.tsv,
financedatabase_equities.tsv and sentfin_entity_aliases.tsv (their sources and
licences are in src/data/company/README.md); WORD_LIST is a list of English
words, one a line, proper names capitalised (Debian's wamerican).  Run by hand;
the output is committed.

One row a listing.  The first row of an issuer is its primary listing: the US
symbol if it trades on NYSE, Nasdaq or CBOE, else the listing in its own
country.  Further rows (a second share class, the home listing of a company
that also trades in New York) name the primary in column "issuer".

Names are separated by "|".  A mark before a name says how far it may be
trusted alone:  none: distinct;  "~" also ordinary words, but of a large
company: needs context;  "!" trusted only with its legal form ("Sato Corp") or
when the text has named the company otherwise.
"""
import collections
import csv
import os
import re
import sys
import unicodedata

# exchange code: (suffix, countries whose companies are at home there, name shown)
HOME = {
    'LSE': ('.L', ('GB', 'JE', 'GG', 'IM'), 'London'),
    'GER': ('.DE', ('DE',), 'Xetra'),
    'PAR': ('.PA', ('FR',), 'Paris'),
    'AMS': ('.AS', ('NL',), 'Amsterdam'),
    'MIL': ('.MI', ('IT',), 'Milan'),
    'MCE': ('.MC', ('ES',), 'Madrid'),
    'EBS': ('.SW', ('CH',), 'Zurich'),
    'STO': ('.ST', ('SE',), 'Stockholm'),
    'HEL': ('.HE', ('FI',), 'Helsinki'),
    'CPH': ('.CO', ('DK',), 'Copenhagen'),
    'OSL': ('.OL', ('NO',), 'Oslo'),
    'TOR': ('.TO', ('CA',), 'Toronto'),
    'ASX': ('.AX', ('AU',), 'Sydney'),
    'JPX': ('.T', ('JP',), 'Tokyo'),
    'HKG': ('.HK', ('HK', 'CN', 'MO'), 'Hong Kong'),
    'SHH': ('.SS', ('CN',), 'Shanghai'),
    'SHZ': ('.SZ', ('CN',), 'Shenzhen'),
    'KSC': ('.KS', ('KR',), 'Seoul'),
    'KOE': ('.KQ', ('KR',), 'KOSDAQ'),
    'TAI': ('.TW', ('TW',), 'Taipei'),
    'NSE': ('.NS', ('IN',), 'NSE'),
    'NSI': ('.NS', ('IN',), 'NSE'),
    'SAO': ('.SA', ('BR',), 'Sao Paulo'),
    'JNB': ('.JO', ('ZA',), 'Johannesburg'),
    'BRU': ('.BR', ('BE',), 'Brussels'),
    'LIS': ('.LS', ('PT',), 'Lisbon'),
    'VIE': ('.VI', ('AT',), 'Vienna'),
    'ATH': ('.AT', ('GR',), 'Athens'),
    'ISE': ('.IR', ('IE',), 'Dublin'),
    'NZE': ('.NZ', ('NZ',), 'Wellington'),
    'SES': ('.SI', ('SG',), 'Singapore'),
    'TLV': ('.TA', ('IL',), 'Tel Aviv'),
    'IST': ('.IS', ('TR',), 'Istanbul'),
    'MEX': ('.MX', ('MX',), 'Mexico'),
    'SAU': ('.SR', ('SA',), 'Saudi'),
    'ICE': ('.IC', ('IS',), 'Iceland'),
}
COUNTRY = {
    'United States': 'US', 'India': 'IN', 'China': 'CN', 'Canada': 'CA', 'Japan': 'JP', 'Germany': 'DE',
    'Australia': 'AU', 'United Kingdom': 'GB', 'France': 'FR', 'South Korea': 'KR', 'Taiwan': 'TW',
    'Sweden': 'SE', 'Hong Kong': 'HK', 'Brazil': 'BR', 'Italy': 'IT', 'Austria': 'AT', 'Singapore': 'SG',
    'Norway': 'NO', 'Israel': 'IL', 'Netherlands': 'NL', 'Spain': 'ES', 'Denmark': 'DK', 'Switzerland': 'CH',
    'Finland': 'FI', 'Turkey': 'TR', 'South Africa': 'ZA', 'Belgium': 'BE', 'Ireland': 'IE', 'Greece': 'GR',
    'Luxembourg': 'LU', 'New Zealand': 'NZ', 'Mexico': 'MX', 'Saudi Arabia': 'SA', 'Portugal': 'PT',
    'Jersey': 'JE', 'Guernsey': 'GG', 'Isle of Man': 'IM', 'Macau': 'MO', 'Iceland': 'IS', 'Bermuda': 'BM',
    'Cyprus': 'CY', 'Malta': 'MT', 'Monaco': 'MC',
}
# Exchanges where a single unusual word is a company's name, not a family's.
DISTINCT = {'NSE', 'NSI', 'HEL', 'STO', 'OSL', 'CPH'}

LEGAL = set('''inc incorporated corp corporation co company companies cos ltd limited plc nv sa ag se oyj oy ab abp asa
as spa kk kgaa aktiengesellschaft aktiebolag publ lp llc llp sab cv de bhd tbk pte pty nl sas sca scpa gmbh new adr ads
hldg hldgs bancorp/new a/s s/a n.v s.a s.p.a societe anonyme europeenne berhad nyrt sgps kgaa societas kommanditgesellschaft
auf aktien reit/adr'''.split())
TAIL = {'holdings', 'holding', 'group', 'groupe', 'gruppe'}
GENERIC = set('''technologies technology pharmaceuticals pharmaceutical pharma therapeutics interactive systems motors
industries energy financial bancorp bancshares semiconductor semiconductors entertainment networks network software
laboratories labs biosciences bioscience biopharma biotech biotherapeutics biopharmaceuticals solutions communications
brands foods resources international outdoor electronics materials medical health healthcare global platforms mining
sciences genetics oncology pharmaceuticals robotics aerospace airlines airways steel cement chemicals chemical
petroleum enterprises infotech infrastructure cosmetics automotive'''.split())
# Given names that are companies' names too.
GIVEN = set('''prakash deepak arvind vipul vikas kamal mohan ganesh sanjay anand ashish sharda uttam bharat rajesh rahul
sheela vimal nitin suraj aditya mahesh lakshmi kalyani raymond'''.split())
# Listings whose name a US company has too, though they are others.
OTHERS = set('''MRK.DE EQT.ST EQT.AX APA.AX CPG.L DOM.L POS.L TEAM.L SYS1.L ALLGO.PA ALIMR.PA ALUNT.PA MLTEA.PA ARG.PA ITP.PA NN.AS FIC.MI IRE.MI
HUM.ST CAST.ST ORNAV.HE ORNBV.HE RTX.CO IN.TO TC.TO MRV.TO SLS.TO ISV.TO CXL.AX ICN.AX IDT.AX UWL.AX NVA.AX 5290.T 4912.T 9716.T 002189.SZ 002722.SZ
300202.SZ 003670.KS 047050.KS 058430.KS 022100.KQ 52G470.KS 57G610.KS 57GD10.KS 58G380.KS 2892.TW PTC.NS UBL.NS MFSL.NS COLPAL.NS
PFIZER.NS SANOFI.NS PREMIER.NS ATNINTER.NS INGERRAND.NS WHRL3.SA WHRL4.SA GOAU3.SA GOAU4.SA SPP.JO NVG.LS FOX.TA IES.TA GEO.NZ GNE.NZ CSGN.SW CSGNE.SW
SLN.L'''.split())
# First words that never stand for a company by themselves.
BLOCK = set('''allied american amerisafe asia atlantic bank china first global great group inter national new north pan
royal south super trans ultra united universal world'''.split())
FUND = re.compile(r'\b(etf|etn|etc|fund|funds|trust series|index|warrants?|certificat\w*|notes?|call|put|bond|cw|'
                  r'fundo|investimento|fii|acquisition corp\w*|pref\w*|preferred|\d{6})\b', re.I)


def ascii_fold(s):
    s = s.replace('ø', 'o').replace('Ø', 'O').replace('ß', 'ss').replace('æ', 'ae').replace('Æ', 'AE').replace('–', '-')
    return ''.join(c for c in unicodedata.normalize('NFKD', s) if not unicodedata.combining(c))


def words(name):
    """The words of a name without legal form, class of share and remarks."""
    s = name.strip()
    s = re.sub(r'\s*/[A-Za-z .]*/?\s*$', '', re.sub(r'\bA/S\b', 'AS', s))
    s = re.sub(r'\bpublic (limited|ltd)( company| co)?\b|\bA S$|\bpublic co(mpany)? ltd.*$', '', s, flags=re.I)
    s = re.sub(r'\s*\((publ|The|Cayman Islands|Holdings?|India|I)\)\s*', ' ', s, flags=re.I)
    s = re.sub(r'\bD/B/A\b.*', '', s, flags=re.I)
    s = re.sub(r'[,;]?\s*\b(class|series) [a-z]\b.*$', '', s, flags=re.I)
    s = re.sub(r'\b(depositary receipts?|ordinary shares?|common stock|american depositary.*|sponsored.*|h shares?)$', '', s, flags=re.I)
    s = re.sub(r'\b[Ss]\.?\s?[Pp]\.?\s?[Aa]\.?$', 'SpA', s)
    s = re.sub(r'\bN\.\s?V\.?', 'NV', s)
    s = re.sub(r'\bS\.\s?A\.\s?B\.\s?de\s?C\.\s?V\.?', 'SAB', s)
    s = re.sub(r'\bS\.\s?A\.?(?=\s|$)', 'SA', s)
    s = re.sub(r'\bS\.\s?E\.?(?=\s|$)', 'SE', s)
    s = re.sub(r'\bA\.\s?G\.?(?=\s|$)', 'AG', s)
    s = re.sub(r'\bL\.\s?P\.?(?=\s|$)', 'LP', s)
    s = re.sub(r'\bP\.\s?L\.\s?C\.?', 'plc', s)
    s = re.sub(r'\bCo\.?,\s?Ltd\.?', 'Co Ltd', s, flags=re.I)
    s = re.sub(r'\s+', ' ', s.replace(',', ' ')).strip(' -.')
    w = s.split(' ')
    if len(w) > 1 and w[0].lower() == 'the':
        w = w[1:]
    while len(w) > 1 and (w[-1].lower().strip('.()') in LEGAL or w[-1] in ('&', 'and', '-')):
        w = w[:-1]
    if len(w) > 1 and w[-1].lower() == 'com' and w[0].isupper():
        w = w[:-1]
    return w


def key(w):
    """What two spellings of a company's name share."""
    s = ascii_fold(' '.join(w)).lower().replace('&', ' and ')
    s = re.sub(r"[.'’]", '', s)
    return re.sub(r'[^a-z0-9]+', ' ', s).strip()


def nice(w, upper):
    """Display case for a name that the source gives in capitals."""
    if not upper:
        return ' '.join(w)
    out = []
    for i, x in enumerate(w):
        if len(x) <= 3 and not re.search('[AEIOU]', x) or re.search(r'\d|\.', x) or '&' in x:
            out.append(x)
        elif x in ('OF', 'AND', 'THE', 'FOR', 'DE') and i:
            out.append(x.lower())
        else:
            out.append('-'.join(p.capitalize() for p in x.split('-')))
    return ' '.join(out)


class Book:
    def __init__(self, words_file):
        self.lower = {l.strip() for l in open(words_file, encoding='utf-8') if l.strip().islower() and l.strip().isalpha()}
        self.common = {l.strip().lower() for l in open(words_file, encoding='utf-8') if l.strip() and not l.strip().endswith("'s")}
        self.rows = []
        self.by_key = {}
        self.first = collections.Counter()

    def mark(self, w, big, distinct):
        parts = [p for p in re.split(r'[^a-z0-9]+', ascii_fold(' '.join(w)).lower().replace("'s", '')) if p]
        plain = all(p in self.common or p.rstrip('s') in self.common or p.isdigit() or len(p) < 2 for p in parts)
        if not parts or sum(map(len, parts)) < 2:
            return '!'
        if plain:
            return '~' if big and len(parts) > 1 else '!'
        if len(parts) == 1:
            if parts[0] in GIVEN | TAIL | LEGAL | GENERIC or len(parts[0]) < 4:
                return '!'
            return '' if big or distinct and len(parts[0]) >= 5 else '!'
        return ''

    def names(self, w, big, distinct, shorten):
        """Names of a company in falling length, marked."""
        out = []

        def add(x):
            n = ' '.join(x)
            if n and not any(o.lstrip('~!').lower() == n.lower() for o in out):
                out.append(self.mark(x, big, distinct) + n)
        add(w)
        short = w
        while len(short) > 1 and short[-1].lower().strip('.()') in TAIL | LEGAL | {'&'}:
            short = short[:-1]
        add(short)
        if shorten and len(short) == 2 and short[1].lower() in GENERIC and self.first[key(short[:1])] == 1:
            head = short[:1]
            if key(head) not in self.common and key(head) not in BLOCK and len(key(head)) > 3:
                out.append(('' if big or distinct else '!') + head[0])
        return out

    def add(self, **row):
        self.rows.append(row)
        return len(self.rows) - 1


def read(path):
    csv.field_size_limit(10 ** 9)
    with open(path, encoding='utf-8') as f:
        return list(csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE))


def us(book, ref, sp):
    """Companies of the SEC's list; its order is by size."""
    cased = {}
    for r in read(os.path.join(ref, 'financedatabase_equities.tsv')):
        if r['name'].upper() != r['name']:
            w = words(r['name'])
            cased.setdefault(key(w), ' '.join(w))
    listed = collections.OrderedDict()
    for r in read(os.path.join(ref, 'sec_company_tickers.tsv')):
        listed.setdefault(r['cik'], []).append(r)
    rank = 0
    otc = []
    todo = []
    for cik, group in listed.items():
        main = [r for r in group if r['exchange'] in ('NYSE', 'Nasdaq', 'CBOE')]
        if not main:
            otc.append(group)
            continue
        rank += 1
        base = main[0]['ticker'].split('-')[0]
        extra = []
        for r in main[1:]:
            t = r['ticker']
            if re.fullmatch(re.escape(base) + r'-[A-C]', t) or (
                    '-' not in t and len(t) <= 4 and not t.startswith(base) and base[:2] == t[:2]) or (
                    '-' not in t and t != base and base.startswith(t[:3]) and t[-1] in 'LKAB' and len(t) == 5 and len(base) >= 4 and not t.endswith('P')):
                extra.append(t)
            elif re.fullmatch(r'[A-Z]{3,5}', t) and abs(len(t) - len(base)) <= 1 and (t == base[:-1] or t[:-1] == base) and t[-1] not in 'WUPRZNLOMIG':
                extra.append(t)
        todo.append((cik, main[0], extra, rank))
    for cik, r, extra, rank in todo:
        book.first[key(words(r['title'])[:1])] += 1
    for cik, r, extra, rank in todo:
        w = words(r['title'])
        s = sp.get(cik)
        big = bool(s) or rank <= 1500
        fund = re.search(r'\b(etf|fund|funds|trust|shares bitcoin|acquisition)\b', r['title'], re.I) and not s and not re.search(r'realty|properties|bank|reit', r['title'], re.I)
        upper = r['title'].upper() == r['title']
        shown = s if s else cased.get(key(w), nice(w, upper)) if upper else nice(w, upper)
        names = [] if fund and re.search('etf|fund', r['title'], re.I) else book.names(nice(w, upper).split(' '), big, rank <= 4000, True)
        if s:
            for n in book.names(words(s), True, True, True):
                if n.lstrip('~!').lower() not in [x.lstrip('~!').lower() for x in names]:
                    names.append(n)
        i = book.add(ticker=r['ticker'].replace('-', '.'), name=shown, exchange=r['exchange'], country='', cik=cik, isin='',
                     issuer='', size=rank, names=names)
        book.by_key.setdefault(key(w), i)
        short = [x for x in w if x.lower().strip('.') not in TAIL]
        if short:
            book.by_key.setdefault(key(short), i)
        if s:
            book.by_key.setdefault(key(words(s)), i)
        for t in extra:
            book.add(ticker=t.replace('-', '.'), name=shown, exchange=r['exchange'], country='', cik=cik, isin='',
                     issuer=r['ticker'].replace('-', '.'), size=rank, names=[])
    return otc


def abroad(book, ref):
    """Companies on the exchange of their own country."""
    aliases = {}
    for r in read(os.path.join(ref, 'sentfin_entity_aliases.tsv')):
        aliases[r['symbol']] = [a.strip() for a in r['aliases'].split(', ')]
    order = list(HOME)
    rows = []
    for r in read(os.path.join(ref, 'financedatabase_equities.tsv')):
        if r['exchange'] not in HOME or not r['symbol'] or not r['name']:
            continue
        suffix, at_home, shown = HOME[r['exchange']]
        sym = r['symbol']
        if not sym.endswith(suffix):
            continue
        root = sym[:-len(suffix)]
        country = COUNTRY.get(r['country'], '')
        if r['isin'][:2] in at_home:
            country = r['isin'][:2]
        if country not in at_home:
            continue
        if FUND.search(r['name']) or len(root) > 12 or r['delisted'] == 'True' and not r['isin']:
            continue
        if r['exchange'] == 'LSE' and re.match(r'\d', root):
            continue
        if r['exchange'] == 'EBS' and len(root) > 6 or r['exchange'] in ('PAR', 'MIL', 'BRU') and re.search(r'\d', root):
            continue
        if r['exchange'] == 'JPX' and not re.fullmatch(r'\d{3}[0-9A-Z]', root) or r['exchange'] in ('KSC', 'KOE') and not root.endswith('0'):
            continue
        if r['exchange'] == 'TAI' and not re.fullmatch(r'\d{4}', root) or r['exchange'] == 'JNB' and len(root) > 3:
            continue
        if r['exchange'] == 'TOR' and re.search(r'-P', root):
            continue
        r.update(root=root, country=country, rank=(r['delisted'] == 'True', order.index(r['exchange'])))
        rows.append(r)
    rows.sort(key=lambda r: (r['rank'], len(r['root']), r['root']))
    for r in rows:
        book.first[key(words(r['name'])[:1])] += 1
    seen = set()
    for r in rows:
        w = words(r['name'])
        k = key(w)
        if not k or len(r['name']) > 90:
            continue
        short = key([x for x in w if x.lower().strip('.') not in TAIL])
        shown = HOME[r['exchange']][2]
        upper = r['name'].upper() == r['name']
        at = book.by_key.get(k)
        if at is None and short in book.by_key and book.rows[book.by_key[short]]['exchange'] in ('NYSE', 'Nasdaq', 'CBOE'):
            at = book.by_key[short]
        if r['symbol'] in OTHERS:
            at = None
        if at is not None and book.rows[at]['exchange'] not in ('NYSE', 'Nasdaq', 'CBOE'):
            if r['exchange'] == book.rows[at]['src']:
                # a further share class: its symbol, no names
                book.add(ticker=r['symbol'].replace(' ', '-'), name=book.rows[at]['name'], exchange=shown, country=r['country'], cik='',
                         isin=r['isin'], issuer=book.rows[at]['ticker'], size=0, names=[], src=r['exchange'])
                continue
            book.add(ticker=r['symbol'], name=book.rows[at]['name'], exchange=shown, country=r['country'], cik='',
                     isin=r['isin'], issuer=book.rows[at]['ticker'], size=0, names=[], src=r['exchange'])
            continue
        if at is not None:
            # also listed in New York: a second listing of the same issuer
            book.add(ticker=r['symbol'], name=book.rows[at]['name'], exchange=shown, country=r['country'], cik='',
                     isin=r['isin'], issuer=book.rows[at]['ticker'], size=0, names=[], src=r['exchange'])
            if not book.rows[at]['country']:
                book.rows[at]['country'] = r['country']
            continue
        root = r['root']
        extra = aliases.get(root, []) if r['exchange'] in ('NSE', 'NSI') else []
        big = bool(extra)
        names = book.names(nice(w, upper).split(' '), big, r['exchange'] in DISTINCT, r['exchange'] in DISTINCT)
        for a in extra:
            aw = words(a)
            if len(' '.join(aw)) < 3 or a.islower() or not a[0].isupper() and not a[0].isdigit():
                continue
            m = book.mark(aw, True, True)
            if a == root or a.isupper():
                m = '' if len(a) >= 4 and a.lower() not in book.common | GIVEN else '!'
            if not any(n.lstrip('~!').lower() == ' '.join(aw).lower() for n in names):
                names.append(m + ' '.join(aw))
        i = book.add(ticker=r['symbol'].replace(' ', '-'), name=nice(w, upper), exchange=shown, country=r['country'], cik='', isin=r['isin'],
                     issuer='', size=0, names=names, src=r['exchange'])
        if r['symbol'] in OTHERS:
            continue
        book.by_key[k] = i
        if short:
            book.by_key.setdefault(short, i)


def over_the_counter(book, otc):
    """OTC lines: a further listing of a company known at home, else a company of its own."""
    for group in otc:
        r = group[0]
        if '-' in r['ticker'] or len(r['ticker']) > 5:
            continue
        w = words(r['title'])
        if FUND.search(r['title']):
            continue
        at = book.by_key.get(key(w))
        if at is None:
            at = book.by_key.get(key([x for x in w if x.lower().strip('.') not in TAIL]))
        if at is not None:
            for r in group[:2]:
                if r['ticker'].isalpha():
                    book.add(ticker=r['ticker'], name=book.rows[at]['name'], exchange='OTC', country='', cik=r['cik'], isin='',
                             issuer=book.rows[at]['ticker'], size=0, names=[])
            if not book.rows[at]['cik']:
                book.rows[at]['cik'] = r['cik']
            continue
        upper = r['title'].upper() == r['title']
        names = ['!' + n.lstrip('~!') for n in book.names(nice(w, upper).split(' '), False, False, False)]
        i = book.add(ticker=r['ticker'], name=nice(w, upper), exchange='OTC', country='', cik=r['cik'], isin='', issuer='',
                     size=0, names=names[:1])
        book.by_key[key(w)] = i


def main():
    ref, dictionary, out = sys.argv[1:4]
    book = Book(dictionary)
    sp = {k: v for k, v in {r['cik'].lstrip('0'): re.sub(r' \((Class [A-Z]|The)\)', '', r['name']) for r in read(os.path.join(ref, 'sp500_constituents.tsv'))}.items() if '(' not in v}
    otc = us(book, ref, sp)
    abroad(book, ref)
    over_the_counter(book, otc)
    seen = set()
    with open(os.path.join(out, 'wordsymbols.tsv'), 'w', encoding='utf-8') as f:
        f.write('symbol\n')
        for t in sorted({r['ticker'] for r in book.rows if r['ticker'].lower() in book.lower or len(r['ticker']) == 1}):
            f.write(t + '\n')
    with open(os.path.join(out, 'listed.tsv'), 'w', encoding='utf-8') as f:
        f.write('ticker\tname\texchange\tcountry\tcik\tisin\tissuer\tsize\tnames\n')
        for r in book.rows:
            if r['ticker'] in seen or r['issuer'] and r['issuer'] not in seen:
                continue
            seen.add(r['ticker'])
            if r['isin'].startswith('US') and r['exchange'] not in ('NYSE', 'Nasdaq', 'CBOE', 'OTC'):
                r['isin'] = ''  # that of its depositary receipt
            cells = [r[c] for c in ('ticker', 'name', 'exchange', 'country', 'cik', 'isin', 'issuer')]
            cells.append(str(r['size']) if r['size'] and r['size'] <= 9999 else '')
            cells.append('|'.join(n.replace('|', ' ') for n in r['names']))
            f.write('\t'.join(ascii_fold(c).strip() for c in cells) + '\n')


if __name__ == '__main__':
    main()
