// The first view: where the day's work is and what to do first; and the filter, which finds operations by any of their words.

const steps = [
  ['Give your key', 'Press Authorize and paste it.'],
  ['See the day', 'What is live, scheduled and in work:', 'Overview', 'readOverview', 'overview'],
  ['Write', 'A field for each member, saved as a draft:', 'Articles', 'createArticle', 'new article'],
];

const open = (system, tag, id) => (event) => {
  event?.preventDefault();
  system.layoutActions.show(['operations-tag', tag], true);
  system.layoutActions.show(['operations', tag, id], true);
  const find = (turns) => {
    const block = document.getElementById(`operations-${tag}-${id}`);
    const field = block?.querySelector('input, textarea, select, .execute');
    if (!field && turns > 0) return setTimeout(find, 50, turns - 1);
    block?.scrollIntoView();
    field?.focus({ preventScroll: true });
  };
  find(100);
};

const withSteps = (Info, system) => (props) => {
  const { createElement } = system.React;
  const ofEditors = system.specSelectors.url().includes('editorial');
  const line = ([title, text, tag, id, label]) =>
    createElement(
      'li',
      { key: title },
      createElement('strong', null, title),
      ` ${text} `,
      tag && createElement('a', { href: `#/${tag}/${id}`, onClick: open(system, tag, id) }, label),
    );
  return createElement('div', null, ofEditors && createElement('ol', { className: 'first-steps' }, steps.map(line)), createElement(Info, props));
};

const wordsOf = (text) => text.toLowerCase().split(/[\s/{}]+/).filter(Boolean);

const filtered = (tags, phrase) => {
  const words = wordsOf(phrase);
  const fits = (tag) => (operation) => {
    const text = [tag, operation.get('method'), operation.get('path'), operation.getIn(['operation', 'summary'])].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return tags
    .map((group, tag) => group.update('operations', (operations) => operations.filter(fits(tag))))
    .filter((group) => group.get('operations').size > 0);
};

// What the filter finds is shown without opening its group first.
const openFound = (action, system) => (phrase) => {
  action(phrase);
  const tags = system.specSelectors.taggedOperations();
  const found = filtered(tags, phrase);
  for (const tag of tags.keys()) system.layoutActions.show(['operations-tag', tag], phrase !== '' && found.has(tag));
};

const namedEvents = (Webhooks, system) => (props) => {
  const { createElement, useState } = system.React;
  const [opened, setOpened] = useState(false);
  return createElement(
    'details',
    { className: 'events', onToggle: (event) => setOpened(event.target.open) },
    createElement('summary', null, 'Events sent to webhooks'),
    opened && createElement(Webhooks, props),
  );
};

// The logo of Swagger UI has an inline style, which the content security policy forbids.
const title = (_, system) => () => system.React.createElement('span', null, document.title);

export const overview = {
  fn: { opsFilter: filtered },
  statePlugins: { layout: { wrapActions: { updateFilter: openFound } } },
  wrapComponents: { info: withSteps, Logo: title, Webhooks: namedEvents },
};
