import { dialog, type MessageBoxOptions } from 'electron';
import type { OriginDecision } from '../../src/operator/contract.ts';
import { systemClock } from '../../src/time/clock.ts';
import { callOperation, type DesktopContext } from '../app/desktop-context.ts';
import type { OperatorWindow } from '../window/operator-window.ts';
import { OriginQuestions } from './origin-questions.ts';

/** The answers in the order of the buttons. `undefined` means "not now", which is also the answer for Escape. */
const ANSWERS: readonly (OriginDecision | undefined)[] = ['allow', 'block', undefined];

/**
 * Asks the operator about each new web origin, in a dialog that belongs to the window when the window is visible.
 *
 * @returns a function that closes the open dialog and prevents further ones
 */
export function setupOriginDialog(context: DesktopContext, window: OperatorWindow): () => void {
	const questions = new OriginQuestions({
		clock: systemClock,
		ask: (origin, signal) => ask(context, window, origin, signal),
		decide: (origin, decision) => callOperation(context, 'origin:decide', { origin, decision }),
	});
	context.topics.watch(['origins'], () => {
		const { pending, allowed, blocked } = context.topics.get('origins') ?? { pending: [], allowed: [], blocked: [] };
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
		// Enter means "not now", because the dialog may appear while the operator is typing in another program.
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
		logger.warn('The dialog about a web origin could not be shown', { origin, error });
		return undefined;
	}
}
