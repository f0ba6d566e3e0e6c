// What makes the page quick: a response is drawn when it is asked for, and a text box reports what is typed with a delay.

const collapsible = (Responses, system) => (props) => {
  const { createElement, useState } = system.React;
  const [opened, setOpened] = useState(false);
  const Live = props.getComponent('liveResponse');
  return createElement(
    'div',
    null,
    opened && createElement(Responses, props),
    !opened && props.tryItOutResponse && createElement('div', { className: 'responses-inner' }, createElement(Live, { ...props, response: props.tryItOutResponse })),
    createElement(
      'button',
      { type: 'button', className: 'fold', 'aria-expanded': opened, onClick: () => setOpened(!opened) },
      opened ? 'Hide responses' : 'Possible responses',
    ),
  );
};

/** A text box that reports what was typed when it loses the focus, or when nothing was typed for a third of a second. */
export const debouncedText = (system) => (props) => {
  const { createElement, useEffect, useRef } = system.React;
  const box = useRef(null);
  const told = useRef(props.value);
  const timer = useRef(0);
  const tell = () => {
    clearTimeout(timer.current);
    if (box.current.value === told.current) return;
    told.current = box.current.value;
    props.onChange(told.current);
  };
  useEffect(() => {
    if (props.value === told.current) return;
    told.current = props.value;
    box.current.value = props.value ?? '';
  }, [props.value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return createElement(props.lines > 1 ? 'textarea' : 'input', {
    ref: box,
    className: props.className,
    rows: props.lines > 1 ? props.lines : undefined,
    disabled: props.disabled,
    'aria-label': props.label,
    defaultValue: props.value ?? '',
    onBlur: tell,
    onInput: () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(tell, 300);
    },
  });
};

const body = (_, system) => {
  const Text = debouncedText(system);
  return (props) => {
    const { createElement, useEffect } = system.React;
    useEffect(() => {
      if (props.value === undefined || props.value === null) props.onChange(props.defaultValue);
    }, [props.defaultValue]);
    return createElement(Text, {
      className: 'body-param__text',
      label: 'Request body',
      lines: 16,
      value: props.value ?? props.defaultValue,
      onChange: props.onChange,
    });
  };
};

const isObject = (value) => typeof value === 'object' && value !== null;

/** What the references in a part of a document lead to, in their place; one that leads into itself stays. */
const dereferenced = (document, part, within) => {
  if (Array.isArray(part)) return part.map((item) => dereferenced(document, item, within));
  if (!isObject(part)) return part;
  const { $ref, ...others } = part;
  if (typeof $ref !== 'string') return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, dereferenced(document, value, within)]));
  if (within.includes($ref)) return part;
  const target = $ref.slice(2).split('/').reduce((node, name) => node?.[name], document);
  return isObject(target) ? { ...dereferenced(document, target, [...within, $ref]), ...others } : part;
};

// Swagger UI's own prepares the whole document anew for each operation that is opened. Ours refer to nothing outside.
const resolveSubtree = async (document, path) => ({
  spec: dereferenced(document, path.reduce((node, name) => node?.[name], document), []),
  errors: [],
});

export const rendering = {
  afterLoad: ({ fn }) => Object.assign(fn, { resolveSubtree }),
  wrapComponents: { responses: collapsible, RequestBodyEditor: body },
};
