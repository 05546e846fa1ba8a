import type { QualityHint } from '../../../src/protocol/quality-hints.ts';

/** For each quality hint: why the quality of the image is low, and how the next scan gets better. */
export const hints = {
	'too-small-area': {
		what: 'Too little of the finger touched the sensor',
		advice: 'Lay the finger flat and cover the whole sensor.',
	},
	'off-centre': {
		what: 'The finger was not in the middle',
		advice: 'Place the middle of the fingertip on the middle of the sensor.',
	},
	'too-dry': {
		what: 'The finger is very dry',
		advice: 'Breathe on the fingertip or moisten it a little, then press gently.',
	},
	'too-wet': { what: 'The finger is wet', advice: 'Dry the finger and wipe the sensor, then try again.' },
	smudged: {
		what: 'The image is smudged',
		advice: 'Hold the finger still until the scan is done; clean the sensor.',
	},
	'too-light': { what: 'The finger touched too lightly', advice: 'Press a little more firmly.' },
	'low-contrast': {
		what: 'The image has too little contrast',
		advice: 'Clean the sensor and press a little more firmly; if it happens again, check the settings of the reader.',
	},
	'wrong-resolution': {
		what: 'The resolution of the image is wrong',
		advice: 'Set the resolution of the reader to that of its images.',
	},
} satisfies Record<QualityHint, { what: string; advice: string }>;

export type HintsText = typeof hints;
