import engineBytes from "virtual:engine";
import { App } from "./app";
import { fromBase64 } from "./base64";
import { h } from "./dom";
import { Aside } from "./engine/aside";
import { Engine } from "./engine/module";
import { Pool } from "./engine/pool";
import { History } from "./history";
import { rememberAll } from "./memory";
import { setLanguage, t } from "./language";
import { inOrder, orderOf } from "./orders";
import { readContents } from "./scenario";
import { readSession, sessionText } from "./session";
import { fragmentOf, stateOf } from "./share";
import { Store, type State } from "./state";
import { openDropped, type SessionActions } from "./views/session";
import "./style/base.css";
import "./style/header.css";
import "./style/pictures.css";
import "./style/levers.css";
import "./style/months.css";
import "./style/room.css";
import "./style/survey.css";
import "./style/breakout.css";
import "./style/qr.css";
import "./style/session.css";
import "./style/story.css";
import "./style/time.css";
import "./style/network.css";
import "./style/compare.css";
import "./style/replay.css";
import "./style/narrow.css";
import "./style/paper.css";
import "./style/handout.css";

const ADDRESS_AFTER = 150; // milliseconds without a change: browsers take time over each, and allow only so many

const root = document.getElementById("page")!;

function say(text: string): void {
  root.replaceChildren(h("p", { class: "wait", role: "status" }, text));
}

async function start(): Promise<void> {
  const module = WebAssembly.compile(fromBase64(engineBytes)), pool = new Pool(module, say);
  const contents = await readContents(), engine = new Engine(await module), aside = new Aside(module, engine, say);
  const store = new Store(stateOf(contents, location.hash)), history = new History(store);
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
    app = new App(contents, store, history, { pool, aside, engine }, places, session);
    const focused = document.activeElement?.id;
    root.replaceChildren(app.element);
    if (focused) document.getElementById(focused)?.focus();
    app.update(store.now, null);
  }

  const session: SessionActions = {
    name: () => contents.scenarios[store.now.scenario].name,
    text: () => sessionText(contents, store.now),
    onOpen: (text) => {
      const { state, room, isSame } = readSession(contents, text), { scenario, language } = store.now;
      rememberAll(room);
      store.change(state);
      // What the room has said is read where the page is made.
      if (state.scenario === scenario && state.language === language) void open(state);
      return isSame;
    },
  };
  openDropped(session);
  let writing = 0;
  const writeAddress = () => window.history.replaceState(null, "", fragmentOf(contents, store.now));
  store.listen((now, before) => {
    const isReordered = orderOf(contents.scenarios[now.scenario], now.settings) !== orderOf(contents.scenarios[before.scenario], before.settings);
    if (now.scenario !== before.scenario || now.language !== before.language || isReordered) void open(now);
    else app?.update(now, before);
    clearTimeout(writing);
    writing = window.setTimeout(writeAddress, ADDRESS_AFTER);
  });
  window.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) history.redo();
    else history.undo();
  });
  window.addEventListener("beforeprint", () => {
    app?.layOut();
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details.plan")) details.open = true;
  });
  window.addEventListener("hashchange", () => store.change(stateOf(contents, location.hash)));
  writeAddress();
  await open(store.now);
}

start().catch((error) => say(String(error)));
