import { useOperatorStore, useText } from '../../window-context.ts';
import type { Action } from '../actions/use-action.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

export interface InterruptionDialogProps {
	/** A question. */
	readonly title: string;
	/** The action as a verb, such as "Stop". */
	readonly confirm: string;
	/** Stops the service. */
	readonly action: Action<[]>;
	readonly onCancel: () => void;
}

/** Asks before the service is stopped, and names what that interrupts. The caller closes it when the service is no longer running. */
export function InterruptionDialog(props: InterruptionDialogProps) {
	const { shell } = useText();
	const { connections, scans } = useInterruption();
	const effects = [
		...(connections > 0 ? [shell.endsConnections(connections)] : []),
		...(scans > 0 ? [shell.endsScans(scans)] : []),
	];
	return <ConfirmDialog {...props}>{effects.join(' ') || shell.endsNothing}</ConfirmDialog>;
}

/** Returns the number of clients and scans that a stop of the service would interrupt. */
export function useInterruption(): { readonly connections: number; readonly scans: number } {
	const { connections, readers } = useOperatorStore().topics;
	return {
		connections: connections.value?.length ?? 0,
		scans: readers.value?.filter(({ status }) => status === 'busy').length ?? 0,
	};
}
