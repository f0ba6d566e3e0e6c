// What makes the page quick: a response is drawn when it is asked for, a text box reports what is typed with a delay, a text is drawn once,
// and a form tells the store nothing before the editor has written something.
import { partOf } from './document.js';

// The members of an object keep their order.
const ordered = ({ Im }, value) => Im.fromJS(value, (_, part) => (Im.isKeyed(part) ? part.toOrderedMap() : part.toList()));

const collapsible = (Responses, system) => (props) => {
  const { createElement, useMemo, useState } = system.React;
  const [opened, setOpened] = useState(false);
  const Live = props.getComponent('liveResponse');
  const responses = useMemo(() => opened && ordered(system, partOf(props.specPath.toJS())), [opened]);
  return createElement(
    'div',
    null,
    opened && createElement(Responses, { ...props, responses }),
    !opened &&
      props.tryItOutResponse &&
      createElement('div', { className: 'responses-inner' }, createElement(Live, { ...props, response: props.tryItOutResponse })),
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
    ...(props.lines > 1 ? { rows: props.lines } : { type: 'text' }),
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

// Swagger UI draws these again whenever anything on the page changes: the forms and responses of all that was opened, for each field that
// is written. They are drawn again when what they show changes.
const steady = (system, Component, isSame) => system.React.memo((props) => system.React.createElement(Component, props), isSame);

const sameIn = (names) => (before, after) => names.every((name) => before[name] === after[name]);

const code = (Highlighter, system) => steady(system, Highlighter, sameIn(['children', 'language', 'className']));

const ofBody = [
  'requestBody',
  'requestBodyValue',
  'requestBodyErrors',
  'requestBodyInclusionSetting',
  'contentType',
  'activeExamplesKey',
  'isExecute',
];

const requestBody = (Body, system) => steady(system, Body, sameIn(ofBody));

// What an operation was given, in the store.
const given = ['spec.meta.paths', 'oas3.requestData', 'oas3.examples', 'layout.shown'].map((path) => path.split('.'));

const sameOperation = sameIn(['operation', 'parameters', 'tryItOutEnabled', 'allowTryItOut']);

const parameters = (Parameters, system) =>
  steady(system, Parameters, (before, after) => {
    const same = (path) => before.state.getIn([...path, ...before.pathMethod]) === after.state.getIn([...path, ...after.pathMethod]);
    return sameOperation(before, after) && given.every(same);
  });

// It makes a parser for each text, too.
const isPlain = (text) => !/[*_<>[\]#|\\&~]|\n|:\/\/|^\s*[-+\d]/.test(text.replace(/`[^`]*`/g, ''));

const markdown = (Markdown, system) => {
  const { createElement } = system.React;
  const piece = (part, place) => (place % 2 === 1 ? createElement('code', { key: place }, part) : part);
  const text = ({ source, className = '' }) =>
    typeof source === 'string' && isPlain(source)
      ? createElement('div', { className: `${className} markdown` }, createElement('p', null, source.split('`').map(piece)))
      : createElement(Markdown, { source, className });
  const Drawn = steady(system, text, sameIn(['source', 'className']));
  return ({ source, className }) => (source ? createElement(Drawn, { source, className }) : null);
};

// Each field of a form would tell the store that it is empty, and all of the page would be drawn again for each.
const quiet = (Field, system) => (props) =>
  system.React.createElement(Field, {
    ...props,
    dispatchInitialValue: props.dispatchInitialValue && props.value?.length > 0 ? true : undefined,
  });

export const rendering = {
  wrapComponents: {
    responses: collapsible,
    parameters,
    RequestBody: requestBody,
    RequestBodyEditor: body,
    JsonSchemaForm: quiet,
    Markdown: markdown,
    SyntaxHighlighter: code,
  },
};
