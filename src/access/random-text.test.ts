import { expect, it } from 'vitest';
import { randomText } from './random-text.ts';

it('uses every character of the alphabet about equally often', () => {
	const text = randomText('abc', 30_000);
	for (const letter of 'abc') {
		// Six standard deviations of a binomial distribution (30 000, 1/3) are 490, so the test fails falsely once in a billion runs.
		expect(Math.abs(text.split(letter).length - 1 - 10_000)).toBeLessThan(490);
	}
});
