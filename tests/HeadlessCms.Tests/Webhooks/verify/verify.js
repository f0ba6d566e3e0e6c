// Reads a line of JSON for each message, {secret, headers, body}, and says of each whether it verifies: "ok", or why not.
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line);
  try {
    new Webhook(secret).verify(body, headers);
    console.log("ok");
  } catch (refused) {
    console.log(refused.message);
  }
}
