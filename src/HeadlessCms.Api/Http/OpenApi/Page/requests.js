// What is sent and answered: the entity tag that the page read or saved last is sent as If-Match when the field is left empty, and each
// write has an Idempotency-Key.
const known = new Map();

const pathOf = (url) => new URL(url, location.href).pathname;

// A tag is quoted: "r1". Editors copy what is between the quotes.
const quoted = (tag) => (/^(W\/)?"|^\*$/.test(tag) ? tag : `"${tag}"`);

const collectionOf = (path) => path.match(/^\/editorial\/v1\/([^/]+)/)?.[1];

const bodyOf = (response) => response.obj ?? response.body;

const headerOf = (headers, name) => Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];

/** The paths by which the resource of a response is known: as requested, its location, its id and its slug. */
const pathsOf = (response) => {
  const path = pathOf(response.url);
  const paths = [headerOf(response.headers, 'location') ?? path];
  const collection = collectionOf(path);
  if (collection) for (const name of [bodyOf(response)?.id, bodyOf(response)?.slug]) if (name) paths.push(`/editorial/v1/${collection}/${name}`);
  return paths;
};

// The slug that was read or saved last, by collection: articles, people …
const used = new Map();

/** What the page read or saved last of a collection; undefined at first. */
export const lastUsed = (collection) => used.get(collection);

/** The headers that send the editor's key. */
export const keyOf = (system) => {
  const key = system.authSelectors.authorized().getIn(['key', 'value']);
  return key ? { Authorization: `Bearer ${key}` } : {};
};

// A request that is sent again within three seconds is a double click, and has the same Idempotency-Key.
const doubleClick = 3_000;
let lastSent = { of: '', key: '', at: 0 };

const textOf = (body) => (body instanceof FormData ? JSON.stringify([...body.entries()]) : String(body));

const idempotencyKey = (request, tag) => {
  const of = `${request.method} ${request.url} ${tag} ${textOf(request.body)}`;
  if (of !== lastSent.of || Date.now() - lastSent.at > doubleClick) lastSent = { of, key: crypto.randomUUID(), at: Date.now() };
  return lastSent.key;
};

export const requests = {
  send(request) {
    if (request.loadSpec || request.method === 'GET') return request;
    const headers = (request.headers ??= {});
    const name = Object.keys(headers).find((key) => key.toLowerCase() === 'if-match') ?? 'If-Match';
    const tag = headers[name]?.trim() || known.get(pathOf(request.url));
    if (tag && request.method !== 'POST') headers[name] = quoted(tag);
    headers['Idempotency-Key'] = idempotencyKey(request, headers[name]);
    return request;
  },

  remember(response) {
    const tag = headerOf(response.headers, 'etag');
    const collection = collectionOf(pathOf(response.url));
    if (response.ok && collection && bodyOf(response)?.slug) used.set(collection, bodyOf(response).slug);
    if (tag && response.ok && collection) for (const path of pathsOf(response)) known.set(path, tag);
    return response;
  },
};
