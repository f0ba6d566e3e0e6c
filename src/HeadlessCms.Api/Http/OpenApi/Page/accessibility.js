// For whoever uses a screen reader or the keyboard alone: drop-downs have the name of their row, what scrolls can be reached, and no button
// has a link in it.

const nameOf = (element) => {
  const row = element.closest('tr');
  return row?.dataset.propertyName ?? row?.dataset.paramName ?? 'Choice';
};

const named = (_, system) => (props) => {
  const { createElement, useEffect, useRef } = system.React;
  const box = useRef(null);
  useEffect(() => box.current.setAttribute('aria-label', nameOf(box.current)), []);
  const value = props.value?.toJS ? props.value.toJS() : props.value;
  const option = (text) => createElement('option', { key: text, value: text }, text === '' ? '--' : String(text));
  return createElement(
    'select',
    {
      ref: box,
      className: props.className,
      multiple: props.multiple,
      disabled: props.disabled,
      value: props.multiple ? [value ?? []].flat().map(String) : String(value ?? ''),
      onChange: ({ target }) =>
        props.onChange(props.multiple ? [...target.selectedOptions].map((chosen) => chosen.value) : target.value),
    },
    [...(props.multiple ? [] : ['']), ...(props.allowedValues ?? [])].map(option),
  );
};

// The items of a list have the name of its row, and its buttons say what they do.
const namedItems = (List, system) => (props) => {
  const { createElement, useEffect, useRef } = system.React;
  const box = useRef(null);
  useEffect(() => {
    for (const item of box.current.querySelectorAll('input:not([aria-label])')) item.setAttribute('aria-label', nameOf(box.current));
  });
  return createElement('div', { ref: box }, createElement(List, props));
};

const namedButton = (Button, system) => (props) => {
  const { createElement } = system.React;
  const { className = '' } = props;
  if (className.includes('item-add')) return createElement(Button, props, 'Add');
  return className.includes('item-remove') ? createElement(Button, props, 'Remove') : createElement(Button, props);
};

// The name of an operation is no link within the button that opens it.
const plain = (DeepLink, system) => (props) =>
  props.path?.includes('/') ? system.React.createElement('span', null, props.text) : system.React.createElement(DeepLink, props);

const reachable = (Highlighter, system) => (props) => {
  const { createElement, useEffect } = system.React;
  useEffect(() => {
    for (const code of document.querySelectorAll('pre.microlight:not([tabindex])')) code.tabIndex = 0;
  });
  return createElement(Highlighter, props);
};

export const accessibility = {
  wrapComponents: { Select: named, JsonSchema_array: namedItems, Button: namedButton, DeepLink: plain, SyntaxHighlighter: reachable },
};
