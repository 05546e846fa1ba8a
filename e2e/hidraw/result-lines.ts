import * as z from 'zod';

/*
 * What the virtual machine tells through its serial console, one JSON value a line after a mark: the kernel writes there, too.
 */

const MARK = '@result ';

const resultSchema = z.union([
	/** Comes first: every check that is going to run. */
	z.object({ plan: z.array(z.string()) }),
	z.object({ check: z.string(), figure: z.string() }),
	z.object({ check: z.string(), fault: z.string() }),
	z.object({ note: z.string() }),
	/** Comes last. Without it the machine has died on the way. */
	z.object({ isDone: z.literal(true) }),
]);

export type Result = z.infer<typeof resultSchema>;

export function toResultLine(result: Result): string {
	return `${MARK}${JSON.stringify(result)}\n`;
}

/** @returns undefined for a line that is no result, or only part of one */
export function tryParseResultLine(line: string): Result | undefined {
	const start = line.indexOf(MARK);
	if (start < 0) return undefined;
	try {
		return resultSchema.parse(JSON.parse(line.slice(start + MARK.length)));
	} catch {
		return undefined;
	}
}
