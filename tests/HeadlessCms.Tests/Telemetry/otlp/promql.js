// Reads a line of JSON for each file, {format: "json" of Grafana or "yaml" of Prometheus, text}, and writes what its expressions are by
// Prometheus's own grammar: {expressions, metrics, errors}.
import { createInterface } from "node:readline";
import { parser } from "@prometheus-io/lezer-promql";
import { parse } from "yaml";

// A dashboard names its variables as $name, which is no PromQL.
const fill = (expression) => expression.replaceAll("$__rate_interval", "5m").replaceAll(/\$\w+/g, "x");

function expressionsOf(node) {
  if (Array.isArray(node)) return node.flatMap(expressionsOf);
  if (node === null || typeof node !== "object") return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === "expr" && typeof value === "string" ? [fill(value)] : expressionsOf(value),
  );
}

for await (const line of createInterface({ input: process.stdin })) {
  const { format, text } = JSON.parse(line);
  const expressions = expressionsOf(format === "yaml" ? parse(text) : JSON.parse(text));
  const metrics = new Set();
  const errors = [];
  for (const expression of expressions) {
    parser.parse(expression).iterate({
      enter(node) {
        if (node.type.isError) errors.push(expression);
        if (node.name === "VectorSelector") metrics.add(/^\w+/.exec(expression.slice(node.from, node.to))?.[0] ?? expression);
      },
    });
  }
  console.log(JSON.stringify({ expressions: expressions.length, metrics: [...metrics], errors }));
}
