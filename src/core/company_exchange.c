/*
 * company_exchange.c - level 3: exchanges as news writes them.
 *
 * A symbol is reported with the suffix of its exchange; news gives the exchange
 * by a code before the symbol ("LON: VOD", "TYO: 7203") or by a Reuters suffix
 * behind it ("VOD.L", "AAPL.OQ").  Both tables below fold to one suffix; US
 * exchanges have none.
 */
#include "company_hash.h"

typedef struct Exchange
{
	char code[13]; /* upper case */
	char suffix[5];
} Exchange;

static const Exchange by_code[] = {
	{ "NYSE", "" },			{ "NASDAQ", "" },	{ "NASDAQGS", "" }, { "NASDAQGM", "" }, { "NASDAQCM", "" },
	{ "NASDAQNM", "" },		{ "NASDAQSC", "" }, { "NASD", "" },		{ "NSDQ", "" },		{ "NYSEARCA", "" },
	{ "NYSEAMERICAN", "" }, { "NYSEMKT", "" },	{ "AMEX", "" },		{ "ARCA", "" },		{ "CBOE", "" },
	{ "BATS", "" },			{ "OTC", "" },		{ "OTCMKTS", "" },	{ "OTCQB", "" },	{ "OTCQX", "" },
	{ "OTCPK", "" },		{ "OTCBB", "" },	{ "PINK", "" },		{ "US", "" },		{ "LON", ".L" },
	{ "LSE", ".L" },		{ "AIM", ".L" },	{ "ETR", ".DE" },	{ "XETRA", ".DE" }, { "FRA", ".DE" },
	{ "FWB", ".DE" },		{ "GR", ".DE" },	{ "EPA", ".PA" },	{ "PAR", ".PA" },	{ "AMS", ".AS" },
	{ "BIT", ".MI" },		{ "MIL", ".MI" },	{ "BME", ".MC" },	{ "SWX", ".SW" },	{ "SIX", ".SW" },
	{ "VTX", ".SW" },		{ "STO", ".ST" },	{ "HEL", ".HE" },	{ "HEX", ".HE" },	{ "CPH", ".CO" },
	{ "OSE", ".OL" },		{ "OSL", ".OL" },	{ "OB", ".OL" },	{ "TSX", ".TO" },	{ "TSXV", ".V" },
	{ "CVE", ".V" },		{ "CSE", ".CN" },	{ "ASX", ".AX" },	{ "TYO", ".T" },	{ "HKG", ".HK" },
	{ "HKEX", ".HK" },		{ "SEHK", ".HK" },	{ "HKSE", ".HK" },	{ "SHA", ".SS" },	{ "SSE", ".SS" },
	{ "SHSE", ".SS" },		{ "SHE", ".SZ" },	{ "SZSE", ".SZ" },	{ "KRX", ".KS" },	{ "KOSE", ".KS" },
	{ "KOSDAQ", ".KQ" },	{ "TPE", ".TW" },	{ "TWSE", ".TW" },	{ "NSE", ".NS" },	{ "NSEI", ".NS" },
	{ "BOM", ".BO" },		{ "BSE", ".BO" },	{ "BVMF", ".SA" },	{ "B3", ".SA" },	{ "JSE", ".JO" },
	{ "SGX", ".SI" },		{ "EBR", ".BR" },	{ "ELI", ".LS" },	{ "VIE", ".VI" },	{ "NZX", ".NZ" },
	{ "NZE", ".NZ" },		{ "TLV", ".TA" },	{ "TASE", ".TA" },	{ "BMV", ".MX" },	{ "IST", ".IS" },
	{ "TADAWUL", ".SR" },	{ "MOEX", ".ME" },	{ "MCX", ".ME" },	{ "ISE", ".IR" },	{ "ATH", ".AT" },
};

static const Exchange by_suffix[] = {
	{ "N", "" },	 { "O", "" },	  { "OQ", "" },	   { "K", "" },		  { "P", "" },	   { "A", "" },
	{ "Z", "" },	 { "PK", "" },	  { "OB", "" },	   { "L", ".L" },	  { "DE", ".DE" }, { "F", ".DE" },
	{ "PA", ".PA" }, { "AS", ".AS" }, { "MI", ".MI" }, { "MC", ".MC" },	  { "S", ".SW" },  { "VX", ".SW" },
	{ "SW", ".SW" }, { "ST", ".ST" }, { "HE", ".HE" }, { "CO", ".CO" },	  { "OL", ".OL" }, { "TO", ".TO" },
	{ "V", ".V" },	 { "AX", ".AX" }, { "T", ".T" },   { "HK", ".HK" },	  { "SS", ".SS" }, { "SZ", ".SZ" },
	{ "KS", ".KS" }, { "KQ", ".KQ" }, { "TW", ".TW" }, { "TWO", ".TWO" }, { "NS", ".NS" }, { "BO", ".BO" },
	{ "SA", ".SA" }, { "J", ".JO" },  { "JO", ".JO" }, { "SI", ".SI" },	  { "BR", ".BR" }, { "LS", ".LS" },
	{ "VI", ".VI" }, { "I", ".IR" },  { "IR", ".IR" }, { "NZ", ".NZ" },	  { "TA", ".TA" }, { "MX", ".MX" },
	{ "IS", ".IS" }, { "SR", ".SR" }, { "ME", ".ME" }, { "AT", ".AT" },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The suffix of an exchange in a table, NULL if it has none such. */
static const char *
suffix_of(const Exchange *table, size_t n, const char *code, size_t len)
{
	char upper[13];

	if (len == 0 || len > 12)
		return NULL;
	for (size_t i = 0; i < len; i++)
		upper[i] = (char) (code[i] >= 'a' && code[i] <= 'z' ? code[i] - 32 : code[i]);
	for (size_t i = 0; i < n; i++)
		if (memcmp(table[i].code, upper, len) == 0 && table[i].code[len] == '\0')
			return table[i].suffix;
	return NULL;
}

/* symbol + suffix into out, "-" between root and share class kept; false if too long. */
static bool
join(const char *symbol, size_t len, const char *suffix, char out[16])
{
	size_t n = strlen(suffix);

	if (len == 0 || len + n > 15)
		return false;
	for (size_t i = 0; i < len; i++)
	{
		char c = symbol[i];

		if (n == 0 && (c == '-' || c == '/'))
			c = '.'; /* BRK-B */
		else if (n > 0 && c == '.')
			c = '-'; /* RCI.B on the TSX is RCI-B.TO */
		out[i] = (char) (c >= 'a' && c <= 'z' ? c - 32 : c);
	}
	memcpy(out + len, suffix, n + 1);
	return true;
}

FsCompanyId
fs_company_by_listing(const char *exchange, size_t exchange_len, const char *symbol, size_t symbol_len, bool *known,
					  char *out)
{
	const char *suffix = suffix_of(by_code, COUNT(by_code), exchange, exchange_len);
	char		mine[16];
	FsCompanyId id;

	if (!suffix && exchange_len == 3 && memcmp(exchange, "TSE", 3) == 0 && symbol_len > 0)
		suffix = symbol[0] >= '0' && symbol[0] <= '9' ? ".T" : ".TO";
	*known = suffix != NULL;
	if (!suffix || symbol_len == 0)
		return -1;
	if (strcmp(suffix, ".HK") == 0 && symbol_len < 4) /* HKEX: 5 is 0005.HK */
	{
		char padded[5] = "0000";

		memcpy(padded + 4 - symbol_len, symbol, symbol_len);
		return fs_company_by_listing("HKG", 3, padded, 4, known, out);
	}
	if (!join(symbol, symbol_len, suffix, out ? out : mine))
		return -1;
	id = fs_company_by_symbol(out ? out : mine, strlen(out ? out : mine));
	if (out && id >= 0)
		join(fs_company_info(id).ticker, strlen(fs_company_info(id).ticker), "", out);
	return id;
}

bool
fs_company_by_ric(const char *ric, size_t len, FsCompanyId *id, char *out)
{
	size_t		dot = len;
	const char *suffix;

	*id = -1;
	while (dot > 0 && ric[dot - 1] != '.')
		dot--;
	if (dot < 2)
		return false;
	suffix = suffix_of(by_suffix, COUNT(by_suffix), ric + dot, len - dot);
	if (!suffix || !join(ric, dot - 1, suffix, out))
		return false;
	*id = fs_company_by_symbol(out, strlen(out));
	return true;
}
