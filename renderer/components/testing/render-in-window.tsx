import { signal } from '@preact/signals';
import { userEvent } from '@testing-library/user-event';
import { type ComponentChildren, render } from 'preact';
import { act } from 'preact/test-utils';
import { onTestFinished } from 'vitest';
import type { OperatorEvent } from '../../../src/operator/contract.ts';
import type { Language } from '../../../src/protocol/languages.ts';
import { FakeClock } from '../../../src/time/testing/fake-clock.ts';
import { OperatorStore } from '../../carriers/operator-store.ts';
import { FakeCarrier } from '../../carriers/testing/fake-carrier.ts';
import { Notifier } from '../../notifier.ts';
import type { Route } from '../../router.ts';
import { SettingsDraft } from '../../settings-draft.ts';
import { windowTextIn } from '../../text/window-text.ts';
import { WindowProvider, type WindowServices } from '../../window-context.ts';

export interface RenderOptions {
	/** State that arrives before the first rendering. */
	readonly events?: readonly OperatorEvent[];
	readonly route?: Route;
	readonly language?: Language;
}

/**
 * Renders components in `document.body` with the services of a window, until the test finishes. The returned functions wait until
 * everything that follows from them is rendered.
 */
export async function renderInWindow(children: ComponentChildren, options: RenderOptions = {}) {
	const { events = [], route = 'overview', language = 'en' } = options;
	const carrier = new FakeCarrier();
	const clock = new FakeClock();
	const store = new OperatorStore(carrier, (action) => action());
	for (const event of events) carrier.emit(event);
	const services: WindowServices = {
		store,
		text: signal(windowTextIn(language)),
		route: signal(route),
		notifier: new Notifier(clock),
		settingsDraft: new SettingsDraft(),
	};
	const root = document.createElement('div');
	document.body.append(root);
	const show = (content: ComponentChildren) =>
		act(() => render(<WindowProvider value={services}>{content}</WindowProvider>, root));
	onTestFinished(async () => {
		await show(null);
		root.remove();
	});
	await show(children);
	const user = userEvent.setup();
	return {
		carrier,
		services,
		/** Renders other content in the same window. */
		show,
		/** Changes the state outside the component. */
		change: (action: () => void) => act(action),
		advance: (ms: number) => act(() => clock.advance(ms)),
		click: (element: Element) => act(() => user.click(element)),
		type: (element: Element, text: string) => act(() => user.type(element, text)),
		choose: (element: Element, option: string) => act(() => user.selectOptions(element, option)),
		/** Presses keys in the syntax of user-event, such as `{Escape}`. */
		press: (keys: string) => act(() => user.keyboard(keys)),
	};
}
