import fc from 'fast-check';

/*
 * JSON as a tree that can represent what JavaScript values cannot: duplicate keys, an own key `__proto__`, and texts such as
 * `1e309` and `-0`.
 */

export type JsonNode =
	| { readonly entries: readonly (readonly [key: string, value: JsonNode])[] }
	| { readonly items: readonly JsonNode[] }
	/** Text that is written unchanged, whether or not it is JSON. */
	| { readonly text: string };

/** Converts a value to a tree; entries that are undefined are left out. */
export function toNode(value: unknown): JsonNode {
	if (Array.isArray(value)) return { items: value.map(toNode) };
	if (typeof value !== 'object' || value === null) return { text: JSON.stringify(value) };
	const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
	return { entries: entries.map(([key, entry]) => [key, toNode(entry)]) };
}

export function toText(node: JsonNode): string {
	if ('text' in node) return node.text;
	if ('items' in node) return `[${node.items.map(toText).join(',')}]`;
	return `{${node.entries.map(([key, value]) => `${JSON.stringify(key)}:${toText(value)}`).join(',')}}`;
}

/** A change of one place of a tree. `at` selects the place among all of the tree. */
type Mutation =
	| { readonly kind: 'replace'; readonly at: number; readonly node: JsonNode }
	| { readonly kind: 'remove'; readonly at: number }
	| { readonly kind: 'duplicate'; readonly at: number; readonly node: JsonNode }
	| { readonly kind: 'add'; readonly at: number; readonly key: string; readonly node: JsonNode };

/** A change of the text: characters from `at` on, a fraction of the length, are removed, and others are inserted. */
interface TextMutation {
	readonly at: number;
	readonly removed: number;
	readonly inserted: string;
}

/** Names that exist on every object, and names that collide with array indices or settings. */
const HOSTILE_KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', '0', '', 'type'];

const HOSTILE_TEXTS = [
	...['1e309', '-1e309', '-0', '0.1', '1e-7', '9007199254740993', '4294967296', '-1', '0', '5e-324', '2147483648'],
	...['null', 'true', 'false', '""', '"0"', '"true"', '[]', '{}', '[[]]', '{"length":1e9}'],
	...['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}', '{"toString":1}'],
	...[
		'"__proto__"',
		'"constructor"',
		'"\\u0000"',
		'"\\ud800"',
		'"\\u202e"',
		'"\ufeff"',
		'"\u2028"',
		'"😀"',
		'"..\\/..\\/x"',
	],
	...['undefined', 'NaN', 'Infinity', '01', '+1', "'x'", '"\n"', '"\\x"'],
	...[
		`"${'a'.repeat(128)}"`,
		`"${'a'.repeat(129)}"`,
		`"${'é'.repeat(129)}"`,
		`"${'x'.repeat(30_000)}"`,
		`"${'9'.repeat(400)}"`,
	],
	...['['.repeat(10_000) + ']'.repeat(10_000), `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, '['.repeat(20_000)],
];

const hostileNode: fc.Arbitrary<JsonNode> = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...HOSTILE_TEXTS).map((text) => ({ text })) },
	{ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map(toNode) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map(toNode) },
	{ weight: 1, arbitrary: fc.double().map((number) => ({ text: String(number) })) },
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('replace'), at: fc.nat(), node: hostileNode }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('remove'), at: fc.nat() }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('duplicate'), at: fc.nat(), node: hostileNode }) },
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('add'),
			at: fc.nat(),
			key: fc.oneof(fc.constantFrom(...HOSTILE_KEYS), fc.string({ maxLength: 10 })),
			node: hostileNode,
		}),
	},
);

const textMutation: fc.Arbitrary<TextMutation> = fc.record({
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	removed: fc.oneof(fc.nat({ max: 3 }), fc.constant(100_000)),
	inserted: fc.oneof(
		fc.constantFrom('', '\ufeff', '\0', '}', '{', '"', ',', '\\', '\ud800', '[['),
		fc.string({ maxLength: 5 }),
	),
});

/**
 * Changes trees that are valid.
 *
 * @returns texts: unchanged, with one or more changed places, or with text that is not JSON any more
 */
export function mutatedJson(valid: fc.Arbitrary<JsonNode>): fc.Arbitrary<string> {
	const mutated = fc
		.tuple(valid, fc.array(mutation, { minLength: 1, maxLength: 3 }))
		.map(([node, mutations]) => toText(mutations.reduce(mutate, node)));
	return fc.oneof(
		{ weight: 4, arbitrary: valid.map(toText) },
		{ weight: 5, arbitrary: mutated },
		{ weight: 1, arbitrary: fc.tuple(mutated, textMutation).map(([text, change]) => mutateText(text, change)) },
	);
}

function mutateText(text: string, { at, removed, inserted }: TextMutation): string {
	const start = Math.floor(at * text.length);
	return text.slice(0, start) + inserted + text.slice(start + removed);
}

function mutate(root: JsonNode, change: Mutation): JsonNode {
	let place = change.at % countNodes(root);
	const visit = (node: JsonNode): readonly JsonNode[] => {
		if (place-- === 0) return changed(node, change);
		if ('text' in node) return [node];
		if ('items' in node) return [{ items: node.items.flatMap(visit) }];
		// A duplicate is a second entry with the same key, of which JSON.parse keeps the last.
		return [{ entries: node.entries.flatMap(([key, value]) => visit(value).map((it) => [key, it] as const)) }];
	};
	return visit(root)[0] ?? { text: '' };
}

/** Returns what takes the place of a node: nothing, one node, or two. */
function changed(node: JsonNode, change: Mutation): readonly JsonNode[] {
	switch (change.kind) {
		case 'replace':
			return [change.node];
		case 'remove':
			return [];
		case 'duplicate':
			return [node, change.node];
		case 'add':
			return ['entries' in node ? { entries: [...node.entries, [change.key, change.node]] } : change.node];
	}
}

function countNodes(node: JsonNode): number {
	if ('text' in node) return 1;
	const children = 'items' in node ? node.items : node.entries.map(([, value]) => value);
	return children.reduce((sum, child) => sum + countNodes(child), 1);
}
