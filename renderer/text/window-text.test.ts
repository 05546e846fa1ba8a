import { describe, expect, it } from 'vitest';
import { windowTextIn } from './window-text.ts';

describe('the language of the window', () => {
	it('brings its texts and its formats', () => {
		const text = windowTextIn('id');
		expect([text.language, text.shell.start, text.formats.number(1_000)]).toEqual(['id', 'Mulai', '1.000']);
	});
});
