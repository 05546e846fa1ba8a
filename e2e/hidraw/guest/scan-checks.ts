import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readImage } from '../../../src/biometrics/images/read-image.ts';
import type { Check } from './checks.ts';
import { formatMs } from './format-ms.ts';
import { picturePath, type TestBench } from './test-bench.ts';

export const scanChecks: readonly Check[] = [
	{
		name: 'a scan gives the template of the finger that rests on the sensor',
		run: async (bench) => {
			const { id } = await bench.plugAndWait('zfm');
			const scan = bench.scan(id);
			const touchedAt = await bench.putDown('index-1');
			const { enrolled, at } = await scan.completed();
			assert.deepEqual([enrolled.width, enrolled.height, enrolled.dpi], [256, 288, 500]);
			const scores = await compare(bench, enrolled.template);
			return `touch to template ${formatMs(at - touchedAt)}, ${factsOf(enrolled)}, ${scores}`;
		},
	},
	{
		name: 'an enrolment takes three touches and gives one template',
		run: async (bench) => {
			const { id } = await bench.plugAndWait('r503');
			const scan = bench.scan(id, 3);
			for (const [index, picture] of ['index-1', 'index-2', 'index-3'].entries()) {
				if (index > 0) {
					await scan.progressed(index);
					await bench.lift();
				}
				await bench.putDown(picture);
			}
			const { enrolled } = await scan.completed();
			return `${factsOf(enrolled)}, ${await compare(bench, enrolled.template)}`;
		},
	},
];

/** Whether the template is of the right finger: another picture of it matches, one of another finger does not. */
async function compare(bench: TestBench, template: Uint8Array): Promise<string> {
	const same = await bench.engine.verify(template, [await templateOf(bench, 'index-4')]);
	const other = await bench.engine.verify(template, [await templateOf(bench, 'thumb-1')]);
	assert.equal(same.isMatch, true, `a score of ${same.score} with the same finger`);
	assert.equal(other.isMatch, false, `a score of ${other.score} with another finger`);
	return `score ${same.score} with the same finger and ${other.score} with another one`;
}

async function templateOf(bench: TestBench, picture: string): Promise<Uint8Array> {
	const { template } = await bench.engine.extract(readImage(readFileSync(picturePath(picture)), 500));
	assert(template !== undefined, `${picture} gives no template`);
	return template;
}

/** For a person. */
function factsOf({
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
