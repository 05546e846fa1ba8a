import { extractTemplate } from './extract-template.ts';
import { decodeIsoRecord } from './iso-record.ts';
import { SAME_FINGER_SCORE, similarity } from './match.ts';
import { prepareTemplate } from './match-template.ts';

/** What a worker thread of the `Extractor` runs for each picture. */
export { extractTemplate as extract } from './extract-template.ts';

/** What it runs for each touch of an enrolment: one of the earlier touches must be of the same finger. */
export function isSameFinger({ template, others }: { template: Uint8Array; others: readonly Uint8Array[] }): boolean {
	const prepared = prepareTemplate(decodeIsoRecord(template));
	return others.some((other) => similarity(prepared, prepareTemplate(decodeIsoRecord(other))) >= SAME_FINGER_SCORE);
}

/** Run every stage once on drawn ridges, so that the first finger meets compiled code and a filter bank. */
export function warmUp(): void {
	const width = 300;
	const height = 375;
	const data = Uint8Array.from({ length: width * height }, (_, i) => {
		const x = (i % width) - width / 2;
		const y = Math.floor(i / width) - height / 3;
		return 128 + 100 * Math.cos((2 * Math.PI * Math.hypot(x, y)) / 9);
	});
	for (let round = 0; round < 3; round++) extractTemplate({ width, height, dpi: 500, data });
}
