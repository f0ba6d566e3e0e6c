// A day's work of a program with the clients that hey-api generated: node compiled/day.js <address> <key>. Writes what it saw as JSON.
import { createClient, createConfig } from './hey-api/editorial/client/index.js';
import * as editorial from './hey-api/editorial/index.js';
import * as content from './hey-api/content/index.js';

declare const process: { argv: string[] };

const [address, key] = process.argv.slice(2);
if (!address || !key) throw new Error('Usage: day.js <address> <key>');

const client = createClient(createConfig({ baseUrl: address, auth: key }));
const reader = createClient(createConfig({ baseUrl: address }));

const tagOf = (response: Response | undefined): string => response?.headers.get('ETag') ?? '';

const person = await editorial.createPerson({ client, body: { name: 'Grace Lind', title: 'Mayor of Tokyo Bay' }, throwOnError: true });
const topic = await editorial.createTopic({ client, body: { name: 'Harbours' }, throwOnError: true });

const draft = await editorial.createArticle({
  client,
  headers: { 'Idempotency-Key': crypto.randomUUID() },
  body: {
    headline: 'Harbour to get a new bridge',
    body: { format: 'markdown', content: 'Work begins **in spring**.' },
    people: [{ person: person.data.slug, relation: 'about', role: 'Mayor' }],
    topics: [{ topic: topic.data.id, relation: 'about' }],
  },
  throwOnError: true,
});
const path = { article: draft.data.slug };

// Two editors save at once: the second gets the current state, and builds on it.
const first = tagOf(draft.response);
const standfirst = 'Two lanes, and one for bicycles.';
const corrected = await editorial.patchArticle({ client, path, headers: { 'If-Match': first }, body: { standfirst }, throwOnError: true });
const stale = await editorial.patchArticle({ client, path, headers: { 'If-Match': first }, body: { byline: 'By Jane Doe' } });
const signed = await editorial.patchArticle({
  client,
  path,
  headers: { 'If-Match': stale.error?.current?.etag ?? '' },
  body: { byline: 'By Jane Doe' },
  throwOnError: true,
});

const invalid = await editorial.createArticle({ client, body: { headline: '', language: 'english language' } });

const start = await content.listChanges({ client: reader, query: { since: 'latest' }, throwOnError: true });
const published = await editorial.publishArticle({ client, path, body: {}, throwOnError: true });
const article = await content.readLiveArticle({ client: reader, path, throwOnError: true });
const list = await content.listLiveArticles({
  client: reader,
  query: { person: [person.data.slug], topic: [topic.data.slug], relation: 'about', sort: '-publishedAt', facets: ['people'], count: true },
  throwOnError: true,
});
const selection = { fields: ['headline', 'people.name'] } satisfies content.ReadLiveArticleData['query'];
const picked: content.SelectedArticle = (await content.readLiveArticle({ client: reader, path, query: selection, throwOnError: true })).data;
const found = await content.searchLiveContent({ client: reader, query: { q: 'bridge' }, throwOnError: true });

const changes: content.Change[] = [];
let since = start.data.nextCursor;
for (let more = true; more; ) {
  const page = await content.listChanges({ client: reader, query: { since, limit: 1 }, throwOnError: true });
  changes.push(...page.data.items);
  ({ nextCursor: since, more } = page.data);
}

const problem = (error: editorial.Problem | undefined) => ({
  type: error?.type,
  errors: error?.errors?.map(({ pointer, code }) => `${pointer}: ${code}`),
});

console.log(
  JSON.stringify({
    saved: [draft.data.revision, corrected.data.revision, signed.data.revision],
    stale: problem(stale.error),
    invalid: problem(invalid.error),
    liveRevision: published.data.revision,
    headline: article.data.headline,
    standfirst: article.data.standfirst,
    bodyHtml: article.data.bodyHtml,
    people: article.data.people.map((mention) => `${mention.name}, ${mention.role ?? ''}`),
    list: list.data.items.map((item) => item.slug),
    total: list.data.total,
    facet: list.data.facets?.people?.map((one) => `${one.name}: ${one.count}`),
    picked: Object.keys(picked),
    found: found.data.items.map((item) => item.highlights.headline),
    changes: changes.map((change) => `${change.event} ${change.href ?? ''}`),
  }),
);
