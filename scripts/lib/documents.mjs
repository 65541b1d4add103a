import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { filesBelow } from "./files-below.mjs";

/** A program, whose brackets are no link's. */
const FENCED = /(^```[\s\S]*?^```)/m;
/** A link to another file, and an image: what stands in brackets, the path, and what follows that. */
const LINK = /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)/g;

/**
 * Copies documents of the repository to a package, each to the same path. A link to what is not copied too would lead
 * nowhere: of it the words stay.
 *
 * @param {string} root
 * @param {string} folder the package's
 * @param {readonly string[]} documents files, and folders as a whole
 */
export function packDocuments(root, folder, documents) {
	for (const document of documents) {
		const target = join(folder, document);
		if (statSync(join(root, document)).isDirectory()) {
			rmSync(target, { recursive: true, force: true });
			cpSync(join(root, document), target, { recursive: true });
		} else copyFileSync(join(root, document), target);
	}
	for (const document of documents.flatMap((name) => markdownOf(folder, name))) {
		const path = join(folder, document);
		const text = readFileSync(path, "utf8");
		const isHere = (/** @type {string} */ link) => existsSync(join(folder, dirname(document), link));
		const unlink = (/** @type {string} */ prose) =>
			prose.replace(LINK, (whole, image, words, link) => (image || isHere(link) ? whole : words));
		const parts = text.split(FENCED).map((part) => (part.startsWith("```") ? part : unlink(part)));
		writeFileSync(path, parts.join(""));
	}
}

/**
 * The links in a package's documents that lead to nothing in it.
 *
 * @param {string} folder the package's
 * @returns {string[]} each with its document
 */
export function brokenLinks(folder) {
	return markdownOf(folder, "")
		.filter((document) => !document.includes("node_modules"))
		.flatMap((document) =>
			readFileSync(join(folder, document), "utf8")
				.split(FENCED)
				.filter((part) => !part.startsWith("```"))
				.flatMap((prose) => [...prose.matchAll(LINK)].map((match) => String(match[3])))
				.filter((link) => !existsSync(join(folder, dirname(document), link)))
				.map((link) => `${document}: ${link}`),
		);
}

/**
 * @param {string} folder
 * @param {string} name of a document or folder in it
 * @returns {string[]} the Markdown documents, by their paths in the folder
 */
function markdownOf(folder, name) {
	const path = join(folder, name);
	if (!statSync(path).isDirectory()) return name.endsWith(".md") ? [name] : [];
	return filesBelow(path, ".md").map((file) => normalize(file.slice(folder.length + 1)));
}
