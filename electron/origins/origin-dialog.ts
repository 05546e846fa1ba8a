import { dialog, type MessageBoxOptions } from 'electron';
import type { OriginDecision } from '../../src/operator/contract.ts';
import { systemClock } from '../../src/time/clock.ts';
import { type DesktopContext, perform } from '../app/desktop-context.ts';
import type { OperatorWindow } from '../window/operator-window.ts';
import { OriginQuestions } from './origin-questions.ts';

/** In the order of the buttons; the last one is what Escape means. */
const ANSWERS: readonly (OriginDecision | undefined)[] = ['allow', 'block', undefined];

/** Ask the operator about each new web origin, over the window if it can be seen. @returns takes the question back */
export function setupOriginDialog(shell: DesktopContext, window: OperatorWindow): () => void {
	const questions = new OriginQuestions({
		clock: systemClock,
		ask: (origin, signal) => ask(shell, window, origin, signal),
		decide: (origin, decision) => perform(shell, 'origin:decide', { origin, decision }),
	});
	shell.topics.watch(['origins'], () => {
		const { pending, allowed, blocked } = shell.topics.get('origins') ?? { pending: [], allowed: [], blocked: [] };
		questions.update(
			pending.map(({ origin }) => origin),
			[...allowed, ...blocked],
		);
	});
	return () => questions.close();
}

async function ask(
	{ text, logger }: DesktopContext,
	window: OperatorWindow,
	origin: string,
	signal: AbortSignal,
): Promise<OriginDecision | undefined> {
	const { appName, originQuestion, originDetail, allow, block, notNow } = text();
	const options: MessageBoxOptions = {
		type: 'question',
		title: appName,
		message: originQuestion(origin),
		detail: originDetail,
		buttons: [allow, block, notNow],
		// Whoever presses Enter in another program when the question comes up must not have answered it.
		defaultId: ANSWERS.indexOf(undefined),
		cancelId: ANSWERS.indexOf(undefined),
		noLink: true,
		signal,
	};
	const parent = window.visible;
	try {
		const { response } = await (parent === undefined
			? dialog.showMessageBox(options)
			: dialog.showMessageBox(parent, options));
		return ANSWERS[response];
	} catch (error) {
		logger.warn('The question about an origin could not be asked', { origin, error });
		return undefined;
	}
}
