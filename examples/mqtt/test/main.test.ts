import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const sent = `
→ connect {"clientId":"vessel-7","clean":true,"keepalive":60}
→ subscribe {"messageId":1,"subscriptions":[{"topic":"fleet/#","qos":1}]}
→ publish {"topic":"fleet/7/name","payload":"Pequod","qos":1,"retain":true,"dup":false,"messageId":2}
→ publish {"topic":"fleet/7/position","payload":"-70.1,41.3","qos":0,"retain":false,"dup":false}
→ pingreq {}
`;

const received = `
← connack {"sessionPresent":false,"returnCode":0}
← suback {"messageId":1,"granted":[1]}
← puback {"messageId":2}
← publish {"topic":"fleet/7/name","payload":"Pequod","qos":0,"retain":false,"dup":false}
← publish {"topic":"fleet/7/position","payload":"-70.1,41.3","qos":0,"retain":false,"dup":false}
← pingresp {}
`;

test("client and broker understand each other, and every buffer goes back", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	const output = execFileSync(process.execPath, [program], { encoding: "utf8", timeout: 120_000 });
	const [conversation, counts] = output.split("buffers taken and given back: ");
	assert.strictEqual(conversation, sent.trimStart() + received.trimStart());
	const [taken, back] = (counts ?? "").split(" ").map(Number);
	assert.strictEqual(back, taken);
});
