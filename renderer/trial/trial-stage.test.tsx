// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import type { OperatorEvent, ReaderView } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { TrialStage } from './trial-stage.tsx';

const READER: ReaderView = {
	id: 'device-001',
	model: 'SLK20R',
	serialNumber: '1',
	firmwareVersion: '1',
	driver: 'zkfinger',
	isVirtual: false,
	status: 'busy',
};

const autoTouch = (value: boolean): OperatorEvent => ({
	topic: 'settings',
	value: {
		file: '',
		pending: [],
		settings: [
			{
				field: 'virtual.autoTouch',
				kind: 'flag',
				value,
				fallback: true,
				group: 'virtual-readers',
				effect: 'service-start',
				isAdvanced: false,
				variable: '',
				description: '',
				allowed: '',
				source: 'default',
			},
		],
	},
});

describe('TrialStage while a scan waits', () => {
	it.each([
		['Lay it flat on the middle of the sensor', false, true],
		['A simulated finger touches it in a moment', true, true],
		['a program must touch it', true, false],
	])('says "%s" for isVirtual %s and automatic touches %s', async (advice, isVirtual, isAutomatic) => {
		const state = { phase: 'waiting', deviceId: READER.id, attempt: 1 } as const;
		await renderInWindow(<TrialStage state={state} reader={{ ...READER, isVirtual }} />, {
			events: [autoTouch(isAutomatic)],
		});
		expect(screen.getByRole('status').textContent).toContain(advice);
	});
});
