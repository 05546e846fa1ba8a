import { extractTemplate } from './extraction/extract-template.ts';
import { verifyTemplate } from './matching/verify.ts';

/* The module that the worker threads of `WorkerEngine` run: one export for each of its methods. */
export { enrol } from './enrolment/enrol.ts';
export { extractTemplate as extract } from './extraction/extract-template.ts';
export { writePng as encodePng } from './images/write-png.ts';

interface Verification {
	readonly template: Uint8Array;
	readonly candidates: readonly Uint8Array[];
	readonly falseMatchRate: number | undefined;
}

export function verify({ template, candidates, falseMatchRate }: Verification) {
	return verifyTemplate(template, candidates, falseMatchRate);
}

/** Runs every stage on synthetic ridges, so that the first finger finds compiled code and a filter bank. */
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
