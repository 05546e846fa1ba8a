import { createFormats } from '../formats.ts';

const { plural, number } = createFormats('en');

export const trial = {
	lead: 'Scan a finger and see what a reader makes of it',
	reader: 'Reader',
	virtualReader: (model: string, id: string) => `${model} (${id}, virtual)`,
	realReader: (model: string, id: string) => `${model} (${id})`,
	faultyReader: (model: string, id: string) => `${model} (${id}, out of order)`,
	start: 'Start scan',
	again: 'Scan again',
	stop: 'Stop',
	privacy: 'The picture stays in this window; it is not stored. It is gone as soon as you leave this view.',
	readyTitle: 'Ready for a scan',
	readyHelp: 'Choose a reader and start. You will see the fingerprint, its minutiae and how good it is.',
	waitingTitle: 'Place a finger on the reader',
	waitingHelp: 'Lay it flat on the middle of the sensor and hold it still. The reader waits for 30 seconds.',
	waitingVirtual: 'A virtual reader touches by itself in a moment.',
	noReaderTitle: 'No reader is plugged in',
	noReaderHelp: 'Plug a reader in, or turn on the virtual readers in the overview.',
	toOverview: 'Go to the overview',
	stoppedTitle: 'The service is not running',
	stoppedHelp: 'A scan needs the service. Start it first.',
	done: (quality: number, band: string) => `Scan complete: quality ${number(quality)} of 100, ${band}`,
	pictureAlt: (width: number, height: number, count: number) =>
		plural(count, {
			one: `Fingerprint of ${number(width)} by ${number(height)} pixels with # minutia`,
			other: `Fingerprint of ${number(width)} by ${number(height)} pixels with # minutiae`,
		}),
	showMinutiae: 'Show minutiae',
	endings: (count: number) => plural(count, { one: '# ridge ending', other: '# ridge endings' }),
	bifurcations: (count: number) => plural(count, { one: '# bifurcation', other: '# bifurcations' }),
	legend: 'Minutiae',
	endingHelp: 'A circle where a ridge ends; its line points into the ridge.',
	bifurcationHelp: 'A square where a ridge splits in two; its line points between the two.',
	quality: 'Quality',
	qualityText: (quality: number, band: string, threshold: number) =>
		`${number(quality)} of 100, ${band}; pages usually ask for ${number(threshold)}`,
	bands: { poor: 'poor', low: 'too low', good: 'good', excellent: 'excellent' },
	verdicts: {
		poor: 'A page would refuse this scan. Follow the advice and scan again.',
		low: 'A page would usually refuse this scan. Follow the advice and scan again.',
		good: 'A page would accept this scan.',
		excellent: 'A page would accept this scan. It does not get much better.',
	},
	threshold: (threshold: number) => `Pages usually ask for ${number(threshold)}`,
	unusableTitle: 'No fingerprint template could be made of this picture',
	unusableHelp: 'It shows too few minutiae. Clean the sensor or use another finger, then scan again.',
	advice: 'Advice',
	noAdvice: 'Nothing to improve: the finger was placed well.',
	noKnownAdvice: 'Nothing particular was found wrong. Clean the sensor and place the finger again.',
	facts: { size: 'Picture', resolution: 'Resolution', minutiae: 'Minutiae' },
	size: (width: number, height: number) => `${number(width)} × ${number(height)} pixels`,
	resolution: (dpi: number) => `${number(dpi)} dpi`,
};

export type TrialText = typeof trial;
