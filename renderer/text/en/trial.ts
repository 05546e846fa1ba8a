import { createFormats } from '../formats.ts';

const { plural, number } = createFormats('en');

export const trial = {
	lead: 'Scan a finger and see the image, its minutiae and its quality',
	reader: 'Reader',
	virtualReader: (model: string, id: string) => `${model} (${id}, virtual)`,
	realReader: (model: string, id: string) => `${model} (${id})`,
	faultyReader: (model: string, id: string) => `${model} (${id}, out of order)`,
	start: 'Start scan',
	again: 'Scan again',
	stop: 'Stop',
	privacy: 'The image stays in this window and is not stored. It is discarded when you leave this view.',
	readyTitle: 'Ready for a scan',
	readyHelp: 'Choose a reader and start. You will see the fingerprint, its minutiae and its quality.',
	waitingTitle: 'Place a finger on the reader',
	waitingHelp: 'Lay it flat on the middle of the sensor and hold it still. The reader waits for 30 seconds.',
	waitingVirtualTitle: 'The virtual reader waits for a touch',
	waitingVirtual: 'A simulated finger touches it in a moment.',
	waitingManual:
		'Touch automatically is off in the settings, so a program must touch it with the message virtual:touch within 30 seconds.',
	noReaderTitle: 'No reader is plugged in',
	noReaderHelp: 'Plug in a reader, or turn on the virtual readers in the overview.',
	toOverview: 'Go to the overview',
	stoppedTitle: 'The service is not running',
	stoppedHelp: 'A scan needs the service. Start it first.',
	done: (quality: number, band: string) => `Scan complete: quality ${number(quality)} of 100, ${band}`,
	imageAlt: (width: number, height: number, count: number) =>
		plural(count, {
			one: `Fingerprint of ${number(width)} by ${number(height)} pixels with # minutia`,
			other: `Fingerprint of ${number(width)} by ${number(height)} pixels with # minutiae`,
		}),
	showMinutiae: 'Show minutiae',
	endings: (count: number) => plural(count, { one: '# ridge ending', other: '# ridge endings' }),
	bifurcations: (count: number) => plural(count, { one: '# bifurcation', other: '# bifurcations' }),
	legend: 'Minutiae',
	endingHelp: 'A circle where a ridge ends; its line points into the ridge.',
	bifurcationHelp: 'A square where a ridge splits in two; its line points between the two branches.',
	quality: 'Quality',
	qualityText: (quality: number, band: string, threshold: number) =>
		`${number(quality)} of 100, ${band}; the usual threshold is ${number(threshold)}`,
	bands: { poor: 'poor', low: 'too low', good: 'good', excellent: 'excellent' },
	verdicts: {
		poor: 'A page would reject this scan. Follow the advice and scan again.',
		low: 'A page would usually reject this scan. Follow the advice and scan again.',
		good: 'A page would accept this scan.',
		excellent: 'A page would accept this scan, even with a high quality threshold.',
	},
	threshold: (threshold: number) => `Usual threshold: ${number(threshold)}`,
	unusableTitle: 'No fingerprint template could be created from this image',
	unusableHelp: 'The image shows too few minutiae. Clean the sensor or use another finger, then scan again.',
	advice: 'Advice',
	noAdvice: 'Nothing to improve: the finger was placed well.',
	noKnownAdvice: 'No specific problem was found. Clean the sensor and place the finger again.',
	facts: { size: 'Image', resolution: 'Resolution', minutiae: 'Minutiae' },
	size: (width: number, height: number) => `${number(width)} × ${number(height)} pixels`,
	resolution: (dpi: number) => `${number(dpi)} dpi`,
};

export type TrialText = typeof trial;
