// Reads a line of JSON for each request to a collector, {signal, body in base64}, and writes the message that OpenTelemetry's generated
// classes decode it to, with its ids in hexadecimal digits.
import { createInterface } from "node:readline";
import root from "@opentelemetry/otlp-transformer/build/src/generated/root.js";

const collector = root.opentelemetry.proto.collector;
const messages = {
  traces: collector.trace.v1.ExportTraceServiceRequest,
  metrics: collector.metrics.v1.ExportMetricsServiceRequest,
  logs: collector.logs.v1.ExportLogsServiceRequest,
};

function hexadecimal(name, value) {
  return this[name] instanceof Uint8Array ? Buffer.from(this[name]).toString("hex") : value;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { signal, body } = JSON.parse(line);
  const message = messages[signal].decode(Buffer.from(body, "base64"));
  console.log(JSON.stringify(messages[signal].toObject(message, { longs: String, enums: String }), hexadecimal));
}
