// @vitest-environment happy-dom
import { screen } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { renderInWindow } from '../testing/render-in-window.tsx';
import { Field } from './field.tsx';
import { Select } from './select.tsx';
import { Switch } from './switch.tsx';

/** Returns the texts that describe a control to a screen reader. */
function descriptionOf(control: HTMLElement): string {
	const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
	return ids.map((id) => document.getElementById(id)?.textContent ?? `no element ${id}`).join(' | ');
}

describe('Field', () => {
	it('labels its control and describes it with the hint', async () => {
		await renderInWindow(
			<Field label="Port" hint="From 1024 to 65535" isOptional>
				{(control) => <input {...control} />}
			</Field>,
		);
		const input = screen.getByRole('textbox', { name: 'Port (optional)' });
		expect(descriptionOf(input)).toBe('From 1024 to 65535');
		expect(input.getAttribute('aria-invalid')).toBe('false');
	});

	it('marks its control invalid and describes it with hint and error', async () => {
		await renderInWindow(
			<Field label="Port" hint="From 1024 to 65535" error="Enter a whole number">
				{(control) => <input {...control} />}
			</Field>,
		);
		const input = screen.getByRole('textbox', { name: 'Port' });
		expect(descriptionOf(input)).toBe('From 1024 to 65535 | Enter a whole number');
		expect(input.getAttribute('aria-invalid')).toBe('true');
	});
});

describe('Select', () => {
	const select = (onChange: (value: string) => void, isDisabled = false) => (
		<Field label="Reader">
			{(control) => (
				<Select
					control={control}
					value="b"
					options={[
						{ value: 'a', label: 'First' },
						{ value: 'b', label: 'Second' },
					]}
					isDisabled={isDisabled}
					onChange={onChange}
				/>
			)}
		</Field>
	);

	it('shows its value and reports the chosen one', async () => {
		const onChange = vi.fn();
		const { choose } = await renderInWindow(select(onChange));
		const list = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Reader' });
		expect(list.selectedOptions[0]?.textContent).toBe('Second');
		await choose(list, 'First');
		expect(onChange).toHaveBeenCalledExactlyOnceWith('a');
	});

	it('can be disabled', async () => {
		await renderInWindow(select(() => {}, true));
		expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Reader' }).disabled).toBe(true);
	});
});

describe('Switch', () => {
	it('is a labelled switch that reports its new state', async () => {
		const onChange = vi.fn();
		const { click } = await renderInWindow(
			<Switch label="Virtual readers" hint="For tests" isOn onChange={onChange} />,
		);
		const control = screen.getByRole('switch', { name: 'Virtual readers', checked: true });
		expect(descriptionOf(control)).toBe('For tests');
		await click(screen.getByText('Virtual readers'));
		expect(onChange).toHaveBeenCalledExactlyOnceWith(false);
	});
});
