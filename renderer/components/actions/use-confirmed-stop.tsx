import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useOperatorStore, useText } from '../../window-context.ts';
import { InterruptionDialog, useInterruption } from '../dialogs/interruption-dialog.tsx';
import type { ServiceActions } from './service-actions.ts';
import type { Action } from './use-action.ts';

/** Stop and restart buttons that ask first if they interrupt a client or a scan. */
export interface ConfirmedStop {
	readonly stop: () => void;
	readonly restart: () => void;
	/** The question, to be rendered beside the buttons. */
	readonly dialog: ComponentChildren;
}

type Question = 'stop' | 'restart';

/** Returns the actions of stop and restart buttons. Clients connect again after a restart, so only a scan is worth a question then. */
export function useConfirmedStop(actions: Pick<ServiceActions, Question>): ConfirmedStop {
	const { shell } = useText();
	const { connections, scans } = useInterruption();
	const isRunning = useOperatorStore().topics.service.value?.phase === 'running';
	const question = useSignal<Question | undefined>(undefined);
	const close = () => {
		question.value = undefined;
	};
	useEffect(() => {
		if (!isRunning) question.value = undefined;
	}, [isRunning, question]);
	const askOrRun = (name: Question, isInterrupting: boolean) => {
		if (isInterrupting) question.value = name;
		else actions[name].run();
	};
	const texts = {
		stop: { title: shell.stopTitle, confirm: shell.stop },
		restart: { title: shell.restartTitle, confirm: shell.restart },
	};
	const asked = question.value;
	const action: Action<[]> | undefined = asked && actions[asked];
	return {
		stop: () => askOrRun('stop', connections > 0 || scans > 0),
		restart: () => askOrRun('restart', scans > 0),
		dialog: asked && action && isRunning && <InterruptionDialog {...texts[asked]} action={action} onCancel={close} />,
	};
}
