import type { IssuedKey } from '../../src/operator/contract.ts';
import { Button } from '../components/buttons/button.tsx';
import { CopyButton } from '../components/buttons/copy-button.tsx';
import { Dialog } from '../components/dialogs/dialog.tsx';
import { Banner } from '../components/messages/banner.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { pageAddress } from './page-snippet/page-address.ts';
import { pageSnippet } from './page-snippet/page-snippet.ts';

export interface IssuedKeyDialogProps {
	readonly issued: IssuedKey;
	/** Called when the operator has copied the key. The window keeps no copy. */
	readonly onDone: () => void;
}

/** Shows a new key once, with an example page. Escape does not close the dialog, because the key would be lost. */
export function IssuedKeyDialog({ issued, onDone }: IssuedKeyDialogProps) {
	const { issued: text } = useText().keys;
	const { service, settings } = useOperatorStore().topics;
	const snippet = pageSnippet({ address: pageAddress(service.value, settings.value), apiKey: issued.secret });
	return (
		<Dialog title={text.title(issued.key.name)} actions={<Button onClick={onDone}>{text.done}</Button>}>
			<Banner tone="warning" title={text.onceTitle}>
				<p>{text.onceHelp}</p>
			</Banner>
			<div class="key-secret">
				<code dir="ltr">{issued.secret}</code>
				<CopyButton text={issued.secret} what={text.key} variant="primary" />
			</div>
			<section class="key-snippet" aria-labelledby="key-snippet-title">
				<div class="key-snippet-header">
					<h3 id="key-snippet-title">{text.snippetTitle}</h3>
					<CopyButton text={snippet} what={text.snippet} />
				</div>
				<p class="field-hint">{text.snippetHelp}</p>
				<textarea
					class="input input-code"
					rows={9}
					dir="ltr"
					lang="en"
					wrap="off"
					spellcheck={false}
					readOnly
					aria-labelledby="key-snippet-title"
					value={snippet}
				/>
			</section>
		</Dialog>
	);
}
