// Reads one document per line, as JSON, and prints for each either "ok" or the schema violation.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { RelaxNGValidator, XmlDocument } from "libxml2-wasm";

const atom = RelaxNGValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(new URL("atom.rng", import.meta.url))));

for await (const line of createInterface({ input: process.stdin })) {
  let document;
  try {
    document = XmlDocument.fromString(JSON.parse(line));
    atom.validate(document);
    console.log("ok");
  } catch (refused) {
    console.log(String(refused.message).replaceAll("\n", " "));
  } finally {
    document?.dispose();
  }
}
