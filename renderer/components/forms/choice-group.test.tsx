// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { renderInWindow } from '../testing/render-in-window.tsx';
import { ChoiceGroup, type ChoiceGroupProps } from './choice-group.tsx';

function choiceGroup(props: Pick<ChoiceGroupProps<'a' | 'b' | 'c'>, 'type' | 'chosen' | 'onChange' | 'error'>) {
	const choices = (['a', 'b', 'c'] as const).map((value) => ({
		value,
		label: `Choice ${value}`,
		help: `Help ${value}`,
	}));
	return <ChoiceGroup label="Permissions" name="permissions" choices={choices} {...props} />;
}

describe('ChoiceGroup', () => {
	it('adds a checkbox to the chosen values in the order of the choices', async () => {
		const onChange = vi.fn();
		const { click } = await renderInWindow(choiceGroup({ type: 'checkbox', chosen: ['c'], onChange }));
		await click(screen.getByRole('checkbox', { name: /^Choice a/ }));
		expect(onChange).toHaveBeenCalledExactlyOnceWith(['a', 'c']);
	});

	it('removes a cleared checkbox', async () => {
		const onChange = vi.fn();
		const { click } = await renderInWindow(choiceGroup({ type: 'checkbox', chosen: ['a', 'c'], onChange }));
		await click(screen.getByRole('checkbox', { name: /^Choice c/, checked: true }));
		expect(onChange).toHaveBeenCalledExactlyOnceWith(['a']);
	});

	it('replaces the chosen value of radio buttons', async () => {
		const onChange = vi.fn();
		const { click } = await renderInWindow(choiceGroup({ type: 'radio', chosen: ['a'], onChange }));
		expect(screen.getByRole('radio', { checked: true })).toBe(screen.getByRole('radio', { name: /^Choice a/ }));
		await click(screen.getByRole('radio', { name: /^Choice b/ }));
		expect(onChange).toHaveBeenCalledExactlyOnceWith(['b']);
	});

	it('is a named group that its error describes', async () => {
		await renderInWindow(choiceGroup({ type: 'checkbox', chosen: [], onChange: () => {}, error: 'Choose one.' }));
		const group = screen.getByRole('group', { name: 'Permissions' });
		const error = document.getElementById(group.getAttribute('aria-describedby') ?? '');
		expect(error?.textContent).toBe('Choose one.');
	});
});
