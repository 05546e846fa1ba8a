// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import type { OperatorEvent, SettingView } from '../../src/operator/contract.ts';
import { renderInWindow } from '../components/testing/render-in-window.tsx';
import { SettingsView } from './settings-view.tsx';

const FACTS = {
	kind: 'number',
	group: 'scans',
	effect: 'service-start',
	isAdvanced: false,
	variable: 'FINGERPRINT_SCANS_PER_MINUTE',
	description: '',
	allowed: '',
	source: 'file',
} as const;

const perMinute = (value: number): SettingView => ({
	...FACTS,
	field: 'scans.perMinute',
	value,
	fallback: 10,
	min: 1,
	max: 6_000,
});

const settings = (...views: SettingView[]): OperatorEvent => ({
	topic: 'settings',
	value: { file: '/settings.json', pending: [], settings: views },
});

async function renderView() {
	const rendered = await renderInWindow(
		<main>
			<h1 tabIndex={-1}>Settings</h1>
			<SettingsView />
		</main>,
		{ route: 'settings', events: [settings(perMinute(10))] },
	);
	const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Scans per minute' });
	const enter = async (text: string) => {
		await rendered.change(() => field.setSelectionRange(0, field.value.length));
		await rendered.type(field, `{Control>}a{/Control}${text}`);
	};
	const saveElsewhere = (value: number) => rendered.change(() => rendered.carrier.emit(settings(perMinute(value))));
	const save = () => rendered.click(screen.getByRole('button', { name: 'Save changes' }));
	return { ...rendered, field, enter, saveElsewhere, save };
}

const accessibleError = (field: HTMLElement) =>
	(field.getAttribute('aria-describedby') ?? '')
		.split(' ')
		.map((id) => document.getElementById(id)?.textContent)
		.join(' ');

describe('SettingsView with another window', () => {
	it('shows a value that was saved elsewhere at once', async () => {
		const { field, saveElsewhere } = await renderView();
		await saveElsewhere(20);
		expect(field.value).toBe('20');
		expect(screen.queryByRole('button', { name: /Keep my entry/ })).toBeNull();
	});

	it('keeps an entry whose setting was saved elsewhere, shows the other value and does not save before a choice', async () => {
		const { carrier, field, enter, saveElsewhere, save } = await renderView();
		await enter('30');
		await saveElsewhere(20);
		expect(field.value).toBe('30');
		expect(screen.getByText('Meanwhile this was changed elsewhere to 20')).toBeDefined();
		await save();
		expect(carrier.calls).toEqual([]);
		expect(accessibleError(field)).toContain('Choose which value to keep');
	});

	it('saves the entry once the operator keeps it', async () => {
		const { carrier, field, enter, saveElsewhere, save, click } = await renderView();
		await enter('30');
		await saveElsewhere(20);
		await click(screen.getByRole('button', { name: 'Keep my entry for Scans per minute' }));
		expect(document.activeElement).toBe(field);
		expect(screen.queryByText(/changed elsewhere/)).toBeNull();
		carrier.willReply({ ok: true, result: null });
		await save();
		expect(carrier.calls).toEqual([
			{
				operation: 'settings:write',
				input: { values: { 'scans.perMinute': 30 }, replaces: { 'scans.perMinute': 20 } },
			},
		]);
	});

	it('shows the other value once the operator chooses it', async () => {
		const { field, enter, saveElsewhere, click } = await renderView();
		await enter('30');
		await saveElsewhere(20);
		await click(screen.getByRole('button', { name: 'Use 20 for Scans per minute' }));
		expect(field.value).toBe('20');
		expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull();
	});

	it('offers the choice also if the service refuses the save because the setting was just changed', async () => {
		const { carrier, field, enter, saveElsewhere, save } = await renderView();
		await enter('30');
		const fields = { 'scans.perMinute': 'it was changed elsewhere' };
		const details = { field: 'scans.perMinute', fields, reason: 'changed' };
		const problem = {
			error: 'CONFIGURATION_ERROR',
			code: 5003,
			message: 'Changed',
			retryable: false,
			details,
		} as const;
		carrier.willReply({ ok: false, problem });
		await save();
		await saveElsewhere(20);
		expect(accessibleError(field)).toContain('Choose which value to keep');
		expect(screen.getByRole('button', { name: 'Use 20 for Scans per minute' })).toBeDefined();
		expect(field.value).toBe('30');
	});
});

describe('the advanced settings', () => {
	const timeout: SettingView = {
		...FACTS,
		field: 'server.authTimeoutMs',
		group: 'connections',
		isAdvanced: true,
		value: 10_000,
		fallback: 10_000,
		min: 10,
		max: 3_600_000,
	};

	async function renderAdvanced() {
		const rendered = await renderInWindow(<SettingsView />, {
			route: 'settings',
			events: [settings(perMinute(10), timeout)],
		});
		const fold = document.querySelector<HTMLDetailsElement>('details');
		const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Authentication timeout', hidden: true });
		return { ...rendered, fold, field };
	}

	it('are in a section that is closed at first, and the others are not', async () => {
		const { fold, field } = await renderAdvanced();
		expect(fold?.open).toBe(false);
		expect(fold?.contains(field)).toBe(true);
		expect(fold?.contains(screen.getByRole('textbox', { name: 'Scans per minute' }))).toBe(false);
	});

	it('are shown while one of them has an entry, and save seconds as milliseconds', async () => {
		const { carrier, fold, field, type, click } = await renderAdvanced();
		expect(field.value).toBe('10');
		await type(field, '{Control>}a{/Control}2.5');
		expect(fold?.open).toBe(true);
		await click(screen.getByRole('button', { name: 'Save changes' }));
		expect(carrier.calls).toMatchObject([
			{
				operation: 'settings:write',
				input: { values: { 'server.authTimeoutMs': 2_500 }, replaces: { 'server.authTimeoutMs': 10_000 } },
			},
		]);
	});

	it('are shown when one of them is wrong, with the range in seconds', async () => {
		const { fold, field, type, click } = await renderAdvanced();
		await type(field, '{Control>}a{/Control}soon');
		await click(screen.getByRole('button', { name: 'Save changes' }));
		expect(fold?.open).toBe(true);
		expect(accessibleError(field)).toContain('Enter a number of seconds from 0.01 to 3,600');
	});
});
