import { writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toTable } from './accuracy-table.ts';
import { isExceeded } from './calibration.ts';
import { plotDet } from './det-plot.ts';
import { readImpressions } from './impressions.ts';
import { measureAccuracy } from './measure-accuracy.ts';

/*
 * Measures how well and how fast fingers are distinguished: extracts all images of a folder and matches each with each.
 */
const USAGE = `usage: npm run bench:accuracy -- FOLDER [options]

FOLDER holds PNG files named <finger>_<impression>.png.
  --dpi N        resolution of the images, pixels per inch (500)
  --json         print everything as JSON
  --plot FILE    draw the DET curve, as SVG
  --records DIR  write the ISO/IEC 19794-2:2005 records, for other tools
`;

const { folder, dpi, json, plot, records } = parseCall();
const impressions = readImpressions(folder, { dpi, records });
const fingers = new Set(impressions.map(({ finger }) => finger)).size;
if (fingers < 2 || fingers === impressions.length) {
	refuse(`${folder} does not contain images of two fingers, one of them with two impressions`);
}
const { accuracy, points } = measureAccuracy(impressions);
process.stdout.write(json ? `${JSON.stringify(accuracy, undefined, '\t')}\n` : toTable(accuracy));
if (accuracy.calibration.some(isExceeded)) {
	process.stderr.write('error: more pairs of different fingers reach a score than it promises\n');
	process.exitCode = 1;
}
if (plot !== undefined) writeFileSync(plot, plotDet(points, basename(resolve(folder)), accuracy.eer));

function parseCall() {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: {
				dpi: { type: 'string', default: '500' },
				json: { type: 'boolean', default: false },
				plot: { type: 'string' },
				records: { type: 'string' },
			},
		});
		const [folder, ...more] = positionals;
		if (folder === undefined || more.length > 0) refuse('Exactly one folder is required');
		if (!(Number(values.dpi) > 0)) refuse(`${values.dpi} dpi is not a valid resolution`);
		return { ...values, folder, dpi: Number(values.dpi) };
	} catch (thrown) {
		refuse((thrown as Error).message);
	}
}

function refuse(fault: string): never {
	process.stderr.write(`error: ${fault}\n${USAGE}`);
	process.exit(2);
}
