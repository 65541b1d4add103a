import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
5VntZjQxq61O  29082 bytes right  Smileys & Emotion
_BVWTAU4Eykl  79933 bytes right  People & Body
yYDFmYmPVeCD  24253 bytes right  Animals & Nature
OCEF3XCT5Ffn  19820 bytes right  Food & Drink
_pLInqSOJlPp  34895 bytes right  Travel & Places
Mm48CGE3LtJd  12959 bytes right  Activities
CLhslF7_F68J  39611 bytes right  Objects
VL_HiJ86BZHK  35127 bytes right  Symbols
18WFixryyeXP  42801 bytes right  Flags
arrays taken: 9, given back: 9, rejected: 0
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(
		execFileSync(process.execPath, [program], { encoding: "utf8", timeout: 120_000 }),
		expected.trimStart(),
	);
});
