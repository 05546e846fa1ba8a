import { useSignal } from '@preact/signals';
import type { IssuedKey, KeyView } from '../../src/operator/contract.ts';
import { useNow } from '../components/actions/use-now.ts';
import { Button } from '../components/buttons/button.tsx';
import { EmptyState } from '../components/messages/empty-state.tsx';
import { ViewHeader } from '../components/view-header.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { IssuedKeyDialog } from './issued-key-dialog.tsx';
import { groupKeys } from './key-groups.ts';
import { KeyList } from './key-list.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';
import { RotateKeyDialog } from './rotate-key-dialog.tsx';

/** The open dialog. The secret of a new key exists only in `issued`. */
type OpenDialog =
	| { readonly kind: 'none' }
	| { readonly kind: 'create' }
	| { readonly kind: 'issued'; readonly issued: IssuedKey }
	| { readonly kind: 'revoke'; readonly apiKey: KeyView }
	| { readonly kind: 'rotate'; readonly apiKey: KeyView };

/** The API keys, with dialogs to create, rotate and revoke them. */
export function KeysView() {
	const { shell, keys: text } = useText();
	const keys = useOperatorStore().topics.keys.value;
	const dialog = useSignal<OpenDialog>({ kind: 'none' });
	const open = (next: OpenDialog) => {
		dialog.value = next;
	};
	const hasKeys = keys !== undefined && keys.length > 0;
	return (
		<>
			<ViewHeader
				title={shell.views.keys}
				lead={text.lead}
				actions={
					hasKeys && (
						<Button variant="primary" icon="plus" onClick={() => open({ kind: 'create' })}>
							{text.create}
						</Button>
					)
				}
			/>
			{keys && <KeyLists keys={keys} onOpen={open} />}
			<CurrentDialog dialog={dialog.value} onOpen={open} />
		</>
	);
}

interface DialogOpener {
	readonly onOpen: (dialog: OpenDialog) => void;
}

function KeyLists({ keys, onOpen }: { readonly keys: readonly KeyView[] } & DialogOpener) {
	const { keys: text } = useText();
	const { valid, inactive } = groupKeys(keys, useNow());
	const actions = {
		onRotate: (apiKey: KeyView) => onOpen({ kind: 'rotate', apiKey }),
		onRevoke: (apiKey: KeyView) => onOpen({ kind: 'revoke', apiKey }),
	};
	return (
		<>
			{valid.length > 0 && <KeyList label={text.listLabel} keys={valid} actions={actions} />}
			{keys.length === 0 && (
				<EmptyState
					icon="keys"
					title={text.emptyTitle}
					action={
						<Button variant="primary" icon="plus" onClick={() => onOpen({ kind: 'create' })}>
							{text.emptyAction}
						</Button>
					}
				>
					{text.emptyHelp}
				</EmptyState>
			)}
			{keys.length > 0 && valid.length === 0 && (
				<EmptyState icon="keys" title={text.noneValidTitle}>
					{text.noneValidHelp}
				</EmptyState>
			)}
			{inactive.length > 0 && (
				<details class="ended-keys">
					<summary>{text.inactive(inactive.length)}</summary>
					<KeyList label={text.inactiveLabel} keys={inactive} />
				</details>
			)}
		</>
	);
}

function CurrentDialog({ dialog, onOpen }: { readonly dialog: OpenDialog } & DialogOpener) {
	const close = () => onOpen({ kind: 'none' });
	const show = (issued: IssuedKey) => onOpen({ kind: 'issued', issued });
	switch (dialog.kind) {
		case 'none':
			return null;
		case 'create':
			return <NewKeyDialog onCancel={close} onIssued={show} />;
		case 'issued':
			return <IssuedKeyDialog issued={dialog.issued} onDone={close} />;
		case 'revoke':
			return <RevokeKeyDialog apiKey={dialog.apiKey} onClose={close} />;
		case 'rotate':
			return <RotateKeyDialog apiKey={dialog.apiKey} onCancel={close} onIssued={show} />;
	}
}
