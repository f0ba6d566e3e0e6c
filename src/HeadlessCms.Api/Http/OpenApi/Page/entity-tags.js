// Entity tags: what the page read or saved last is sent as If-Match when the field is left empty.
const known = new Map();

const pathOf = (url) => new URL(url, location.href).pathname;

// A tag is quoted: "r1". Editors copy what is between the quotes.
const quoted = (tag) => (/^(W\/)?"|^\*$/.test(tag) ? tag : `"${tag}"`);

const collectionOf = (path) => path.match(/^\/editorial\/v1\/[^/]+\//)?.[0];

const headerOf = (headers, name) => Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];

/** The paths by which the resource of a response is known: as requested, its location, its id and its slug. */
const pathsOf = (response) => {
  const path = pathOf(response.url);
  const paths = [headerOf(response.headers, 'location') ?? path];
  const collection = collectionOf(path);
  if (collection) for (const name of [response.obj?.id, response.obj?.slug]) if (name) paths.push(collection + name);
  return paths;
};

export const entityTags = {
  send(request) {
    if (request.loadSpec || request.method === 'GET') return request;
    const headers = (request.headers ??= {});
    const name = Object.keys(headers).find((key) => key.toLowerCase() === 'if-match') ?? 'If-Match';
    const tag = headers[name]?.trim() || known.get(pathOf(request.url));
    if (tag && request.method !== 'POST') headers[name] = quoted(tag);
    return request;
  },

  remember(response) {
    const tag = headerOf(response.headers, 'etag');
    if (tag && response.ok && collectionOf(pathOf(response.url))) for (const path of pathsOf(response)) known.set(path, tag);
    return response;
  },
};
