// A PUT replaces all of a resource, so its form begins with what is saved: left as it is, a field keeps its value; emptied, it loses it.
import { partOf } from './document.js';
import { keyOf, requests } from './requests.js';

const form = 'multipart/form-data';

const json = 'application/json';

// A note is about one save.
const ofOneSave = 'note';

// What a member is that an item does not have.
const byDefault = { relation: 'mentions' };

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const isMissing = (value) => value === null || value === undefined;

const capital = (name) => name[0].toUpperCase() + name.slice(1);

// A schema without the alternative that is null.
const plain = (schema) => schema.oneOf?.find(({ type }) => type !== 'null') ?? schema;

// What a response has as a link, a request has as a slug.
const valueOf = (value, schema) => {
  if (Array.isArray(value)) return value.map((item) => itemOf(item, plain(schema.items ?? {})));
  return isObject(value) && 'slug' in value ? value.slug : value;
};

// An item with no more than its reference is a slug; another one is JSON.
const itemOf = (item, { properties, required: [reference] = [] }) => {
  if (!isObject(item) || !properties) return valueOf(item, {});
  const members = Object.entries(properties)
    .map(([name, schema]) => [name, valueOf(name === reference && !(name in item) ? item : item[name], plain(schema))])
    .filter(([name, value]) => !isMissing(value) && value !== byDefault[name]);
  return members.length === 1 ? String(members[0][1]) : JSON.stringify(Object.fromEntries(members));
};

const textOf = (value) => {
  if (isMissing(value)) return '';
  if (isObject(value)) return Object.keys(value).length > 0 ? JSON.stringify(value) : '';
  return Array.isArray(value) ? value : String(value);
};

// The fields of an object have its name before theirs, but one of them may have the name alone.
const fieldsOf = (resource, { properties = {} }, fields, prefix = '') =>
  Object.entries(properties).flatMap(([name, schema]) => {
    const [own, member] = [prefix ? prefix + capital(name) : name, plain(schema)];
    if (member.properties) return fieldsOf(resource?.[name] ?? {}, member, fields, own);
    const field = [own, prefix].find((one) => fields[one]);
    return field && field !== ofOneSave ? [[field, textOf(valueOf(resource?.[name], member))]] : [];
  });

/** The texts of the form of an operation that saves a resource as it is. */
export const formOf = (resource, { requestBody: { content } }) =>
  Object.fromEntries(fieldsOf(resource, content[json].schema, content[form].schema.properties));

// What a form was filled with, by its path: what an editor did not change gives way to what is saved elsewhere.
const filled = new Map();

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const fill = async (system, path, name, value) => {
  const operation = partOf(['paths', path, 'put']);
  if (!operation?.requestBody?.content?.[form]) return;
  const answer = await fetch(path.replace(`{${name}}`, encodeURIComponent(value)), { headers: keyOf(system) });
  if (!answer.ok) return;
  const resource = await answer.json();
  requests.remember({ ok: true, url: answer.url, headers: Object.fromEntries(answer.headers), obj: resource });
  const [texts, before] = [formOf(resource, operation), filled.get(path) ?? {}];
  const written = system.oas3Selectors.requestBodyValue(path, 'put');
  const current = (field) => system.Im.Map.isMap(written) ? written.getIn([field, 'value']) : undefined;
  const untouched = (field) => {
    const text = current(field)?.toJS?.() ?? current(field) ?? '';
    return text.length === 0 || same(text, before[field]);
  };
  filled.set(path, texts);
  const changes = Object.fromEntries(Object.entries(texts).filter(([field]) => untouched(field)));
  system.oas3Actions.setRequestBodyValue({ pathMethod: [path, 'put'], value: system.Im.Map(changes).map((text) => system.Im.fromJS(text)) });
};

const withFill = (change, system) => (pathMethod, parameter, value, ...rest) => {
  const result = change(pathMethod, parameter, value, ...rest);
  const [path, method] = pathMethod;
  if (method === 'put' && value && parameter.get('in') === 'path') fill(system, path, parameter.get('name'), value);
  return result;
};

const withNote = (Body, system) => (props) => {
  const { createElement } = system.React;
  const [, path, method] = props.specPath.toJS();
  const isForm = method === 'put' && props.contentType?.startsWith('multipart/') && props.requestBody.hasIn(['content', json]);
  return createElement(
    'div',
    null,
    isForm &&
      createElement(
        'p',
        { className: 'fill-note', role: 'status' },
        filled.has(path)
          ? 'Filled in with what is saved. A field that you empty loses its value.'
          : 'This replaces everything. The fields are filled in with what is saved when you give the path.',
      ),
    createElement(Body, props),
  );
};

export const saved = {
  statePlugins: { spec: { wrapActions: { changeParamByIdentity: withFill } } },
  wrapComponents: { RequestBody: withNote },
};
