// What makes the page quick: a response is drawn when it is asked for, and a text box keeps what is typed until it is left or rests.

const folded = (Responses, system) => (props) => {
  const { createElement, useState } = system.React;
  const [opened, setOpened] = useState(false);
  const live = () => createElement(props.getComponent('liveResponse'), { ...props, response: props.tryItOutResponse });
  return createElement(
    'div',
    null,
    opened && createElement(Responses, props),
    !opened && props.tryItOutResponse && createElement('div', { className: 'responses-inner' }, live()),
    createElement(
      'button',
      { type: 'button', className: 'fold', 'aria-expanded': opened, onClick: () => setOpened(!opened) },
      opened ? 'Hide what it may answer' : 'What it may answer',
    ),
  );
};

/** A text box that tells what was typed when it is left, or when nothing was typed for a third of a second. */
export const restingText = (system) => (props) => {
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
    id: props.id,
    className: props.className,
    rows: props.lines > 1 ? props.lines : undefined,
    maxLength: props.maxLength,
    placeholder: props.placeholder,
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
  const Text = restingText(system);
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
const inlined = (document, part, within) => {
  if (Array.isArray(part)) return part.map((item) => inlined(document, item, within));
  if (!isObject(part)) return part;
  const { $ref, ...others } = part;
  if (typeof $ref !== 'string') return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, inlined(document, value, within)]));
  if (within.includes($ref)) return part;
  const target = $ref.slice(2).split('/').reduce((node, name) => node?.[name], document);
  return isObject(target) ? { ...inlined(document, target, [...within, $ref]), ...others } : part;
};

// Swagger UI's own prepares the whole document anew for each operation that is opened. Ours refer to nothing outside.
const resolveSubtree = async (document, path) => ({
  spec: inlined(document, path.reduce((node, name) => node?.[name], document), []),
  errors: [],
});

export const light = {
  afterLoad: ({ fn }) => Object.assign(fn, { resolveSubtree }),
  wrapComponents: { responses: folded, RequestBodyEditor: body },
};
