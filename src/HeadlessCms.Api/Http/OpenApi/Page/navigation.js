// The first view: what to do first and where the day's work is; the filter, which finds operations by any of their words; and the keyboard.

const steps = [
  ['Give your key', 'press Authorize and paste it.'],
  ['See the day', 'what is live, scheduled and in work:', 'Overview', 'readOverview', 'overview'],
  ['Write', 'a field for each member, saved as a draft:', 'Articles', 'createArticle', 'new article'],
];

const idOf = (tag, id) => `operations-${tag.replaceAll(' ', '_')}-${id}`;

// When an operation was opened, the hand is on its first field.
const focusWhenDrawn = (tag, id, scroll) => {
  const look = (turns) => {
    const block = document.getElementById(idOf(tag, id));
    const field = block?.querySelector('.opblock-body :is(tr:not([data-param-in=header]) :is(input, textarea, select):not([type=checkbox]), .execute)');
    if (!field && turns > 0) return setTimeout(look, 30, turns - 1);
    if (scroll) block?.scrollIntoView();
    field?.focus({ preventScroll: !scroll });
  };
  look(100);
};

const open = (system, tag, id) => (event) => {
  event.preventDefault();
  system.layoutActions.show(['operations-tag', tag], true);
  system.layoutActions.show(['operations', tag, id], true);
  focusWhenDrawn(tag, id, true);
};

const withFocus = (show) => (thing, shown) => {
  const [what, tag, id] = thing;
  const result = show(thing, shown);
  if (shown && what === 'operations' && id) focusWhenDrawn(tag, id, false);
  return result;
};

// What is drawn when it is opened.
const folded = (system) => ({ name, title, draw }) => {
  const { createElement, useState } = system.React;
  const [opened, setOpened] = useState(false);
  return createElement(
    'details',
    { className: name, onToggle: (event) => setOpened(event.target.open) },
    createElement('summary', null, title),
    opened && draw(),
  );
};

const withSteps = (Info, system) => {
  const { createElement } = system.React;
  const Fold = folded(system);
  const line = ([title, text, tag, id, label]) =>
    createElement(
      'li',
      { key: title },
      createElement('strong', null, `${title}:`),
      ` ${text} `,
      tag && createElement('a', { href: `#/${tag}/${id}`, onClick: open(system, tag, id) }, label),
    );
  return (props) =>
    system.specSelectors.url().includes('editorial')
      ? createElement(
          'div',
          null,
          createElement('ol', { className: 'first-steps' }, steps.map(line)),
          createElement(Fold, { name: 'about', title: 'About this API', draw: () => createElement(Info, props) }),
        )
      : createElement(Info, props);
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

const namedEvents = (Webhooks, system) => {
  const { createElement } = system.React;
  const Fold = folded(system);
  return (props) => createElement(Fold, { name: 'events', title: 'Events sent to webhooks', draw: () => createElement(Webhooks, props) });
};

// The logo of Swagger UI has an inline style, which the content security policy forbids.
const title = (_, system) => () => system.React.createElement('span', null, document.title);

// "/" goes to the filter; Ctrl+Enter executes the operation in which it is pressed.
document.addEventListener('keydown', (event) => {
  const writing = event.target.matches?.('input, textarea, select');
  if (event.key === '/' && !writing) document.querySelector('.operation-filter-input')?.focus();
  else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.target.blur?.(); // a text box tells what was typed when it is left
    const block = event.target.closest?.('.opblock');
    setTimeout(() => block?.querySelector('.execute')?.click());
  } else return;
  event.preventDefault();
});

export const navigation = {
  fn: { opsFilter: filtered },
  statePlugins: { layout: { wrapActions: { updateFilter: openFound, show: withFocus } } },
  wrapComponents: { InfoContainer: withSteps, Logo: title, Webhooks: namedEvents },
};
