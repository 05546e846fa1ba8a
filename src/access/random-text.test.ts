import { expect, it } from 'vitest';
import { randomText } from './random-text.ts';

it('draws every character of the alphabet about equally often', () => {
	const drawn = randomText('abc', 30_000);
	for (const letter of 'abc') {
		// Six standard deviations of a binomial (30 000, 1/3) are 490: one false alarm in a billion runs.
		expect(Math.abs(drawn.split(letter).length - 1 - 10_000)).toBeLessThan(490);
	}
});
