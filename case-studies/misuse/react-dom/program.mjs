/** A list that is rendered to text, mounted, clicked at and unmounted; one component throws; one keeps an event, as many did. */
import { createRequire } from "node:module";
import { join } from "node:path";

const requireFrom = createRequire(join(process.argv[2] ?? "", "index.js"));
const { JSDOM } = requireFrom("jsdom");
const { window } = new JSDOM("<div id=root></div>");
Object.assign(globalThis, { window, document: window.document });
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
const React = requireFrom("react");
const ReactDOM = requireFrom("./index.js");
const ReactDOMServer = requireFrom("./server.js");

const e = React.createElement;
/** @type {{ type: string }[]} */
const kept = [];
let clicks = 0;

class List extends React.Component {
	constructor(/** @type {object} */ props) {
		super(props);
		this.state = { items: Array.from({ length: 20 }, (_, at) => at) };
	}
	render() {
		const onClick = (/** @type {{ type: string }} */ event) => {
			clicks++;
			if (this.props.keeps) kept.push(event);
			this.setState((/** @type {{ items: number[] }} */ { items }) => ({
				items: [...items.slice(1), clicks],
			}));
		};
		const items = this.state.items.map((/** @type {number} */ at) => e("li", { key: at }, `item ${at}`));
		return e("ul", { onClick, onMouseOver() {} }, items);
	}
}

function Fails() {
	throw new Error("on purpose");
}

for (let at = 0; at < 200; at++) {
	ReactDOMServer.renderToString(e(List));
	ReactDOMServer.renderToStaticMarkup(e(List));
	try {
		ReactDOMServer.renderToString(e("div", null, e(Fails)));
	} catch {
		// That is what is tried: whether what was got before the throw is put.
	}
}
const root = window.document.getElementById("root");
for (let at = 0; at < 50; at++) {
	ReactDOM.render(e(List, { keeps: at === 49 }), root);
	for (const type of ["click", "mouseover", "click"]) {
		root.querySelector("li").dispatchEvent(new window.MouseEvent(type, { bubbles: true }));
	}
	if (at < 49) ReactDOM.unmountComponentAtNode(root);
}
const types = kept.map(({ type }) => String(type));
console.log(`react-dom: ${clicks} clicks; the type of ${types.length} events that were kept: ${types[0]}`);
