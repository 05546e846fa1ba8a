/** Longest text, characters. Longer ones are truncated, because an operator does not read more. */
const MAX_TEXT = 8_000;
const MAX_DEPTH = 6;
/** Maximum number of values in one entry, including nested ones; limits the time of one call. */
const MAX_VALUES = 500;
/** Longest list of integers that is shown; a longer one contains pixels or bytes. */
const MAX_NUMBERS = 32;

/** Fields whose value is always redacted, such as `apiKey`, `adminToken`, `templates` and `rawImage`, but not `imageWidth` or `keyId`. */
const SECRET_FIELD = /(?:api[-_]?key|token|template|image|png|pixel|secret|password|authorization)s?$/i;

/** Patterns of secrets within a text. Each pattern takes linear time for any text. */
const SECRET_TEXTS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
	[/ak_(live|test)_[A-Za-z0-9]+/g, 'ak_$1_[redacted]'],
	// A JWT: base64url of '{"' and at least one dot.
	[/(?<![\w-])eyJ[\w-]*\.[\w.-]*/g, '[redacted token]'],
	// A template of any length: base64 of "FMR\0 20\0".
	[/Rk1SACAyMA[A-Za-z0-9+/]*={0,2}/g, '[redacted template]'],
	// An image of any length: base64 of the signature of a PNG.
	[/iVBORw0KGg[A-Za-z0-9+/]*={0,2}/g, '[redacted image]'],
	// The same in hexadecimal.
	[/464d520020[0-9a-f]*/gi, '[redacted template]'],
	[/89504e470d0a1a0a[0-9a-f]*/gi, '[redacted image]'],
	[/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*-----)?/g, '[redacted private key]'],
	[/[A-Za-z0-9+/_-]{200,}={0,2}/g, '[redacted data]'],
	// 256 bits or more: the hash of a key, the secret of the installation, a private key. In base64 a word with digits and both
	// cases; padding is required where it could be a path.
	[/(?<![0-9A-Za-z])(?=[a-f]*\d)[0-9a-f]{64,}(?![0-9A-Za-z])/gi, '[redacted hash]'],
	[/(?<![\w+-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43,}={0,2}(?![\w+-])/g, '[redacted data]'],
	[/(?<![\w+/=-])[A-Za-z0-9+/]{42,}={1,2}/g, '[redacted data]'],
	// Pixels or bytes that were joined to a text, such as `String(image.data)`.
	[/(?:\d{1,3},\s?){32,}\d{0,3}/g, '[redacted numbers]'],
];

/** How much of an error is shown: its message, or all details including the stack. */
export type ErrorDetail = 'message' | 'stack';

/** Returns at most 8 000 characters of a text, without API keys, tokens, templates and long runs of base64. */
export function redactText(text: string): string {
	const start = text.slice(0, MAX_TEXT);
	const clean = SECRET_TEXTS.reduce((kept, [pattern, replacement]) => kept.replace(pattern, replacement), start);
	// The end of the truncated text may be the start of a secret, which its pattern cannot recognise.
	return text.length <= MAX_TEXT ? clean : `${clean.replace(/[\w+/=-]*$/, '')}... (${text.length} characters)`;
}

/**
 * Returns a copy of any value that can be written as JSON and contains no secrets: fields with the name of a secret, binary data
 * and the secrets that `redactText` finds are replaced. Cycles, getters that throw and very large structures are handled.
 */
export function redact(value: unknown, errors: ErrorDetail): unknown {
	return new Redaction(errors).visit(value);
}

class Redaction {
	private readonly errors: ErrorDetail;
	private readonly ancestors: object[] = [];
	private remaining = MAX_VALUES;

	constructor(errors: ErrorDetail) {
		this.errors = errors;
	}

	visit(value: unknown): unknown {
		this.remaining -= 1;
		if (this.remaining < 0) return '[more]';
		if (typeof value === 'string') return redactText(value);
		if (typeof value === 'object' && value !== null) return this.enter(value);
		if (typeof value === 'function') return '[function]';
		const isJson = typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean';
		return isJson || value === undefined || value === null ? value : redactText(String(value));
	}

	private enter(value: object): unknown {
		if (this.ancestors.includes(value)) return '[circular]';
		if (this.ancestors.length >= MAX_DEPTH) return '[deeper]';
		this.ancestors.push(value);
		try {
			return this.copy(value);
		} catch {
			// A getter or a proxy threw. The thrown value cannot be trusted either, so it is not shown.
			return '[unreadable]';
		} finally {
			this.ancestors.pop();
		}
	}

	private copy(value: object): unknown {
		if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[redacted ${value.byteLength} bytes]`;
		if (value instanceof Error) return this.copyError(value);
		if (value instanceof Date || value instanceof URL || value instanceof RegExp) return redactText(textOf(value));
		if (value instanceof Map) return this.copyFields([...value]);
		if (value instanceof Set) return this.copyList([...value]);
		return Array.isArray(value) ? this.copyList(value) : this.copyFields(Object.entries(value));
	}

	private copyError(error: Error): unknown {
		if (this.errors === 'message') return redactText(error.message);
		// This includes the cause, the details of a ServiceError, the code of a system error, the errors of an AggregateError.
		const fields = ['name', 'message', ...Object.getOwnPropertyNames(error)];
		return this.copyFields(fields.map((field) => [field, Reflect.get(error, field)]));
	}

	private copyList(values: readonly unknown[]): unknown {
		const start = values.slice(0, MAX_NUMBERS + 1);
		if (start.length > MAX_NUMBERS && start.every(Number.isInteger)) return `[redacted ${values.length} numbers]`;
		const kept = values.slice(0, Math.max(this.remaining, 1)).map((value) => this.visit(value));
		return kept.length < values.length ? [...kept, `[${values.length - kept.length} more]`] : kept;
	}

	private copyFields(fields: readonly (readonly [unknown, unknown])[]): unknown {
		const kept = fields.slice(0, Math.max(this.remaining, 1)).map(([key, value]) => {
			const name = redactText(String(key));
			return [name, SECRET_FIELD.test(name) && value !== undefined ? '[redacted]' : this.visit(value)];
		});
		return Object.fromEntries(kept);
	}
}

function textOf(value: Date | URL | RegExp): string {
	return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : String(value);
}
