/*
 * pages.cjs - opens every page in Chromium and looks at what a reader would see.
 *
 * usage: node pages.cjs FOLDER CHROMIUM      (through run.sh)
 *
 * FOLDER holds NAME.html and NAME.json, what the page must show.  Prints TAP.
 */
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { chromium } = require('playwright-core');

const [folder, executablePath] = process.argv.slice(2);
const SCHEMES = ['light', 'dark'];
const WIDE = { width: 1200, height: 900 };
const PHONE = { width: 375, height: 812 };

let run = 0;
let failed = 0;

/* One result: faults is a list of what is wrong, empty if nothing is. */
function result(faults, name)
{
	run++;
	if (faults.length > 0)
	{
		failed++;
		console.log(`not ok ${run} - ${name}`);
		for (const fault of faults.slice(0, 12))
			console.log('# ' + String(fault).slice(0, 300).replace(/[^\x20-\x7e]/g, '?'));
	}
	else
		console.log(`ok ${run} - ${name}`);
}

/* Faults of a comparison. */
function same(got, wanted, what)
{
	const a = JSON.stringify(got);
	const b = JSON.stringify(wanted);

	return a === b ? [] : [`${what}: ${a} instead of ${b}`];
}

/* Faults of numbers that differ by more than so much. */
function near(got, wanted, what, by = 0.00011)
{
	if (wanted === null || wanted === undefined)
		return got === null || got === undefined || Number.isNaN(got) ? [] : [`${what}: ${got} instead of none`];
	return Math.abs(Number(got) - Number(wanted)) <= by * Math.max(1, Math.abs(wanted)) && got !== null
		? [] : [`${what}: ${got} instead of ${wanted}`];
}

/* What runs in the page: faults of its structure for readers who do not see it. */
function structure()
{
	const faults = [];
	const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]));

	if (document.querySelectorAll('h1').length !== 1 || levels[0] !== 1)
		faults.push('not one h1 that comes first');
	levels.forEach((level, i) => { if (i > 0 && level > levels[i - 1] + 1) faults.push(`h${level} after h${levels[i - 1]}`); });
	if (!document.documentElement.lang || !document.title.trim())
		faults.push('no language or title');
	if (!document.querySelector('main'))
		faults.push('no main');
	for (const section of document.querySelectorAll('section'))
	{
		const heading = document.getElementById(section.getAttribute('aria-labelledby') || '');

		if (!heading || !heading.textContent.trim())
			faults.push('a section without its heading');
	}
	for (const svg of document.querySelectorAll('svg'))
		if (!(svg.getAttribute('role') === 'img' && svg.getAttribute('aria-label')) && svg.getAttribute('aria-hidden') !== 'true')
			faults.push('a drawing without a label: ' + svg.outerHTML.slice(0, 80));
	for (const th of document.querySelectorAll('th'))
		if (!th.getAttribute('scope'))
			faults.push('a table head without scope');
	for (const a of document.querySelectorAll('a'))
		if (!(a.getAttribute('href') || '').startsWith('#') || !document.querySelector(a.getAttribute('href')))
			faults.push('a link to nowhere: ' + a.getAttribute('href'));
	return faults;
}

/* What runs in the page: text whose contrast with what is behind it is below 4.5:1. */
function contrasts()
{
	const faults = [];
	const parse = (color) => {
		const m = color.match(/rgba?\(([^)]*)\)/);
		const p = m ? m[1].split(/[,\s/]+/).filter(Boolean).map(Number) : [0, 0, 0, 0];

		return [p[0], p[1], p[2], p.length > 3 ? p[3] : 1];
	};
	const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
	const luminance = (c) => {
		const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });

		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const background = (element) => {
		const layers = [];

		for (let e = element; e; e = e.parentElement)
			layers.push(parse(getComputedStyle(e).backgroundColor));
		return layers.reduceRight((under, top) => over(top, under), [255, 255, 255, 1]);
	};
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	let texts = 0;

	for (let node = walker.nextNode(); node; node = walker.nextNode())
	{
		const element = node.parentElement;
		const style = getComputedStyle(element);
		const range = document.createRange();

		range.selectNodeContents(node);
		if (!node.data.trim() || style.visibility === 'hidden' || element.closest('title,style') || range.getClientRects().length === 0)
			continue;
		let opacity = 1;
		for (let e = element; e; e = e.parentElement)
			opacity *= Number(getComputedStyle(e).opacity);
		const behind = background(element);
		const ink = parse(element.closest('svg') ? style.fill : style.color);
		const a = luminance(over([ink[0], ink[1], ink[2], ink[3] * opacity], behind));
		const b = luminance(behind);
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

		texts++;
		if (ratio < 4.5)
			faults.push(`${ratio.toFixed(2)}:1 of "${node.data.trim().slice(0, 40)}" in ${element.tagName}.${element.className.baseVal ?? element.className}`);
	}
	return texts > 0 ? faults : ['no text is visible'];
}

/* What runs in the page: whatever sticks out at the right. */
function overflow()
{
	const width = document.documentElement.clientWidth;
	const faults = [];

	if (document.documentElement.scrollWidth > width)
		faults.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${width}`);
	for (const e of document.querySelectorAll('main *'))
		if (e.getBoundingClientRect().right > width + 1 && getComputedStyle(e).position !== 'absolute' && !e.closest('.sr'))
			faults.push(`${e.tagName}.${e.className.baseVal ?? e.className} ends at ${Math.round(e.getBoundingClientRect().right)}`);
	for (const e of document.querySelectorAll('.scroll'))
		if (e.scrollWidth > e.clientWidth + 1)
			faults.push(`a table is ${e.scrollWidth} wide in ${e.clientWidth}`);
	return faults;
}

/* What runs in the page: elements and attributes that a text must never become. */
function foreign()
{
	const faults = [];

	for (const e of document.querySelectorAll('script,img,iframe,object,embed,link,form,input,base,audio,video,image,use,foreignObject,b,i:not(.mix i),u'))
		faults.push(`an element ${e.tagName}`);
	if (document.querySelectorAll('style').length !== 1 || document.querySelectorAll('meta').length !== 4)
		faults.push('a foreign style or meta');
	for (const e of document.querySelectorAll('*'))
		for (const attribute of e.attributes)
			if (/^on|^autofocus$|^src/i.test(attribute.name) || /javascript:/i.test(attribute.value) && attribute.name !== 'title' && attribute.name !== 'aria-label')
				faults.push(`${e.tagName} has ${attribute.name}=${attribute.value}`);
	if (window.ran !== undefined)
		faults.push(`something ran: ${window.ran}`);
	return faults;
}

/* What the page of a card shows. */
function readCard()
{
	const text = (e) => (e ? e.textContent : null);
	const value = (e) => (e && e.querySelector('data') ? e.querySelector('data').value : null);
	const table = (id) => [...document.querySelectorAll(`section[aria-labelledby=${id}] tbody tr`)];

	return {
		title: text(document.querySelector('h1')), tab: document.title, body: text(document.querySelector('#body')) ?? '',
		score: value(document.querySelector('#score')), shown: text(document.querySelector('#score')), label: text(document.querySelector('#label')),
		summary: [...document.querySelectorAll('#summary p')].map((p) => p.textContent),
		companies: table('h-companies').map((row) => [row.querySelector('th').firstChild.data, Number(value(row))]),
		metrics: table('h-metrics').map((row) => [...row.querySelectorAll('td')].map((cell) => [...cell.querySelectorAll('data')].map((d) => Number(d.value)))),
		insights: [...document.querySelectorAll('.insights q')].map((q) => q.textContent),
		marks: [...document.querySelectorAll('#body mark')].map((mark) => [mark.textContent, mark.title, mark.className]),
	};
}

/* Faults of a card's figures. */
function cardFaults(got, wanted)
{
	const faults = [];
	const cents = Math.round(Math.abs(wanted.score) * 100 + 1e-9) / 100;
	const weights = {};
	let cut = false;

	faults.push(...near(got.score, wanted.score, 'score', 0.00001));
	faults.push(...same(got.shown, (cents === 0 ? '' : wanted.score < 0 ? '\u2212' : '+') + cents.toFixed(2), 'score shown'));
	faults.push(...same(got.label, wanted.label, 'label'));
	faults.push(...same(got.summary.join(' ').replace(/\u2026$/, ''), wanted.summary.slice(0, got.summary.join(' ').replace(/\u2026$/, '').length), 'summary'));
	faults.push(...same(got.companies, wanted.companies.slice(0, 24).map(([name, score]) => [name, Number(score)]), 'companies'));
	if (wanted.body.length < 100000)
	{
		faults.push(...same(got.body, wanted.body, 'body'));
		faults.push(...same(got.insights.length, Math.min(48, wanted.insights.length), 'number of insights'));
		faults.push(...same(got.insights, wanted.insights.slice(0, 48), 'insights'));
		faults.push(...same(got.metrics.map((m) => [m[0], m[1], m[2]]), wanted.metrics.slice(0, 60).map(([value, high, change, prior]) =>
			[[value, high].filter((v) => v !== null), change === null ? [] : [change], prior === null ? [] : [prior]]), 'metrics'));
		for (const [, rule, weight] of wanted.evidence)
			weights[rule] = (weights[rule] || []).concat(Number(weight));
		for (const [words, title, tone] of got.marks)
		{
			let sum = 0;

			for (const reason of title.split('; '))
			{
				const m = reason.match(/^(.+) ([+-]\d\.\d{4})$/);

				if (!m || !(weights[m[1]] || []).some((w) => Math.abs(w - Number(m[2])) < 0.00011))
					faults.push(`"${words}" has a reason that finsent_explain has not: ${reason}`);
				else
					sum += Number(m[2]);
			}
			cut = title.split('; ').length >= 6;
			if (!cut && (tone === 'pos') !== (sum >= 0))
				faults.push(`"${words}" is marked ${tone} for ${sum}`);
		}
		if (wanted.evidence.length > 0 && got.marks.length === 0)
			faults.push('nothing is marked');
	}
	else
	{
		faults.push(...(wanted.body.startsWith(got.body) && got.body.length > 100000 && got.body.length <= 200 * 1024 ? [] : ['the text is not cut at 200 kB']));
	}
	return faults;
}

/* What the page of a report shows. */
function readReport()
{
	const text = (e) => (e ? e.textContent : null);
	const value = (e, selector) => (e && e.querySelector(selector) ? Number(e.querySelector(selector).value) : null);

	return {
		title: text(document.querySelector('h1')), tab: document.title, score: value(document.querySelector('#score'), 'data'),
		news: value(document, '#news'),
		rows: [...document.querySelectorAll('.tickers tbody tr')].map((row) => [
			text(row.querySelector('th')), value(row, 'td.num data:not(.se)'), value(row, 'data.se'), Number(row.cells[3].textContent.replace(/,/g, '')),
			Number(row.cells[4].textContent), row.cells[5] && row.cells[5].firstChild ? Number(row.cells[5].firstChild.data.replace(/,/g, '')) : null]),
		panels: [...document.querySelectorAll('.panel h3')].map((h) => h.textContent),
		steps: document.querySelectorAll('.panel .news rect title').length,
	};
}

/* Faults of a report's figures. */
function reportFaults(got, wanted)
{
	const faults = [];
	const shorten = (ticker) => (ticker.length > 40 ? ticker.slice(0, 40) + '\u2026' : ticker);

	faults.push(...near(got.score, wanted.score, 'score'));
	faults.push(...same(got.news, wanted.rows.length > 0 ? wanted.news : null, 'news'));
	faults.push(...same(got.rows.length, wanted.rows.length, 'tickers'));
	faults.push(...same(got.panels, got.rows.map((row) => row[0]), 'panels'));
	for (const row of wanted.rows)
	{
		const shown = got.rows.find((r) => r[0] === shorten(row[0]) || (row[0].length > 40 && r[0].endsWith('\u2026') && row[0].startsWith(r[0].slice(0, -1))));

		if (!shown)
		{
			faults.push(`no row for ${row[0]}`);
			continue;
		}
		faults.push(...near(shown[1], row[1], `mean of ${row[0]}`), ...near(shown[2], row[2], `error of ${row[0]}`));
		faults.push(...same(shown.slice(3, 5), row.slice(3, 5).map(Number), `counts of ${row[0]}`), ...near(shown[5], row[5], `price of ${row[0]}`, 0.001));
	}
	for (let i = 1; i < got.rows.length; i++)
		if (got.rows[i][1] !== null && (got.rows[i - 1][1] === null || got.rows[i - 1][1] < got.rows[i][1]))
			faults.push('the rows are not from best to worst');
	if (wanted.news > 0 && got.steps === 0)
		faults.push('no bar is drawn');
	return faults;
}

/* A page under one setting of the reader's. */
async function show(page, file, scheme, viewport, media = 'screen')
{
	await page.setViewportSize(viewport);
	await page.emulateMedia({ colorScheme: scheme, media });
	await page.goto('file://' + file);
}

/* All tests of one page. */
async function testPage(context, name)
{
	const file = path.join(folder, name + '.html');
	const wanted = JSON.parse(fs.readFileSync(path.join(folder, name + '.json'), 'utf8'));
	const page = await context.newPage();
	const left = [];
	let faults;

	page.on('request', (request) => { if (request.url().split('#')[0] !== 'file://' + file) left.push(`a request for ${request.url()}`); });
	page.on('dialog', (dialog) => { left.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
	page.on('popup', () => left.push('a window opened'));
	page.on('pageerror', (error) => left.push(`an error: ${error.message}`));
	page.on('console', (message) => left.push(`the console says: ${message.text()}`));
	await show(page, file, 'light', WIDE);

	const got = await page.evaluate(wanted.kind === 'card' ? readCard : readReport);
	faults = wanted.kind === 'card' ? cardFaults(got, wanted) : reportFaults(got, wanted);
	result(faults, `${name}: what is shown is what SQL says`);
	if (wanted.title)
		result(same(got.title, wanted.title, 'h1').concat(same(got.tab, wanted.title.replace(/\s+/g, ' ').trim(), 'title')), `${name}: the title stands as it is`);
	result(await page.evaluate(structure), `${name}: headings, labels and table heads for readers who do not see it`);

	for (const link of await page.$$('a'))
		await link.click({ force: true, noWaitAfter: true, timeout: 2000 }).catch(() => {});
	for (const mark of (await page.$$('mark')).slice(0, 5))
		await mark.hover({ timeout: 2000 }).catch(() => {});
	if (page.url().split('#')[0] !== 'file://' + file)
		left.push(`it went to ${page.url()}`);
	result((await page.evaluate(foreign)).concat(left), `${name}: nothing of it ran, and nothing left the page`);

	faults = [];
	for (const scheme of SCHEMES)
	{
		await show(page, file, scheme, WIDE);
		faults.push(...(await page.evaluate(contrasts)).map((fault) => `${scheme}: ${fault}`));
		faults.push(...(await page.evaluate(overflow)).map((fault) => `${scheme}: ${fault}`));
		const [dark, height] = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).every((v) => v < 64), document.documentElement.scrollHeight]);
		if (dark !== (scheme === 'dark'))
			faults.push(`${scheme}: the background is not`);
		await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`), fullPage: height < 8000 });
		await show(page, file, scheme, PHONE);
		faults.push(...(await page.evaluate(overflow)).map((fault) => `${scheme}, on a phone: ${fault}`));
		faults.push(...(await page.evaluate(contrasts)).map((fault) => `${scheme}, on a phone: ${fault}`));
		if (scheme === 'light')
			await page.screenshot({ path: path.join(folder, `${name}-phone.png`), fullPage: height < 8000 });
	}
	result(faults, `${name}: light, dark and on a phone it is legible and nothing sticks out`);

	await show(page, file, 'dark', { width: 794, height: 1123 }, 'print');
	faults = (await page.evaluate(contrasts)).concat(await page.evaluate(overflow));
	if (!(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).startsWith('rgb(255, 255, 255'))
		faults.push('paper is not white');
	if (got.body === undefined || got.body.length < 100000)
	{
		const pdf = await page.pdf({ format: 'A4' });

		if (pdf.subarray(0, 5).toString() !== '%PDF-' || pdf.length < 5000)
			faults.push('nothing is printed');
	}
	result(faults, `${name}: printed, it is legible on white paper`);
	await page.close();
}

(async () => {
	const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'finsent-browser-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath,
		headless: true,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
	});

	try
	{
		for (const file of fs.readdirSync(folder).filter((f) => f.endsWith('.html')).sort())
			await testPage(context, path.basename(file, '.html'));
	}
	finally
	{
		await context.close();
		fs.rmSync(profile, { recursive: true, force: true });
	}
	console.log(`1..${run}`);
	process.exitCode = failed > 0 ? 1 : 0;
})().catch((error) => {
	console.log(`not ok - the browser's tests ended early: ${error.message.split('\n')[0]}`);
	process.exitCode = 1;
});
