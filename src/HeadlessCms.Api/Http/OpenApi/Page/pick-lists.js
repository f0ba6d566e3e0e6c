// Pick-lists: where a person, place, topic or article is asked for, names are offered while one types.

import { keyOf, lastUsed } from './requests.js';

// Names that are not those of a kind of concept.
const others = {
  article: 'article',
  isTranslationOf: 'article',
  author: 'person',
  authors: 'person',
  within: 'place',
  datelinePlace: 'place',
  broader: 'topic',
  organisers: 'organisation',
};
const format = 'slug';
const maxItems = 8;

/** The kinds of concepts by their plural, which the paths have: people → person. */
const kindsOf = (document) =>
  Object.fromEntries(
    Object.keys(document.paths ?? {})
      .map((path) => path.match(/^\/editorial\/v1\/([^/]+)\/\{([^}]+)\}\/merge$/))
      .filter(Boolean)
      .map(([, plural, singular]) => [plural, singular]),
  );

const mark = (schema, kind) => {
  const text = [schema?.type].flat().includes('array') ? schema.items : schema;
  if (kind && text && !text.enum && !text.$ref) Object.assign(text, { format, 'x-kind': kind });
};

const referenced = (document, schema) =>
  schema?.$ref ? schema.$ref.slice(2).split('/').reduce((node, name) => node?.[name], document) : schema;

// All kinds share the form of a merge; the name that it asks for is of the operation's kind.
const ofMerge = (form, kind) => ({ ...form, properties: { ...form.properties, into: { ...form.properties.into, format, 'x-kind': kind } } });

// What was used last is not offered for deletion.
const isDeletion = (method, path) => method === 'delete' || path.endsWith('/purge');

/** Marks what a name is expected for, in parameters and in forms. */
export const withKinds = (document) => {
  const kinds = kindsOf(document);
  const singular = new Set(Object.values(kinds));
  const kindOf = (name, collection) =>
    name === 'partOf' ? kinds[collection] : (others[name] ?? (singular.has(name) ? name : kinds[name.replace(/^(feeds|named)/, '').toLowerCase()]));
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    if (!path.startsWith('/editorial/')) continue;
    const collection = path.split('/')[3];
    for (const [method, operation] of Object.entries(operations)) {
      for (const parameter of (operation.parameters ?? []).filter((one) => one.in !== 'header')) {
        mark(parameter.schema, kindOf(parameter.name, collection));
        if (parameter.in === 'path' && parameter.schema['x-kind'] && !isDeletion(method, path)) parameter.schema['x-collection'] = collection;
      }
      const form = referenced(document, operation.requestBody?.content?.['multipart/form-data']?.schema);
      for (const [name, schema] of Object.entries(form?.properties ?? {}))
        if (name === 'into') operation.requestBody.content['multipart/form-data'].schema = ofMerge(form, kinds[collection]);
        else mark(schema, kindOf(name, collection));
    }
  }
  return document;
};

const request = async (system, path) => {
  const answer = await fetch(path, { headers: keyOf(system) });
  return answer.ok ? (await answer.json()).items : [];
};

const offers = async (system, kind, words) => {
  const query = new URLSearchParams({ q: words, limit: maxItems });
  if (kind === 'article')
    return (await request(system, `/editorial/v1/articles?${query}`)).map(({ slug, headline, status }) => ({ slug, name: headline, context: status }));
  query.set('kind', kind);
  return request(system, `/editorial/v1/suggest?${query}`);
};

/** The WAI-ARIA combobox with a list: arrows move, Enter takes, Escape closes. */
const combobox = (_, system) => (props) => {
  const { createElement, useEffect, useId, useRef, useState } = system.React;
  const [text, setText] = useState(props.value ?? '');
  const [items, setItems] = useState([]);
  const [active, setActive] = useState(-1);
  const [failed, setFailed] = useState(false);
  const turn = useRef(0);
  const id = useId();
  const kind = props.schema?.get?.('x-kind');

  useEffect(() => setText(props.value ?? ''), [props.value]);
  useEffect(() => {
    const last = lastUsed(props.schema?.get?.('x-collection'));
    if (last && !props.value) props.onChange(last, props.keyName);
  }, []);
  const close = () => {
    turn.current++;
    setItems([]);
    setActive(-1);
  };
  const tell = (value) => {
    if (value !== (props.value ?? '')) props.onChange(value, props.keyName);
  };
  const take = (item) => {
    close();
    setText(item.slug);
    tell(item.slug);
  };
  const typed = async (value) => {
    setText(value);
    const mine = ++turn.current;
    await new Promise((rested) => setTimeout(rested, 120));
    if (mine !== turn.current) return;
    if (value.trim() === '') return close();
    try {
      const found = await offers(system, kind, value);
      if (mine !== turn.current) return;
      setFailed(false);
      setItems(found);
      setActive(found.length > 0 ? 0 : -1);
    } catch {
      setFailed(true);
    }
  };
  const pressed = (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (items.length === 0) return;
    if (moves[event.key]) setActive((active + moves[event.key] + items.length) % items.length);
    else if (event.key === 'Enter' && active >= 0) take(items[active]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  const option = (item, place) =>
    createElement(
      'li',
      {
        key: item.slug,
        id: `${id}-${place}`,
        role: 'option',
        'aria-selected': place === active,
        onMouseDown: (event) => {
          event.preventDefault();
          take(item);
        },
      },
      createElement('strong', null, item.name),
      item.context && createElement('span', null, ` ${item.context}`),
    );
  return createElement(
    'div',
    { className: 'pick' },
    createElement('input', {
      type: 'text',
      role: 'combobox',
      autoComplete: 'off',
      value: text,
      disabled: props.disabled,
      placeholder: failed ? 'The names cannot be read; write a slug' : `Type the ${kind === 'article' ? 'headline' : 'name'}`,
      'aria-label': props.description ?? kind,
      'aria-expanded': items.length > 0,
      'aria-controls': `${id}-list`,
      'aria-activedescendant': active >= 0 ? `${id}-${active}` : undefined,
      onChange: (event) => typed(event.target.value),
      onKeyDown: pressed,
      onBlur: () => {
        close();
        tell(text);
      },
    }),
    createElement('ul', { id: `${id}-list`, role: 'listbox', hidden: items.length === 0 }, items.map(option)),
  );
};

export const pickLists = {
  // JsonSchema_string_slug: Swagger UI looks a component up by type and format.
  components: { JsonSchema_string_slug: (props) => null },
  wrapComponents: { JsonSchema_string_slug: combobox },
};
