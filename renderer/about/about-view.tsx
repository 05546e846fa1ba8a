import { CopyableCode } from '../components/buttons/copyable-code.tsx';
import { Card } from '../components/card.tsx';
import { DetailList } from '../components/detail-list.tsx';
import { ViewHeader } from '../components/view-header.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { SupportCard } from './support-card.tsx';

/** The protocol documentation, in the source repository. */
const PROTOCOL_README = 'src/protocol/README.md';

/** The version, the folders, and how to get help. */
export function AboutView() {
	const { shell, about } = useText();
	return (
		<>
			<ViewHeader title={shell.views.about} lead={about.lead} />
			<ProgramCard />
			<FoldersCard />
			<SupportCard />
			<Card title={about.documentation}>
				<p>
					{about.documentationHelp} <code dir="ltr">{PROTOCOL_README}</code>
				</p>
			</Card>
		</>
	);
}

function ProgramCard() {
	const { about } = useText();
	const program = useOperatorStore().topics.about.value;
	if (program === undefined) return null;
	return (
		<Card title={about.program}>
			<DetailList
				details={[
					{ name: about.version, value: program.version },
					{ name: about.platform, value: program.platform },
					{ name: about.runtime, value: program.runtime },
					{ name: about.licence, value: about.licenceMit },
				]}
			/>
		</Card>
	);
}

function FoldersCard() {
	const { about } = useText();
	const program = useOperatorStore().topics.about.value;
	if (program === undefined) return null;
	return (
		<Card title={about.folders} help={about.foldersHelp}>
			<DetailList
				details={[
					{ name: about.dataDir, value: <CopyableCode text={program.dataDir} what={about.dataDir} /> },
					{ name: about.logsDir, value: <CopyableCode text={program.logsDir} what={about.logsDir} /> },
				]}
			/>
		</Card>
	);
}
