import type { TraceBuilder } from "../../model/builder.ts";
import type { Place } from "../../model/trace.ts";
import { ChosenLayers } from "./chosenLayers.ts";
import { Fronts } from "./fronts.ts";
import { LocalDevices } from "./localDevices.ts";
import { NbdExports } from "./nbdExports.ts";
import { Nodes } from "./nodes.ts";
import { noteGaps } from "./notes.ts";
import { NvmeNamespaces } from "./nvmeNamespaces.ts";
import { Requests } from "./requests.ts";
import { ScsiCommands } from "./scsiCommands.ts";

/** What the events of one trace are read into. */
export class QemuTrace {
  readonly devices = new LocalDevices();
  readonly nodes = new Nodes(this.devices);
  readonly fronts = new Fronts(this.devices);
  readonly layers: ChosenLayers;
  readonly requests: Requests;
  readonly scsi: ScsiCommands;
  readonly nvme: NvmeNamespaces;
  readonly nbdExports: NbdExports;
  /** Completions of virtio-blk requests that no event shows when they begin. */
  virtioBlkUnseen = 0;
  /** The last write of zeroes at a node, which its write event repeats. */
  readonly zeroes = { node: -1, offsetBytes: 0, lengthBytes: 0 };
  readonly #out: TraceBuilder;

  constructor(out: TraceBuilder, layer: string | undefined) {
    this.#out = out;
    this.layers = new ChosenLayers(out, this.devices, layer);
    this.requests = new Requests(this.layers);
    this.scsi = new ScsiCommands(this.requests, this.devices, this.fronts);
    this.nvme = new NvmeNamespaces(this.devices);
    this.nbdExports = new NbdExports(this.requests, this.devices, this.fronts);
  }

  finish(place: Place): void {
    this.scsi.finish();
    this.nbdExports.settle();
    this.layers.finish(place);
    this.requests.finish(this.#out);
    noteGaps(this, this.#out);
    this.devices.nameIn(this.#out);
  }
}
