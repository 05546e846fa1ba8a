import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadInThreadEngine } from '../../../src/biometrics/worker-engine.ts';
import type { Check } from './check.ts';
import { formatMs } from './measurements.ts';
import { imagePath, type ReaderTestHarness } from './test-harness.ts';

const { readImage } = await loadInThreadEngine();

export const scanChecks: readonly Check[] = [
	{
		name: 'a scan returns the template of the finger on the sensor',
		run: async (harness) => {
			const { id } = await harness.plugAndWait('zfm');
			const scan = harness.scan(id);
			const touchedAt = await harness.placeFinger('index-1');
			const { enrolled, at } = await scan.completed();
			assert.deepEqual([enrolled.width, enrolled.height, enrolled.dpi], [256, 288, 500]);
			const scores = await matchWithOthers(harness, enrolled.template);
			return `touch to template ${formatMs(at - touchedAt)}, ${describeTemplate(enrolled)}, ${scores}`;
		},
	},
	{
		name: 'an enrolment combines three touches into one template',
		run: async (harness) => {
			const { id } = await harness.plugAndWait('r503');
			const scan = harness.scan(id, 3);
			for (const [index, image] of ['index-1', 'index-2', 'index-3'].entries()) {
				if (index > 0) {
					await scan.progressed(index);
					await harness.liftFinger();
				}
				await harness.placeFinger(image);
			}
			const { enrolled } = await scan.completed();
			return `${describeTemplate(enrolled)}, ${await matchWithOthers(harness, enrolled.template)}`;
		},
	},
];

/** Checks that the template matches another image of the same finger, and not one of another finger. */
async function matchWithOthers(harness: ReaderTestHarness, template: Uint8Array): Promise<string> {
	const same = await harness.engine.verify(template, [await templateOf(harness, 'index-4')]);
	const other = await harness.engine.verify(template, [await templateOf(harness, 'thumb-1')]);
	assert.equal(same.isMatch, true, `the score with the same finger is ${same.score}`);
	assert.equal(other.isMatch, false, `the score with another finger is ${other.score}`);
	return `score ${same.score} with the same finger, ${other.score} with another finger`;
}

async function templateOf(harness: ReaderTestHarness, image: string): Promise<Uint8Array> {
	const { template } = await harness.engine.extract(readImage(readFileSync(imagePath(image)), 500));
	assert(template !== undefined, `${image} gives no template`);
	return template;
}

function describeTemplate({
	width,
	height,
	minutiae,
	quality,
}: {
	width: number;
	height: number;
	minutiae: number;
	quality: number;
}) {
	return `${minutiae} minutiae in ${width} x ${height}, quality ${quality}`;
}
