import * as z from 'zod';

/*
 * The results that the virtual machine writes to its serial console: one JSON value per line after a mark, because the kernel
 * writes to the same console.
 */

const MARK = '@result ';

const resultSchema = z.union([
	/** First result: the names of all checks. */
	z.object({ plan: z.array(z.string()) }),
	z.object({ check: z.string(), figure: z.string() }),
	z.object({ check: z.string(), fault: z.string() }),
	z.object({ note: z.string() }),
	/** Last result. It is missing when the machine ended early. */
	z.object({ isDone: z.literal(true) }),
]);

export type Result = z.infer<typeof resultSchema>;

export function toResultLine(result: Result): string {
	return `${MARK}${JSON.stringify(result)}\n`;
}

/** Parses one console line. @returns undefined for a line without a complete result */
export function tryParseResultLine(line: string): Result | undefined {
	const start = line.indexOf(MARK);
	if (start < 0) return undefined;
	try {
		return resultSchema.parse(JSON.parse(line.slice(start + MARK.length)));
	} catch {
		return undefined;
	}
}
