/** A figure of the service beside that of the baseline in the same run. */
export interface Measurement {
	readonly name: string;
	readonly unit: string;
	readonly service: number;
	readonly bare: number;
	/** What is required: of the ratio of service to baseline, or of the figure of the service. */
	readonly requirement?: { readonly of: 'ratio' | 'service'; readonly atLeast?: number; readonly below?: number };
}

/** Everything that one run has measured. */
export interface ServerReport {
	/** ISO 8601. */
	readonly date: string;
	readonly machine: string;
	/** Load of the machine (1 minute) before and after. */
	readonly load: readonly [before: number, after: number];
	readonly measurements: readonly (Measurement & { readonly ratio: number; readonly isMet: boolean | undefined })[];
}

/** Adds the ratio of service to baseline, and whether the requirement is met; `undefined` = nothing is required. */
export function rate(measurement: Measurement): ServerReport['measurements'][number] {
	const { service, bare, requirement } = measurement;
	const ratio = service / bare;
	if (requirement === undefined) return { ...measurement, ratio, isMet: undefined };
	const { of, atLeast = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = requirement;
	const value = of === 'ratio' ? ratio : service;
	return { ...measurement, ratio, isMet: value >= atLeast && value < below };
}

/** Returns the report as a Markdown table with two lines before it. */
export function toServerTable({ date, machine, load, measurements }: ServerReport): string {
	const rows = measurements.map(({ name, unit, service, bare, ratio, requirement, isMet }) => [
		`${name}, ${unit}`,
		format(service),
		format(bare),
		Number.isFinite(ratio) ? ratio.toFixed(2) : '',
		requirement === undefined ? '' : requirementText(requirement),
		isMet === undefined ? '' : isMet ? 'yes' : 'no',
	]);
	const lines = [['measurement', 'service', 'baseline', 'ratio', 'required', 'met'], Array(6).fill('---'), ...rows];
	const table = lines.map((cells) => `| ${cells.join(' | ')} |`);
	const [before, after] = load.map((value) => value.toFixed(1));
	return `${date}, ${machine}\nload before ${before}, after ${after}\n\n${table.join('\n')}\n`;
}

function requirementText({ of, atLeast, below }: NonNullable<Measurement['requirement']>): string {
	const limit = atLeast === undefined ? `below ${below}` : `at least ${atLeast}`;
	return of === 'ratio' ? `ratio ${limit}` : limit;
}

function format(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
