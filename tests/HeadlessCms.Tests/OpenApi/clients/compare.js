// Reads lines {"before": document, "after": document}; writes what in the second breaks clients of the first, as a line of JSON for each.
import { createInterface } from 'node:readline';
import { apiCompare } from 'api-smart-diff';

const list = (types) => [types].flat();
const within = (some, all) => list(some).every((type) => list(all).includes(type));

// The library knows what a request and a response may change, but not that unknown members are refused here, that a client expects the
// declared type of a member, and that it has to expect new values of an enumeration.
const breaks = ({ path, action, type, before, after }) => {
  const [kind, , name, ...deeper] = path;
  if (kind === 'components') return action === 'remove' && name !== undefined && deeper.length === 0; // its type in generated code
  if (kind !== 'paths') return false;
  const [holder, last] = path.slice(-2);
  const isResponse = path[3] === 'responses';
  if (last === 'operationId') return true; // the name of a method in generated code
  if (action === 'remove' && holder === 'properties') return true;
  if (last === 'type' && action === 'replace') return isResponse ? !within(after, before) : !within(before, after);
  if (isResponse && (holder === 'enum' || last === 'enum')) return false;
  return type === 'breaking';
};

for await (const line of createInterface({ input: process.stdin })) {
  const { before, after } = JSON.parse(line);
  const found = apiCompare(before, after).diffs.filter(breaks);
  console.log(JSON.stringify([...new Set(found.map(({ action, path }) => `${action} ${path.join(' ')}`))]));
}
