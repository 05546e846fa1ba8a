import { describeReaderContract } from '../../reader-contract.ts';
import { BRIDGES, type BridgeName } from './bridges/bridges.ts';
import { silence } from './ef01-disturbances.ts';
import { SimulatedReader } from './simulated-reader.ts';

const PICTURE = { width: 256, height: 288, dpi: 500, data: new Uint8Array(256 * 288).fill(0x5a) };

for (const bridge of Object.keys(BRIDGES) as BridgeName[]) {
	describeReaderContract(`HidReader behind ${bridge}`, async () => {
		const rig = new SimulatedReader({ bridge });
		return {
			reader: rig.reader,
			touch: async () => {
				rig.module.putDown(PICTURE);
				await rig.pass(200);
			},
			lift: async () => {
				rig.module.lift();
				await rig.pass(200);
			},
			unplug: async () => rig.unplug(),
			fault: async () => {
				rig.module.disturb('any', silence);
				await rig.pass(10_000);
				rig.module.mend();
				return 'DEVICE_TIMEOUT';
			},
		};
	});
}
