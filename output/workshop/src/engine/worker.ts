// One worker: an engine that runs one batch after the other, and stops between months when told to.
import type { Driven, FromWorker, Order, ToWorker } from "./messages";
import { Engine, SettingError } from "./module";

const MONTHS_AT_ONCE = 2;
const TURN = 5; // milliseconds between two looks at what was said

let engine: Engine;
let model: Driven;
let job = -1;
let stopped = false;

const say = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer });

// Lets messages in that have arrived meanwhile.
const channel = new MessageChannel();
const breathe = () =>
  new Promise<void>((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(0);
  });

// True once the batch is done.
function work(): boolean {
  const begin = performance.now();
  while (performance.now() - begin < TURN) if (engine.advance(MONTHS_AT_ONCE)) return true;
  return false;
}

async function run(order: Order): Promise<void> {
  stopped = false;
  if (order.job !== job) engine.set(order.settings, model);
  job = order.job;
  engine.start(BigInt(order.seed), order.batch.first, order.batch.num, order.hash);
  while (!work()) {
    await breathe();
    if (stopped) return say({ kind: "stopped" });
  }
  const measures = order.hash ? new Float64Array() : engine.measures(), stages = order.hash ? new Uint8Array() : engine.stages();
  const reached = order.hash ? new Uint16Array() : engine.reached();
  const flows = order.hash ? new Float32Array() : engine.flows(model.flows.length), hashes = engine.hashes();
  say({ kind: "done", result: { job, batch: order.batch, measures, stages, reached, flows, hashes } }, [measures.buffer, stages.buffer, reached.buffer, flows.buffer, hashes.buffer]);
}

function begin(of: Engine, driven: Driven): void {
  engine = of;
  model = driven;
  job = -1;
}

async function answer(message: ToWorker): Promise<void> {
  if (message.kind === "open") {
    begin(new Engine(message.module), message.model);
    engine.open(message.text, message.waves);
    const memory = engine.memory();
    say({ kind: "opened", opening: message.opening, places: engine.places(model.levers.length), memory }, [memory]);
  } else if (message.kind === "copy") {
    begin(new Engine(message.module, message.memory), message.model);
    say({ kind: "copied" });
  } else if (message.kind === "run") await run(message.order);
}

async function answerOrSay(message: ToWorker): Promise<void> {
  try {
    await answer(message);
  } catch (error) {
    if (error instanceof SettingError && message.kind === "run") say({ kind: "refused", job: message.order.job, name: error.message });
    else say({ kind: "failed", message: String(error) });
  }
}

// One after the other; a stop is heard at once.
let queue = Promise.resolve();
self.onmessage = (event: MessageEvent<ToWorker>) => {
  if (event.data.kind === "stop") stopped = true;
  else queue = queue.then(() => answerOrSay(event.data));
};
