import { parseSync, Visitor } from "oxc-parser";

/**
 * One small fault: what to put in the place of a span of a compiled module.
 *
 * @typedef {{ start: number, end: number, replacement: string, kind: string }} Edit
 */

/** What each operator is confused with. @type {Readonly<Record<string, string>>} */
const OTHER = {
	"<": "<=",
	"<=": "<",
	">": ">=",
	">=": ">",
	"===": "!==",
	"!==": "===",
	"+": "-",
	"-": "+",
	"*": "/",
	"/": "*",
	"&": "|",
	"|": "&",
	"<<": ">>",
	">>": "<<",
	">>>": "<<",
	"&&": "||",
	"||": "&&",
	"??": "&&",
	"+=": "-=",
	"-=": "+=",
	"++": "--",
	"--": "++",
};

/**
 * All faults of this harness that a compiled module can have. What only makes the text of an error is left as it is: no
 * test pins every word of every message.
 *
 * @param {string} file its extension tells the language
 * @param {string} text
 * @returns {Edit[]}
 */
export function mutantsOf(file, text) {
	const { program, errors } = parseSync(file, text);
	if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
	/** @type {Edit[]} */
	const edits = [];
	/** Spans in which nothing is changed. @type {{ start: number, end: number }[]} */
	const texts = [];

	/**
	 * @param {string} kind
	 * @param {{ start: number, end: number }} span
	 * @param {string} replacement
	 */
	const add = (kind, { start, end }, replacement) => void edits.push({ kind, start, end, replacement });

	/** @param {{ operator: string, left: { end: number }, right: { start: number } }} node */
	const confuse = ({ operator, left, right }) => {
		const other = OTHER[operator];
		const at = text.indexOf(operator, left.end);
		if (other === undefined || at < 0 || at >= right.start) return;
		add(`${operator} is ${other}`, { start: at, end: at + operator.length }, other);
	};

	/** @param {{ start: number, end: number }} test */
	const decide = (test) => {
		add("the condition always holds", test, "true");
		add("the condition never holds", test, "false");
	};

	new Visitor({
		BinaryExpression: confuse,
		LogicalExpression: confuse,
		AssignmentExpression: confuse,
		IfStatement: ({ test }) => decide(test),
		ConditionalExpression: ({ test }) => decide(test),
		WhileStatement: ({ test }) => add("the loop never runs", test, "false"),
		ForStatement: ({ test }) => test && add("the loop never runs", test, "false"),
		UnaryExpression: ({ operator, start, argument }) => {
			if (operator === "!" || operator === "-") {
				add(`${operator} is left out`, { start, end: argument.start }, "");
			}
		},
		UpdateExpression: ({ operator, prefix, start, end, argument }) => {
			const span = prefix ? { start, end: argument.start } : { start: argument.end, end };
			add(`${operator} is ${OTHER[operator]}`, span, String(OTHER[operator]));
		},
		Literal: (node) => {
			if (typeof node.value === "boolean") add("the other truth value", node, String(!node.value));
			if (typeof node.value === "number") add("one more", node, `(${node.raw} + 1)`);
		},
		ExpressionStatement: ({ expression, start, end }) => {
			const { type } = expression;
			if (type === "CallExpression" || type === "AwaitExpression")
				add("the call is left out", { start, end }, ";");
			if (type === "AssignmentExpression" && expression.operator === "=") {
				add("the assignment is left out", { start, end }, ";");
			}
		},
		ReturnStatement: ({ argument }) => {
			if (argument === null || (argument.type === "Identifier" && argument.name === "undefined")) return;
			add("nothing is returned", argument, "undefined");
		},
		NewExpression: ({ callee, start, end }) => {
			if (callee.type === "Identifier" && callee.name.endsWith("Error")) texts.push({ start, end });
		},
		TemplateLiteral: ({ start, end }) => void texts.push({ start, end }),
		PropertyDefinition: ({ value, key }) => {
			// A private field's first value that is undefined anyhow.
			if (value === null) texts.push(key);
		},
	}).visit(program);
	return edits.filter(({ start, end }) => !texts.some((span) => span.start < start && end <= span.end));
}

/**
 * @param {string} text
 * @param {Edit} edit
 */
export function applied(text, { start, end, replacement }) {
	return text.slice(0, start) + replacement + text.slice(end);
}
