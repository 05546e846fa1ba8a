import { describe, expect, it } from 'vitest';
import type { FloatImage } from '../../images/float-image.ts';
import { rowsOf } from '../../testing/bitmap-text.ts';
import { CELL, createCells } from '../cell-grid.ts';
import { binarise } from './binarise.ts';

const ONE_CELL = { ...createCells(1, 1), data: Float32Array.of(1) };

/** An image of one cell from text: 1..9 are ridges of that strength, a..i are valleys, `.` is a weak valley. */
function imageOf(...rows: string[]): FloatImage {
	const text = rows
		.map((row) => row.padEnd(CELL, '.'))
		.join('')
		.padEnd(CELL * CELL, '.');
	const value = (letter: string) =>
		/\d/.test(letter) ? Number(letter) : letter === '.' ? -0.1 : 96 - letter.charCodeAt(0);
	return { width: CELL, height: CELL, data: Float32Array.from(text, value) };
}

describe('binarise', () => {
	it('splits by sign and leaves the border empty', () => {
		const { ridges, valleys } = binarise(imageOf('11111111', '1111aaaa', '1111aaaa', '11111111'), ONE_CELL);
		expect(rowsOf(ridges)).toEqual(['###...', '###...', '######', '......', '......', '......']);
		expect(rowsOf(valleys)).toEqual(['...###', '...###', '......', '######', '######', '######']);
	});

	it('leaves out pixels outside the finger', () => {
		const { ridges, valleys } = binarise(imageOf('1111', '1111'), createCells(1, 1));
		expect([...ridges.words, ...valleys.words].every((word) => word === 0)).toBe(true);
	});

	it('splits the pixels on both sides of the border between two words', () => {
		const text = '1111111111111111111111111111111a1a1111aa';
		const rows = [text, text, text].map((row) => [...row].map((letter) => (letter === 'a' ? -1 : 1)));
		const image = { width: 40, height: 3, data: Float32Array.from(rows.flat()) };
		const finger = { ...createCells(5, 1), data: new Float32Array(5).fill(1) };
		const { ridges, valleys } = binarise(image, finger);
		expect(rowsOf(ridges)).toEqual([text.slice(1, -1).replaceAll('1', '#').replaceAll('a', '.')]);
		expect(rowsOf(valleys)).toEqual([text.slice(1, -1).replaceAll('1', '.').replaceAll('a', '#')]);
	});

	it('connects the stronger pair where ridges and valleys meet diagonally', () => {
		const strongRidges = binarise(imageOf('........', '.99ab...', '.98bb...', '.ba89...', '.bb99...'), ONE_CELL);
		expect(rowsOf(strongRidges.ridges).slice(0, 4)).toEqual(['##....', '##....', '.###..', '..##..']);
		const strongValleys = binarise(imageOf('........', '.22hi...', '.21ii...', '.ih12...', '.ii22...'), ONE_CELL);
		expect(rowsOf(strongValleys.valleys).slice(0, 4)).toEqual(['..####', '..####', '###.##', '##..##']);
	});
});
