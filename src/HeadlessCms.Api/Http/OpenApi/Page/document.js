// The document: it is read once, and Swagger UI gets the outline of it, which is a list of operations. Swagger UI makes a copy of what it
// gets, and merges it again with what was opened whenever anything on the page changes; so it gets the rest of an operation when that is
// opened, and its responses when they are asked for.
import { withKinds } from './pick-lists.js';

let whole = {};

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (path) => path.reduce((node, name) => node?.[name], whole);

/** What the references in a part of the document lead to, in their place; one that leads into itself stays. */
const dereferenced = (part, within = []) => {
  if (Array.isArray(part)) return part.map((item) => dereferenced(item, within));
  if (!isObject(part)) return part;
  const { $ref, ...others } = part;
  if (typeof $ref !== 'string') return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, dereferenced(value, within)]));
  if (within.includes($ref)) return part;
  const target = at($ref.slice(2).split('/'));
  return isObject(target) ? { ...dereferenced(target, [...within, $ref]), ...others } : part;
};

const eachOperation = (document, visit) => {
  for (const path of Object.values(document.paths ?? {}))
    for (const operation of Object.values(path)) if (operation?.responses) visit(operation);
};

// Swagger UI fills examples in, and they would be sent: a filter that nobody asked for, or an entity tag that is not the current one.
const withoutExamples = (document) => {
  eachOperation(document, (operation) => {
    // The page sends a key of its own: a double click saves once.
    operation.parameters = (operation.parameters ?? []).filter(({ name }) => name !== 'Idempotency-Key');
    for (const parameter of operation.parameters) {
      if (parameter.example !== undefined) parameter.description = `${parameter.description ?? ''} Example: \`${parameter.example}\``;
      delete parameter.example;
      if (parameter.name !== 'If-Match') continue;
      parameter.required = false;
      parameter.description = 'The entity tag of the version that you read. Left empty, it is that of what this page read or saved last.';
    }
  });
  return document;
};

const mapped = (object, change) => Object.fromEntries(Object.entries(object ?? {}).map(([name, value]) => [name, change(value)]));

const listed = ['tags', 'summary', 'operationId', 'security', 'deprecated'];

const entry = (operation) => Object.fromEntries(listed.filter((name) => name in operation).map((name) => [name, operation[name]]));

const entries = (items) => mapped(items, (operations) => mapped(operations, entry));

const outline = ({ components, paths, webhooks, ...others }) => ({
  ...others,
  components: { securitySchemes: components?.securitySchemes ?? {} },
  paths: entries(paths),
  ...(webhooks && { webhooks: entries(webhooks) }),
});

/** A part of the document without its references. */
export const partOf = (path) => dereferenced(at(path));

// $$ref: Swagger UI takes what has one as it is, instead of merging its members with those of the outline.
const detail = (path) => {
  const part = at(path);
  if (!part?.responses) return dereferenced(part);
  const { responses, ...operation } = part;
  return { ...dereferenced(operation), responses: mapped(responses, () => ({})), $$ref: path.join('/') };
};

// The fetch that the page preloads has no headers of its own.
const download = (original, { specActions, errActions }) => async (url) => {
  specActions.updateLoadingStatus('loading');
  errActions.clear({ source: 'fetch' });
  const answer = await fetch(url).catch(() => ({}));
  if (!answer.ok) return original(url); // it says what is wrong
  const text = await answer.text();
  specActions.updateLoadingStatus('success');
  specActions.updateSpec(text);
  specActions.updateUrl(url);
};

// The document is JSON, of which Swagger UI's reader of YAML would take a long time.
const parse = (_, { specActions }) => (text) => {
  whole = withKinds(withoutExamples(JSON.parse(text)));
  return specActions.updateJsonSpec(outline(whole));
};

const open = (_, { specActions }) => (path) => specActions.updateResolvedSubtree(path, detail(path));

// The first group is open, so that the page begins with operations.
const isShown = (original) => (_, thing, byDefault) =>
  original(thing, byDefault || (thing[0] === 'operations-tag' && thing.length === 2 && thing[1] === whole.tags?.[0].name));

// The list of operations does not depend on what is opened or filled in.
const steady = (original) => {
  let of;
  let list;
  return (state, ...rest) => {
    if (of !== state.get('json')) [of, list] = [state.get('json'), original(...rest)];
    return list;
  };
};

export const apiDocument = {
  statePlugins: {
    spec: {
      wrapActions: { download, parseToJson: parse, requestResolvedSubtree: open },
      wrapSelectors: { taggedOperations: steady },
    },
    layout: { wrapSelectors: { isShown } },
  },
};
