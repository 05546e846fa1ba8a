import { useSignal } from '@preact/signals';
import type { SettingView } from '../../src/operator/contract.ts';
import { CopyableCode } from '../components/buttons/copyable-code.tsx';
import { Card } from '../components/card.tsx';
import { Banner } from '../components/messages/banner.tsx';
import { ProblemDetail } from '../components/messages/problem-banner.tsx';
import { ViewHeader } from '../components/view-header.tsx';
import { useOperatorStore, useText, useWindowServices } from '../window-context.ts';
import { SaveBar } from './save-bar.tsx';
import { groupSettings } from './setting-groups.ts';
import { SettingRow } from './setting-row.tsx';

/** Shows every setting of the service, the desktop app and this window by group. */
export function SettingsView() {
	const { shell, settings: text } = useText();
	const { topics } = useOperatorStore();
	const view = topics.settings.value;
	const isDesktop = topics.about.value?.isDesktop ?? false;
	const [advanced = [], usual = []] = [true, false].map((wanted) =>
		(view?.settings ?? []).filter(({ isAdvanced }) => isAdvanced === wanted),
	);
	return (
		<>
			<ViewHeader title={shell.views.settings} lead={text.lead} />
			{view?.problem && (
				<Banner tone="bad" title={text.unreadable}>
					<p>{text.unreadableHelp}</p>
					<ProblemDetail problem={view.problem} />
				</Banner>
			)}
			<GroupCards settings={usual} isDesktop={isDesktop} />
			{advanced.length > 0 && <AdvancedSettings settings={advanced} isDesktop={isDesktop} />}
			{view && (
				<p class="settings-file field-hint">
					{text.file} <CopyableCode text={view.file} what={text.fileName} />
				</p>
			)}
			<SaveBar settings={view?.settings ?? []} />
		</>
	);
}

interface SettingsProps {
	readonly settings: readonly SettingView[];
	readonly isDesktop: boolean;
}

function GroupCards({ settings, isDesktop }: SettingsProps) {
	const text = useText().settings;
	return groupSettings(settings, isDesktop).map(([group, ofGroup]) => (
		<Card key={group} title={text.groups[group]}>
			<div class="settings">
				{ofGroup.map((setting) => (
					<SettingRow key={setting.field} setting={setting} />
				))}
			</div>
		</Card>
	));
}

/** Shows the advanced settings in a section that opens on request, and for as long as one of them has an entry or an error. */
function AdvancedSettings(props: SettingsProps) {
	const { settings: text } = useText();
	const { settingsDraft: draft } = useWindowServices();
	const isOpened = useSignal(false);
	const needsAttention = props.settings.some(
		(setting) => draft.entryFor(setting) !== undefined || draft.fieldErrors.value.has(setting.field),
	);
	return (
		<details
			class="advanced-settings"
			open={isOpened.value || needsAttention}
			onToggle={(event) => {
				isOpened.value = event.currentTarget.open;
			}}
		>
			<summary>
				{text.advanced} <span class="field-hint">{text.advancedHelp}</span>
			</summary>
			<GroupCards {...props} />
		</details>
	);
}
