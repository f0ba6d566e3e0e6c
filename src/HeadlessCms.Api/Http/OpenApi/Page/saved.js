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

// Of what a form has the content, by its path: the name of a resource.
const filled = new Map();

const ofForm = (path) => [path, 'put'];

const writtenIn = (system, path) => {
  const written = system.oas3Selectors.requestBodyValue(...ofForm(path));
  return system.Im.Map.isMap(written) ? written.map((field) => field.get('value')) : system.Im.Map();
};

const write = (system, path, value) => system.oas3Actions.setRequestBodyValue({ pathMethod: ofForm(path), value });

// What belongs to one resource is not left in the form of another, not even until that was read.
const empty = (system, path) => {
  filled.delete(path);
  write(system, path, writtenIn(system, path).map((text) => (system.Im.List.isList(text) ? system.Im.List() : '')));
};

const fill = async (system, path, parameter, name) => {
  const operation = partOf(['paths', ...ofForm(path)]);
  const type = system.oas3Selectors.requestContentType(...ofForm(path));
  if (!operation?.requestBody?.content?.[form] || (type && type !== form)) return;
  if (filled.has(path)) empty(system, path);
  if (!name) return;
  filled.set(path, name);
  const answer = await fetch(path.replace(`{${parameter}}`, encodeURIComponent(name)), { headers: keyOf(system) });
  if (filled.get(path) !== name) return;
  if (!answer.ok) return filled.delete(path);
  const resource = await answer.json();
  requests.remember({ ok: true, url: answer.url, headers: Object.fromEntries(answer.headers), obj: resource });
  const written = writtenIn(system, path);
  const isEmpty = (field) => (written.get(field)?.size ?? written.get(field)?.length ?? 0) === 0;
  const texts = Object.entries(formOf(resource, operation)).filter(([field]) => isEmpty(field));
  write(system, path, system.Im.Map(texts).map((text) => system.Im.fromJS(text)));
};

const withFill = (change, system) => (pathMethod, parameter, value, ...rest) => {
  const result = change(pathMethod, parameter, value, ...rest);
  const [path, method] = pathMethod;
  const isOther = filled.get(path) !== (value ?? undefined);
  if (method === 'put' && parameter.get('in') === 'path' && isOther) fill(system, path, parameter.get('name'), value);
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
