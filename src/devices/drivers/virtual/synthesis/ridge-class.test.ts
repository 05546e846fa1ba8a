import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { chooseRidgeClass, type RidgeClass } from './ridge-class.ts';

const RIGHT_INDEX = 2;
const LEFT_INDEX = 7;
const PEOPLE = 3000;

function chooseMany(finger: number): RidgeClass[] {
	return Array.from({ length: PEOPLE }, (_, person) => chooseRidgeClass(new Random(person, finger), finger));
}

function share(classes: RidgeClass[], name: RidgeClass['name']): number {
	return classes.filter((ridgeClass) => ridgeClass.name === name).length / classes.length;
}

describe('chooseRidgeClass', () => {
	const classes = [...chooseMany(RIGHT_INDEX), ...chooseMany(LEFT_INDEX)];

	it.each<[RidgeClass['name'], number]>([
		['arch', 0.037],
		['tented-arch', 0.029],
		['whorl', 0.279],
		['left-loop', 0.328],
		['right-loop', 0.328],
	])('chooses %s with its natural frequency', (name, natural) => {
		expect(Math.abs(share(classes, name) - natural)).toBeLessThan(0.03);
	});

	it.each<[RidgeClass['name'], number]>([
		['arch', 0],
		['tented-arch', 1],
		['left-loop', 1],
		['right-loop', 1],
		['whorl', 2],
	])('gives each %s %d cores and deltas', (name, count) => {
		const ofName = classes.filter((ridgeClass) => ridgeClass.name === name);
		expect(ofName.every(({ cores, deltas }) => cores.length === count && deltas.length === count)).toBe(true);
	});

	it('opens most loops towards the little finger', () => {
		expect(share(chooseMany(RIGHT_INDEX), 'right-loop')).toBeGreaterThan(0.5);
		expect(share(chooseMany(LEFT_INDEX), 'left-loop')).toBeGreaterThan(0.5);
	});
});
