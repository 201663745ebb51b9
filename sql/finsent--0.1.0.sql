/* finsent.sql - the SQL surface of finsent; installed as finsent--VERSION.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION finsent" to load this file. \quit

/*
 * CREATE EXTENSION runs this with search_path set to the extension's schema
 * (pg_catalog before it, pg_temp last).  Built-in types are named with
 * pg_catalog; the extension's own are created and found in that one schema.
 * All functions are C and find their types through their declared results, so
 * no name is looked up at run time and the extension may be moved.
 *
 * Objects are created, never replaced: an object planted beforehand makes
 * CREATE EXTENSION fail instead of being adopted.
 *
 * Rules that hold for every function here
 * - IMMUTABLE and PARALLEL SAFE: the answer depends on the arguments and the
 *   version alone, never on tables, settings or the search path.
 * - A NULL body gives NULL, or no rows.  A NULL title is no title; functions
 *   with a title are therefore not STRICT.
 * - pos counts characters from 1 and len counts characters, so that
 *   substr(body, pos, len) is the evidence; what stands in the title has
 *   NULL in both.
 * - A text longer than 256 MB is refused with SQLSTATE 54000.
 * Row types only ever gain columns at their end.
 */

-- Types

CREATE TYPE finsent_sentiment AS ENUM (
	'strongly negative', 'moderately negative', 'mildly negative', 'neutral',
	'mildly positive', 'moderately positive', 'strongly positive');

COMMENT ON TYPE finsent_sentiment IS
'label of a score, from worst to best; bands on the size of the score: below 0.12 neutral, from 0.12 mildly, from 0.35 moderately, from 0.60 strongly';

CREATE TYPE finsent_ticker AS (
	ticker pg_catalog.text,
	name pg_catalog.text,
	score pg_catalog.float8,
	label finsent_sentiment,
	relevance pg_catalog.float8,
	confidence pg_catalog.float8,
	mentions pg_catalog.int4,
	pos pg_catalog.int4,
	len pg_catalog.int4);

COMMENT ON TYPE finsent_ticker IS 'a company that a text is about, and the sentiment toward it';
COMMENT ON COLUMN finsent_ticker.ticker IS 'symbol of the home listing (AMZN, BRK.B, VOD.L, 7203.T); NULL for a company without a symbol';
COMMENT ON COLUMN finsent_ticker.name IS 'name of the company; NULL for a symbol that is not known';
COMMENT ON COLUMN finsent_ticker.score IS 'sentiment toward the company, -1 to 1, 4 decimals';
COMMENT ON COLUMN finsent_ticker.label IS 'label of the score';
COMMENT ON COLUMN finsent_ticker.relevance IS 'share of the text that is about the company, above 0 to 1';
COMMENT ON COLUMN finsent_ticker.confidence IS 'confidence that the company is meant, 0 to 1';
COMMENT ON COLUMN finsent_ticker.mentions IS 'number of mentions in title and body';
COMMENT ON COLUMN finsent_ticker.pos IS 'first mention in the body: character, from 1; NULL if it is named in the title only';
COMMENT ON COLUMN finsent_ticker.len IS 'first mention in the body: length in characters';

CREATE TYPE finsent_metric AS (
	ticker pg_catalog.text,
	metric pg_catalog.text,
	value pg_catalog."numeric",
	high pg_catalog."numeric",
	unit pg_catalog.text,
	comparator pg_catalog.text,
	direction pg_catalog.text,
	change pg_catalog."numeric",
	change_unit pg_catalog.text,
	prior pg_catalog."numeric",
	period pg_catalog.text,
	prior_period pg_catalog.text,
	basis pg_catalog.text,
	pos pg_catalog.int4,
	len pg_catalog.int4);

COMMENT ON TYPE finsent_metric IS 'a metric of a company with its value, change and prior value';
COMMENT ON COLUMN finsent_metric.ticker IS 'symbol of the company whose metric it is; NULL if the text does not say';
COMMENT ON COLUMN finsent_metric.metric IS 'canonical name (revenue, eps, free_cash_flow, ...), else the noun phrase of the text in lower case';
COMMENT ON COLUMN finsent_metric.value IS 'value in full units ("$1.2 billion" is 1200000000), exact; the lower end of a range; NULL for a pure change';
COMMENT ON COLUMN finsent_metric.high IS 'upper end of a range, else NULL';
COMMENT ON COLUMN finsent_metric.unit IS 'ISO 4217 currency code, percent, bps, pp, x, or the counted noun; NULL for a bare number';
COMMENT ON COLUMN finsent_metric.comparator IS 'eq, gt, lt, ge, le or approx';
COMMENT ON COLUMN finsent_metric.direction IS 'up, down or flat where the text says so, else NULL';
COMMENT ON COLUMN finsent_metric.change IS 'size of the change, exact; its sign is the direction';
COMMENT ON COLUMN finsent_metric.change_unit IS 'unit of the change, as in unit';
COMMENT ON COLUMN finsent_metric.prior IS 'earlier value, exact, in the unit of the value';
COMMENT ON COLUMN finsent_metric.period IS 'period of the value as written';
COMMENT ON COLUMN finsent_metric.prior_period IS 'period of the earlier value as written';
COMMENT ON COLUMN finsent_metric.basis IS 'actual, forecast, hypothetical or consensus';
COMMENT ON COLUMN finsent_metric.pos IS 'place of the value (of the change, if it is pure) in the body: character, from 1';
COMMENT ON COLUMN finsent_metric.len IS 'length of that place in characters';

CREATE TYPE finsent_quantity AS (
	value pg_catalog."numeric",
	high pg_catalog."numeric",
	unit pg_catalog.text,
	comparator pg_catalog.text,
	pos pg_catalog.int4,
	len pg_catalog.int4);

COMMENT ON TYPE finsent_quantity IS 'a money amount, percentage, multiple, or scaled or counted number of a text';
COMMENT ON COLUMN finsent_quantity.value IS 'value in full units, exact ("50 cents" is 0.50); the lower end of a range';
COMMENT ON COLUMN finsent_quantity.high IS 'upper end of a range, else NULL';
COMMENT ON COLUMN finsent_quantity.unit IS 'ISO 4217 currency code, percent, bps, pp, x, or the counted noun; NULL for a bare number';
COMMENT ON COLUMN finsent_quantity.comparator IS 'eq, gt, lt, ge, le or approx';
COMMENT ON COLUMN finsent_quantity.pos IS 'place in the body: character, from 1';
COMMENT ON COLUMN finsent_quantity.len IS 'length in characters';

CREATE TYPE finsent_sentence AS (
	n pg_catalog.int4,
	pos pg_catalog.int4,
	len pg_catalog.int4,
	sentence pg_catalog.text,
	score pg_catalog.float8,
	label finsent_sentiment);

COMMENT ON TYPE finsent_sentence IS 'a sentence of a text with its sentiment';
COMMENT ON COLUMN finsent_sentence.n IS 'number of the sentence, from 1';
COMMENT ON COLUMN finsent_sentence.pos IS 'place in the body: character, from 1';
COMMENT ON COLUMN finsent_sentence.len IS 'length in characters';
COMMENT ON COLUMN finsent_sentence.sentence IS 'the sentence as written';
COMMENT ON COLUMN finsent_sentence.score IS 'sentiment of the sentence alone, -1 to 1, 4 decimals';
COMMENT ON COLUMN finsent_sentence.label IS 'label of the score';

CREATE TYPE finsent_evidence AS (
	pos pg_catalog.int4,
	len pg_catalog.int4,
	term pg_catalog.text,
	rule pg_catalog.text,
	ticker pg_catalog.text,
	weight pg_catalog.float8,
	sentence pg_catalog.int4);

COMMENT ON TYPE finsent_evidence IS 'a piece of evidence for the score of a text';
COMMENT ON COLUMN finsent_evidence.pos IS 'place in the body: character, from 1; NULL for evidence in the title';
COMMENT ON COLUMN finsent_evidence.len IS 'length in characters; NULL for evidence in the title';
COMMENT ON COLUMN finsent_evidence.term IS 'the words as written; NULL for rule calibration';
COMMENT ON COLUMN finsent_evidence.rule IS 'name of the rule that found it; calibration is what no term carries';
COMMENT ON COLUMN finsent_evidence.ticker IS 'symbol of the company it concerns, if known';
COMMENT ON COLUMN finsent_evidence.weight IS 'share of the score, signed; the weights of a text add up to its score';
COMMENT ON COLUMN finsent_evidence.sentence IS 'number of its sentence as in finsent_sentences; NULL for the title';

CREATE TYPE finsent_insight AS (
	kind pg_catalog.text,
	sentence pg_catalog.text,
	tickers pg_catalog.text[],
	months pg_catalog.int4range,
	score pg_catalog.float8,
	pos pg_catalog.int4,
	len pg_catalog.int4);

COMMENT ON TYPE finsent_insight IS 'a sentence that speaks of risk, outlook and the like, with its time horizon';
COMMENT ON COLUMN finsent_insight.kind IS 'risk, catalyst, outlook, guidance, competitor, consensus or second_order';
COMMENT ON COLUMN finsent_insight.sentence IS 'the sentence, or the part of it that the horizon governs, as written';
COMMENT ON COLUMN finsent_insight.tickers IS 'symbols of the companies named, in order of mention';
COMMENT ON COLUMN finsent_insight.months IS 'horizon in months, both ends counted ("3-6 months" is [3,6]); NULL if none is stated';
COMMENT ON COLUMN finsent_insight.score IS 'sentiment of the sentence, -1 to 1, 4 decimals';
COMMENT ON COLUMN finsent_insight.pos IS 'place in the body: character, from 1';
COMMENT ON COLUMN finsent_insight.len IS 'length in characters';

CREATE TYPE finsent_analysis AS (
	score pg_catalog.float8,
	label finsent_sentiment,
	confidence pg_catalog.float8,
	positive pg_catalog.float8,
	neutral pg_catalog.float8,
	negative pg_catalog.float8,
	mixed pg_catalog.bool,
	tickers pg_catalog.text[],
	ticker_sentiment finsent_ticker[],
	metrics finsent_metric[],
	summary pg_catalog.text,
	words pg_catalog.int4,
	model pg_catalog.text);

COMMENT ON TYPE finsent_analysis IS 'everything about one text';
COMMENT ON COLUMN finsent_analysis.score IS 'as finsent_score';
COMMENT ON COLUMN finsent_analysis.label IS 'label of the score';
COMMENT ON COLUMN finsent_analysis.confidence IS 'how much evidence there is and how one-sided it is, 0 to 1';
COMMENT ON COLUMN finsent_analysis.positive IS 'probability that the text is good news; the three add up to 1';
COMMENT ON COLUMN finsent_analysis.neutral IS 'probability that the text is neither';
COMMENT ON COLUMN finsent_analysis.negative IS 'probability that the text is bad news';
COMMENT ON COLUMN finsent_analysis.mixed IS 'whether there is strong evidence of both signs';
COMMENT ON COLUMN finsent_analysis.tickers IS 'as finsent_tickers with the default confidence';
COMMENT ON COLUMN finsent_analysis.ticker_sentiment IS 'as finsent_ticker_sentiment';
COMMENT ON COLUMN finsent_analysis.metrics IS 'as finsent_metrics; the title may tell whose they are';
COMMENT ON COLUMN finsent_analysis.summary IS 'summary of two sentences';
COMMENT ON COLUMN finsent_analysis.words IS 'number of words in title and body';
COMMENT ON COLUMN finsent_analysis.model IS 'as finsent_model';

CREATE TYPE finsent_company_info AS (
	ticker pg_catalog.text,
	name pg_catalog.text,
	exchange pg_catalog.text,
	country pg_catalog.text,
	cik pg_catalog.int4,
	isin pg_catalog.text,
	aliases pg_catalog.text[]);

COMMENT ON TYPE finsent_company_info IS 'a listing that finsent knows';
COMMENT ON COLUMN finsent_company_info.ticker IS 'symbol as finsent reports it (AMZN, BRK.B, VOD.L, 7203.T); NULL for a company without a symbol';
COMMENT ON COLUMN finsent_company_info.name IS 'name of the company';
COMMENT ON COLUMN finsent_company_info.exchange IS 'exchange of the listing (NYSE, Nasdaq, London, ...); NULL if unlisted';
COMMENT ON COLUMN finsent_company_info.country IS 'country of the company, ISO 3166 alpha-2; NULL if not known';
COMMENT ON COLUMN finsent_company_info.cik IS 'number in the SEC''s register; NULL if not known';
COMMENT ON COLUMN finsent_company_info.isin IS 'ISIN of the share; NULL if not known';
COMMENT ON COLUMN finsent_company_info.aliases IS 'names, brands and products by which texts name the company, in lower case; the same for all its listings';

-- Scoring

CREATE FUNCTION finsent_score(body pg_catalog.text, title pg_catalog.text DEFAULT NULL)
RETURNS pg_catalog.float8
AS 'MODULE_PATHNAME', 'finsent_score'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

COMMENT ON FUNCTION finsent_score(pg_catalog.text, pg_catalog.text) IS
'sentiment of a news text, -1 (worst) to 1 (best), 4 decimals; 0 without evidence';

CREATE FUNCTION finsent_label(score pg_catalog.float8)
RETURNS finsent_sentiment
AS 'MODULE_PATHNAME', 'finsent_label_of_score'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_label(pg_catalog.float8) IS
'label of a score; SQLSTATE 22023 unless the score is between -1 and 1';

CREATE FUNCTION finsent_label(body pg_catalog.text, title pg_catalog.text DEFAULT NULL)
RETURNS finsent_sentiment
AS 'MODULE_PATHNAME', 'finsent_label'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

COMMENT ON FUNCTION finsent_label(pg_catalog.text, pg_catalog.text) IS
'label of the score of a news text';

CREATE FUNCTION finsent_class(score pg_catalog.float8)
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'finsent_class'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_class(pg_catalog.float8) IS
'negative, neutral (size below 0.12) or positive; SQLSTATE 22023 unless the score is between -1 and 1';

CREATE FUNCTION finsent_analyze(body pg_catalog.text, title pg_catalog.text DEFAULT NULL)
RETURNS finsent_analysis
AS 'MODULE_PATHNAME', 'finsent_analyze'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1500;

COMMENT ON FUNCTION finsent_analyze(pg_catalog.text, pg_catalog.text) IS
'everything about a news text in one call: score, probabilities, companies, metrics, summary';

CREATE FUNCTION finsent_target_score(body pg_catalog.text, target pg_catalog.text)
RETURNS pg_catalog.float8
AS 'MODULE_PATHNAME', 'finsent_target_score'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION finsent_target_score(pg_catalog.text, pg_catalog.text) IS
'sentiment toward a named thing, -1 to 1, 4 decimals; NULL when the text does not mention it';

CREATE FUNCTION finsent_sentences(body pg_catalog.text)
RETURNS SETOF finsent_sentence
AS 'MODULE_PATHNAME', 'finsent_sentences'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 20;

COMMENT ON FUNCTION finsent_sentences(pg_catalog.text) IS
'sentences of a text in order, each with its sentiment';

CREATE FUNCTION finsent_explain(body pg_catalog.text, title pg_catalog.text DEFAULT NULL)
RETURNS SETOF finsent_evidence
AS 'MODULE_PATHNAME', 'finsent_explain'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 30;

COMMENT ON FUNCTION finsent_explain(pg_catalog.text, pg_catalog.text) IS
'evidence for the score in order of place; the weights add up to finsent_score';

CREATE FUNCTION finsent_model()
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'finsent_model'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION finsent_model() IS
'name and version of the scoring model; a score depends on text, title and model alone';

-- Extraction

CREATE FUNCTION finsent_tickers(body pg_catalog.text, title pg_catalog.text DEFAULT NULL,
								min_confidence pg_catalog.float8 DEFAULT 0.5)
RETURNS pg_catalog.text[]
AS 'MODULE_PATHNAME', 'finsent_tickers'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

COMMENT ON FUNCTION finsent_tickers(pg_catalog.text, pg_catalog.text, pg_catalog.float8) IS
'distinct symbols of the companies a text is about, most relevant first; SQLSTATE 22023 unless min_confidence is between 0 and 1';

CREATE FUNCTION finsent_ticker_sentiment(body pg_catalog.text, title pg_catalog.text DEFAULT NULL)
RETURNS SETOF finsent_ticker
AS 'MODULE_PATHNAME', 'finsent_ticker_sentiment'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 5;

COMMENT ON FUNCTION finsent_ticker_sentiment(pg_catalog.text, pg_catalog.text) IS
'companies a text is about with a confidence of at least 0.5, most relevant first, each with the sentiment toward it';

CREATE FUNCTION finsent_metrics(body pg_catalog.text)
RETURNS SETOF finsent_metric
AS 'MODULE_PATHNAME', 'finsent_metrics'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION finsent_metrics(pg_catalog.text) IS
'metrics of a text in order of place: value, unit, change, prior value, period, company';

CREATE FUNCTION finsent_quantities(body pg_catalog.text)
RETURNS SETOF finsent_quantity
AS 'MODULE_PATHNAME', 'finsent_quantities'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 15;

COMMENT ON FUNCTION finsent_quantities(pg_catalog.text) IS
'money amounts, percentages, multiples, and scaled or counted numbers of a text in order of place';

-- Companies

CREATE FUNCTION finsent_companies()
RETURNS SETOF finsent_company_info
AS 'MODULE_PATHNAME', 'finsent_companies'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 30000;

COMMENT ON FUNCTION finsent_companies() IS
'all listings that finsent knows, with the names by which texts speak of them; fixed in a version';

CREATE FUNCTION finsent_symbol(ticker pg_catalog.text, on_date pg_catalog.date)
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'finsent_symbol'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION finsent_symbol(pg_catalog.text, pg_catalog.date) IS
'the symbol that a company of today''s or a former symbol had on a date (FB until 2022-06-08, META after); others come back as written';

-- Card

CREATE FUNCTION finsent_summary(body pg_catalog.text, sentences pg_catalog.int4 DEFAULT 2)
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'finsent_summary'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1500;

COMMENT ON FUNCTION finsent_summary(pg_catalog.text, pg_catalog.int4) IS
'the sentences of a text that carry the news, in their order, joined by blanks; SQLSTATE 22023 unless sentences is between 1 and 1000';

CREATE FUNCTION finsent_insights(body pg_catalog.text)
RETURNS SETOF finsent_insight
AS 'MODULE_PATHNAME', 'finsent_insights'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1500 ROWS 5;

COMMENT ON FUNCTION finsent_insights(pg_catalog.text) IS
'risks, catalysts, outlook, guidance and the like, one row a kind and horizon, in order of place';

CREATE FUNCTION finsent_highlight(body pg_catalog.text, options pg_catalog.text DEFAULT '')
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'finsent_highlight'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1500;

COMMENT ON FUNCTION finsent_highlight(pg_catalog.text, pg_catalog.text) IS
'a text with its evidence marked; options as in ts_headline: StartPos, StopPos, StartNeg, StopNeg, MaxFragments, MaxWords, HighlightTickers, HighlightMetrics, Escape; SQLSTATE 22023 for any other';

CREATE FUNCTION finsent_card_html(body pg_catalog.text, title pg_catalog.text DEFAULT NULL)
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'finsent_card_html'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2500;

COMMENT ON FUNCTION finsent_card_html(pg_catalog.text, pg_catalog.text) IS
'the whole card of a text as one self-contained HTML page, everything escaped';
