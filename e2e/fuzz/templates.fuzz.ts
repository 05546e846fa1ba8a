import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryViews } from '../../src/biometrics/testing/arbitrary-views.ts';
import { ansi2009Record, joinRecords, SHAPES } from '../../src/biometrics/testing/record-bytes.ts';
import {
	convertRecord,
	decodeTemplateText,
	encodeIsoRecord,
	type FingerView,
	loadInThreadEngine,
	MIN_MINUTIAE,
	usableViews,
} from '../../src/biometrics/worker-engine.ts';
import { ServiceError } from '../../src/protocol/errors.ts';
import { TEMPLATE_FORMATS } from '../../src/protocol/template-formats.ts';
import { mutatedBytes } from './support/mutated-bytes.ts';
import { runFuzz } from './support/run-fuzz.ts';

/* Damaged templates, read and matched as `verify:start` does. */

/** Matching more minutiae takes longer than reading them. */
const MAX_MATCHED_MINUTIAE = 40;
const FALSE_MATCH_RATE = 0.0001;

const OTHER: FingerView = {
	...{ width: 300, height: 400, dpi: 500, quality: 80 },
	minutiae: Array.from({ length: 30 }, (_, i) => ({
		...{ x: (53 * i) % 300, y: (97 * i) % 400, angle: i % 6, quality: 50 },
		kind: i % 2 ? 'bifurcation' : 'ridge-ending',
	})),
};

const view = fc.oneof(fc.constant(OTHER), arbitraryViews(180), arbitraryViews(180).map(withEnoughMinutiae));

function withEnoughMinutiae(some: FingerView): FingerView {
	const { width, height, minutiae } = some;
	const more = OTHER.minutiae.map((minutia) => ({ ...minutia, x: minutia.x % width, y: minutia.y % height }));
	return { ...some, minutiae: [...minutiae, ...more] };
}

const record = fc
	.tuple(view, fc.constantFrom(...TEMPLATE_FORMATS, 'ansi-378:2009' as const), fc.constantFrom(1, 2, 3))
	.map(([one, format, views]) => {
		const encoded =
			format === 'ansi-378:2009' ? ansi2009Record([one]) : convertRecord(encodeIsoRecord(one), one.finger || 1, format);
		return views === 1 ? encoded : joinRecords(SHAPES[format], new Array<Uint8Array>(views).fill(encoded));
	});

/** The forms in which base64 is accepted, and some damage to the text. */
const text = fc
	.tuple(
		mutatedBytes(record),
		fc.constantFrom('base64' as const, 'base64url' as const),
		fc.constantFrom('', 'data:application/octet-stream;base64,', ' \r\n', '=', '%', '\0', 'é'),
		fc.constantFrom('', '=', '==', '===', '\n', '!', '\ud800'),
	)
	.map(([bytes, alphabet, prefix, suffix]) => prefix + Buffer.from(bytes).toString(alphabet) + suffix);

it('reads, converts and matches damaged templates, or refuses them and says why', async () => {
	const { verifyTemplate } = await loadInThreadEngine();
	const touch = encodeIsoRecord(OTHER);
	await runFuzz('templates', text, (template) => {
		const usable = refusedOr(() => {
			const bytes = decodeTemplateText(template);
			return { bytes, views: usableViews(bytes) };
		});
		if (usable === undefined) return;
		const { bytes, views } = usable;
		for (const one of views) checkView(one.view);
		for (const format of TEMPLATE_FORMATS) refusedOr(() => convertRecord(bytes, 7, format));
		if (views.some((one) => one.view.minutiae.length > MAX_MATCHED_MINUTIAE)) return;
		const { score, threshold, isMatch } = verifyTemplate(touch, [bytes], FALSE_MATCH_RATE);
		expect(score >= 0 && score <= 100 && threshold > 0).toBe(true);
		expect(isMatch).toBe(score >= threshold);
	});
});

function checkView({ width, height, dpi, quality, minutiae }: FingerView): void {
	for (const value of [width, height, dpi]) expect(value > 0 && Number.isFinite(value)).toBe(true);
	expect(quality).not.toBeNaN();
	expect(minutiae.length).toBeGreaterThanOrEqual(MIN_MINUTIAE);
	for (const { x, y, angle } of minutiae) for (const value of [x, y, angle]) expect(Number.isFinite(value)).toBe(true);
}

/** Returns undefined for a template that is refused. @throws whatever is not a refusal */
function refusedOr<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (thrown) {
		if (!(thrown instanceof ServiceError)) throw thrown;
		expect(thrown.error).toBe('INVALID_MESSAGE');
		expect(thrown.message.length, 'a message must be readable').toBeLessThan(1_000);
		return undefined;
	}
}
