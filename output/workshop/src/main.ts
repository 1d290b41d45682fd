import engineBytes from "virtual:engine";
import { App } from "./app";
import { fromBase64 } from "./base64";
import { h } from "./dom";
import { Engine } from "./engine/module";
import { Pool } from "./engine/pool";
import { History } from "./history";
import { setLanguage, t } from "./language";
import { inOrder, orderOf } from "./orders";
import { readContents } from "./scenario";
import { fragmentOf, stateOf } from "./share";
import { Store, type State } from "./state";
import "./style/base.css";
import "./style/header.css";
import "./style/pictures.css";
import "./style/levers.css";
import "./style/months.css";
import "./style/room.css";
import "./style/survey.css";
import "./style/breakout.css";
import "./style/time.css";
import "./style/narrow.css";
import "./style/paper.css";

const root = document.getElementById("page")!;

function say(text: string): void {
  root.replaceChildren(h("p", { class: "wait", role: "status" }, text));
}

async function start(): Promise<void> {
  const [contents, module] = await Promise.all([readContents(), WebAssembly.compile(fromBase64(engineBytes))]);
  const store = new Store(stateOf(contents, location.hash)), history = new History(store);
  const engine = new Engine(module), pool = new Pool(module, say);
  let app: App | null = null;

  let turn = 0;
  async function open(state: State): Promise<void> {
    const mine = ++turn;
    setLanguage(state.language);
    document.title = contents.scenarios[state.scenario].title;
    app?.close();
    app = null;
    if (!root.hasChildNodes()) say(t("page.wait"));
    const places = await pool.open(inOrder(contents.scenarios[state.scenario], state.settings));
    if (mine !== turn) return;
    app = new App(contents, store, history, pool, engine, places);
    const focused = document.activeElement?.id;
    root.replaceChildren(app.element);
    if (focused) document.getElementById(focused)?.focus();
    app.update(store.now, null);
  }

  store.listen((now, before) => {
    window.history.replaceState(null, "", fragmentOf(contents, now));
    const isReordered = orderOf(contents.scenarios[now.scenario], now.settings) !== orderOf(contents.scenarios[before.scenario], before.settings);
    if (now.scenario !== before.scenario || now.language !== before.language || isReordered) void open(now);
    else app?.update(now, before);
  });
  window.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) history.redo();
    else history.undo();
  });
  window.addEventListener("beforeprint", () => {
    app?.showAll();
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details.plan")) details.open = true;
  });
  window.addEventListener("hashchange", () => store.change(stateOf(contents, location.hash)));
  window.history.replaceState(null, "", fragmentOf(contents, store.now));
  await open(store.now);
}

start().catch((error) => say(String(error)));
