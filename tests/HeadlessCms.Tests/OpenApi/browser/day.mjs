// An editor's day in Swagger UI: it counts clicks, keys and scrolls, and measures how quick the page is. It reads one line of JSON,
// { "executablePath", "url" with the token, "screenshots"?: a directory }, and writes one.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { json } from 'node:stream/consumers';
import { chromium } from 'playwright-core';

const { executablePath, url, screenshots } = await json(process.stdin);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
const page = await context.newPage();
page.setDefaultTimeout(60_000);

const counted = { clicks: 0, keys: 0, scrolls: 0 };
const figures = {};
const steps = [];
const errors = [];
page.on('pageerror', (error) => errors.push(error.message));

const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

// A piece of work of the browser that does not change: what the page takes is compared with it, however quick the machine is.
const unit = () => {
  const begun = performance.now();
  const table = document.createElement('table');
  for (let row = 0; row < 2_000; row++) table.insertRow().insertCell().textContent = `row ${row}`;
  document.body.append(table);
  const height = table.offsetHeight;
  table.remove();
  return height > 0 ? performance.now() - begun : 0;
};

// From the click to the drawn form: what an editor waits for, without what steering the browser takes.
const timeToOpen = (id) => {
  const block = document.getElementById(id);
  const clicked = new Promise((done) => block.addEventListener('click', ({ timeStamp }) => done(timeStamp), { once: true, capture: true }));
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const measure = async () => {
    const begun = await clicked;
    while (!block.querySelector('.execute')) await frame();
    await frame();
    return performance.now() - begun;
  };
  return { time: measure() };
};

const click = async (locator) => {
  const box = await locator.boundingBox();
  if (box && (box.y < 0 || box.y + box.height > 768)) counted.scrolls++;
  await locator.click();
  counted.clicks++;
};
const press = async (key) => {
  await page.keyboard.press(key);
  counted.keys++;
};
const type = async (text) => {
  await page.keyboard.type(text);
  counted.keys += text.length;
};
const paste = async (text) => {
  await page.keyboard.insertText(text);
  counted.keys++;
};

const operation = (tag, id) => page.locator(`#operations-${tag}-${id}`);
const field = (block, name) =>
  block.locator(`:is(tr[data-param-name="${name}"], tr[data-property-name="${name}"]) :is(input, textarea, select):not([type=checkbox])`).first();

/** Opens an operation and keeps how long that took, beside the time of a piece of work. */
const openIn = async (times, tag, id) => {
  const block = operation(tag, id);
  if (!(await block.count())) {
    await click(page.locator(`#operations-tag-${tag} button`));
    await block.waitFor();
  }
  (figures.unit ??= []).push(await page.evaluate(unit));
  const took = await page.evaluateHandle(timeToOpen, `operations-${tag}-${id}`);
  await click(block.locator('.opblock-summary-control'));
  await block.locator('.execute').waitFor();
  (figures[times] ??= []).push(await took.evaluate(({ time }) => time));
  return block;
};
const open = (tag, id) => openIn('opened', tag, id);
const close = (tag, id) => operation(tag, id).locator('.opblock-summary-control').click();

/** Writes into a field, after a click unless the hand is on it already. */
const write = async (block, name, text, how = type) => {
  const target = field(block, name);
  await target.waitFor();
  if (!(await target.evaluate((element) => element === document.activeElement))) await click(target);
  await how(text);
};
const pick = async (block, name, text) => {
  await write(block, name, text);
  await block.locator('[role=option]').first().waitFor();
  await press('Enter');
};
const choose = async (block, name, value) => {
  await field(block, name).selectOption(value);
  counted.clicks += 2;
};

/** Executes the operation, and keeps its status. */
const execute = async (block, name) => {
  const answered = page.waitForResponse((response) => /\/(editorial|content)\/v1\//.test(response.url()) && !/\/suggest\?/.test(response.url()));
  if (!(await block.evaluate((element) => element.contains(document.activeElement)))) await click(block.locator('.execute'));
  else await press('Control+Enter');
  const response = await answered;
  const status = response.status();
  await block.locator('.live-responses-table').first().waitFor();
  steps.push({ name, status });
  if (status >= 400) errors.push(`${name}: ${status} ${await response.text()}`);
  return response.ok() && status !== 204 ? response.json().catch(() => null) : null;
};

const story = (words) =>
  Array.from({ length: words / 20 }, (_, number) =>
    number % 5 === 4
      ? `- “Nobody counts the ships”, said the harbour master, who has counted them for thirty years\n- ${number} of them came from the north\n- the others did not say`
      : `The harbour of the northern town closed for a day, and “nobody knew why”, as the captain of the ferry put it in note ${number}.`,
  ).join('\n\n');

const shoot = async (name) => {
  if (screenshots) await page.screenshot({ path: `${screenshots}/${name}.png` });
};
const judged = async (name) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }));
  for (const { id, impact, nodes } of violations)
    if (impact === 'serious' || impact === 'critical')
      errors.push(`axe, ${name}: ${id} (${impact}) ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' ')}`);
};

try {
  // The page, and how far the keyboard is from a new article.
  const begun = Date.now();
  await page.goto(url);
  await page.locator('.opblock').first().waitFor();
  figures.first = Date.now() - begun;
  await page.waitForFunction(() => window.ui?.getSystem().authSelectors.authorized().size > 0);
  await judged('closed');
  await shoot('first');
  let keys = 0;
  for (; keys < 30 && (await page.evaluate(() => document.activeElement.getAttribute('href'))) !== '#/Articles/createArticle'; keys++)
    await page.keyboard.press('Tab');
  figures.keysToNewArticle = keys + 1;

  // The day.
  await click(page.locator('.first-steps a').first());
  const overview = operation('Overview', 'readOverview');
  await overview.locator('.execute').waitFor();
  await execute(overview, 'overview');

  let block = await open('People', 'createPerson');
  await write(block, 'name', 'Mina Oda');
  await execute(block, 'person');
  block = await open('Places', 'createPlace');
  await write(block, 'name', 'Otaru');
  await choose(block, 'kind', 'city');
  await execute(block, 'place');
  block = await open('Topics', 'createTopic');
  await write(block, 'name', 'Ports');
  const topic = await execute(block, 'topic');

  await page.evaluate(() => scrollTo(0, 0));
  counted.scrolls++;
  await click(page.locator('.first-steps a').nth(1));
  block = operation('Articles', 'createArticle');
  await block.locator('.execute').waitFor();
  await write(block, 'headline', 'Port closes');
  await write(block, 'body', story(600), paste);
  await click(block.locator('tr[data-property-name="people"] .json-schema-form-item-add'));
  await click(block.locator('tr[data-property-name="people"] input:not([type=checkbox])').first());
  await type('min');
  await block.locator('[role=option]').first().waitFor();
  await press('Enter');
  await judged('open');
  await shoot('form');
  const typed = Date.now();
  await field(block, 'standfirst').click();
  await page.keyboard.type('abcdefghijklmnopqrst');
  await drawn();
  figures.key = (Date.now() - typed) / 20;
  await field(block, 'standfirst').fill('');
  const article = await execute(block, 'create');
  if (article?.people?.length !== 1) errors.push('the person was not saved with the article');
  if (article && !article.bodyHtml.includes('<li>')) errors.push('the list was not kept');

  block = await open('Articles', 'readArticle');
  await execute(block, 'look');
  block = await open('Articles', 'patchArticle');
  await write(block, 'headline', 'Port shuts');
  const corrected = await execute(block, 'correct');
  if (corrected && !corrected.bodyHtml) errors.push('what the correction did not touch was lost');
  block = await open('Previews', 'createPreview');
  await pick(block, 'article', 'shut');
  await execute(block, 'preview');
  block = await open('Articles', 'publishArticle');
  await write(block, 'liveFrom', '2099-01-01T06:00:00+09:00');
  await execute(block, 'schedule');
  await field(block, 'liveFrom').click({ clickCount: 3 });
  counted.clicks += 3;
  await press('Delete');
  await execute(block, 'publish');
  block = await open('Administration', 'listAudit');
  await execute(block, 'audit');
  block = await open('Articles', 'compareRevisions');
  await write(block, 'number', '2');
  await write(block, 'against', '1');
  await execute(block, 'diff');
  const [popup] = await Promise.all([context.waitForEvent('page'), click(block.getByText('Open as a page'))]);
  await popup.waitForURL(/^blob:/);
  if (screenshots) await popup.screenshot({ path: `${screenshots}/diff.png` });
  if ((await popup.locator('ins').count()) === 0) errors.push('the page of the diff shows nothing that was added');
  await popup.close();
  block = await open('Articles', 'restoreRevision');
  await write(block, 'number', '1');
  await execute(block, 'restore');
  block = await open('Articles', 'withdrawArticle');
  await write(block, 'reason', 'Wrong');
  await execute(block, 'withdraw');
  for (const [plural, kind] of [['people', 'person'], ['places', 'place'], ['topics', 'topic']]) {
    const offered = await page.evaluate(
      (path) => {
        const system = window.ui.getSystem();
        system.specActions.requestResolvedSubtree(['paths', path, 'post']);
        const form = ['paths', path, 'post', 'requestBody', 'content', 'multipart/form-data', 'schema'];
        return system.specSelectors.specResolvedSubtree([...form, 'properties', 'into', 'x-kind']);
      },
      `/editorial/v1/${plural}/{${kind}}/merge`,
    );
    if (offered !== kind) errors.push(`a merge of a ${kind} offers a ${offered}`);
  }
  block = await open('Topics', 'mergeTopic');
  await pick(block, 'into', 'educ');
  const merged = await execute(block, 'merge');
  if (merged?.slug === topic?.slug) errors.push('the topic was not merged');
  block = await open('Articles', 'listArticles');
  await write(block, 'q', 'harbour ferry');
  const found = await execute(block, 'search');
  if (!found?.items?.some(({ id }) => id === article?.id)) errors.push('the search did not find the article');
  block = await open('Administration', 'createKey');
  await write(block, 'name', 'wire');
  await choose(block, 'role', 'reader');
  await execute(block, 'key');
  block = await open('Administration', 'createWebhook');
  await write(block, 'name', 'site');
  await write(block, 'url', 'https://news.example/hook', paste);
  await choose(block, 'events', 'article.published');
  await execute(block, 'webhook');

  const { clicks, keys: pressed, scrolls } = counted;
  Object.assign(figures, { clicks, keys: pressed, scrolls });

  // A save replaces everything, so its form has what is saved: only what the editor changes, changes.
  block = operation('Articles', 'readArticle');
  await field(block, 'article').fill(article.slug);
  const before = await execute(block, 'before');
  block = await open('Articles', 'saveArticle');
  await page.waitForFunction(() => document.querySelector('#operations-Articles-saveArticle tr[data-property-name=headline] input')?.value);
  await field(block, 'standfirst').fill('1e3');
  await shoot('save');
  const replaced = await execute(block, 'replace');
  // The members that a save makes itself, and the one that was changed.
  const made = ['standfirst', 'note', 'revision', 'savedAt', 'savedBy', 'hasUnpublishedChanges', 'warnings'];
  const contentOf = (article) => JSON.stringify(Object.entries(article).filter(([member]) => !made.includes(member)));
  if (replaced?.standfirst !== '1e3') errors.push(`the save changed the standfirst to ${replaced?.standfirst}`);
  if (before && replaced && contentOf(before) !== contentOf(replaced))
    errors.push(`the save changed more: ${contentOf(before)} ${contentOf(replaced)}`);

  // What a form of a PUT is filled in with is what is saved, for each kind of thing: saved as it is, it changes nothing.
  const kinds = await page.evaluate(async () => {
    const { paths } = await (await fetch('/openapi/page/editorial.json')).json();
    const { value } = window.ui.getSystem().authSelectors.authorized().get('key').toJS();
    const isResource = (path) => /^\/editorial\/v1\/[^/]+\/{[^/]+}$/.test(path);
    const saves = Object.entries(paths).filter(([path, { put }]) => put?.requestBody?.content['multipart/form-data'] && isResource(path));
    return Promise.all(
      saves.map(async ([path, { put }]) => {
        const list = path.slice(0, path.lastIndexOf('/'));
        const { items } = await (await fetch(`${list}?limit=10`, { headers: { Authorization: `Bearer ${value}` } })).json();
        return { tag: put.tags[0], id: put.operationId, parameter: path.match(/{(.+)}/)[1], slugs: items.map(({ slug }) => slug) };
      }),
    );
  });
  if (kinds.length < 4) errors.push(`only ${kinds.length} kinds of things have a form to save them`);
  for (const { tag, id, parameter, slugs } of kinds) {
    block = operation(tag, id);
    if (!(await block.count())) await page.locator(`#operations-tag-${tag} button`).click();
    if (!(await block.locator('.execute').count())) await block.locator('.opblock-summary-control').click();
    await block.locator('.execute').waitFor();
    for (const slug of slugs) {
      if ((await field(block, parameter).inputValue()) === slug) continue;
      const [read] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'GET' && response.url().endsWith(`/${slug}`)),
        field(block, parameter).fill(slug).then(() => page.keyboard.press('Tab')),
      ]);
      const known = await read.json();
      await page.waitForFunction(
        ([id, name]) => document.querySelector(`#${id} tr:is([data-property-name=headline], [data-property-name=name]) input`)?.value === name,
        [`operations-${tag}-${id}`, known.headline ?? known.name],
      );
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'PUT'),
        block.locator('.execute').click(),
      ]);
      const now = await answer.json();
      const told = ({ version, savedAt, savedBy, warnings, ...content }) => JSON.stringify(content);
      if (told(now) !== told(known)) errors.push(`${id} of ${slug}: ${answer.status()} ${told(now)} for ${told(known)}`);
    }
  }

  // Late in the day, when most operations were opened, the largest ones open as quickly as in the morning.
  const late = await page.evaluate(() => [...document.querySelectorAll('.opblock:not(.is-open)')].map(({ id }) => id).filter((id) => !id.includes('webhooks')));
  for (const id of late.slice(0, 40)) await page.locator(`#${id} .opblock-summary-control`).click();
  for (const id of ['createArticle', 'saveArticle', 'patchArticle', 'listArticles'])
    for (let turn = 0; turn < 3; turn++) {
      if (await operation('Articles', id).evaluate((block) => block.classList.contains('is-open'))) await close('Articles', id);
      await drawn();
      await openIn('late', 'Articles', id);
    }

  // The first view of an app that has been up for a while, in a browser that has never seen the page.
  for (let turn = 0; turn < 3; turn++) {
    const fresh = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const view = await fresh.newPage();
    const from = Date.now();
    await view.goto(url.split('#')[0]);
    await view.locator('.opblock').first().waitFor();
    (figures.begun ??= []).push(Date.now() - from);
    await fresh.close();
  }

  const shown = await page.locator('.curl').allTextContents();
  if (shown.some((command) => /cms_[a-z0-9]{8}_/.test(command))) errors.push('a shown command has the key in it');

  // The whole of the form is fit for tablets and telephones, by day and by night.
  const narrow = async (mode) => {
    for (const width of [820, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await drawn();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) errors.push(`${mode} at ${width} px the page is ${over} px too wide`);
      await page.evaluate(() => document.getElementById('operations-Articles-createArticle').scrollIntoView());
      await shoot(`form-${width}-${mode}`);
    }
    await page.setViewportSize({ width: 1366, height: 768 });
  };
  await narrow('light');
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator('.dark-mode-toggle button').click();
  await drawn();
  await shoot('dark');
  await judged('dark');
  await narrow('dark');
} catch (error) {
  errors.push(error.message);
  await shoot('failed');
}
await browser.close();
for (const times of [figures.begun ?? [], figures.opened ?? [], figures.late ?? [], figures.unit ?? []]) times.sort((one, other) => one - other);
console.log(JSON.stringify({ steps, errors, figures }));
