import { Api } from './api.ts';
import { Clock } from './clock.ts';
import { NewsLine } from './news-line.ts';
import { PageModel } from './page-model.ts';
import { PageView } from './page-view.ts';
import { choose, chosenLoop, takeToken } from './session.ts';
import { listenForKeys } from './shortcuts.ts';

const WITHOUT_TOKEN =
  'This page needs the whole address that autoloop inspect printed: what follows the # is the key to your loops.';

/** All changes of a moment are shown at once, when the browser draws next. */
let isToBeShown = false;

function showSoon(): void {
  if (!isToBeShown) {
    isToBeShown = true;
    requestAnimationFrame(() => {
      isToBeShown = false;
      view.show(model);
    });
  }
}

const token = takeToken();
const api = new Api(token ?? '');
const model = new PageModel(() => {
  chooseFirst();
  showSoon();
});
const line = new NewsLine({
  api,
  told: (news) => model.hear(news),
  changed: (connection) => model.connect(connection),
});
const view = new PageView({
  steer: (loop, command) => api.steer(loop, command),
  readHistory: (loop) => api.history(loop),
  clock: new Clock(),
  changed: showSoon,
});

document.querySelector('#app')?.append(view.element);
window.addEventListener('hashchange', () => {
  // Another address that was printed, opened in the same tab.
  if (takeToken() === token) {
    look(chosenLoop());
  } else {
    location.reload();
  }
});
if (token === null) {
  view.refuse(WITHOUT_TOKEN);
} else {
  look(chosenLoop());
  void drawChart();
  listenForKeys({
    j: () => step(1),
    k: () => step(-1),
    p: () => ['pause' as const, 'resume' as const].forEach((command) => view.steering.ask(command)),
    w: () => view.steering.ask('skip-wait'),
    s: () => view.steering.ask('stop'),
    x: () => view.steering.ask('force-stop'),
    f: () => view.toggleFollowing(),
    h: () => void view.travel.toggle(),
    Escape: () => view.travel.leave(),
    1: () => view.tabs.open(0),
    2: () => view.tabs.open(1),
    3: () => view.tabs.open(2),
    '/': () => {
      view.tabs.open(1);
      view.events.filter.focus();
    },
    '?': () => view.help.showModal(),
  });
}

function look(loop: string | null): void {
  model.choose(loop);
  line.follow(loop);
}

/** Where none is chosen: one that runs, else any. */
function chooseFirst(): void {
  const { loops, choice } = model;
  const first = loops?.find(({ isRunning }) => isRunning) ?? loops?.[0];
  if (choice === null && first) {
    choose(first.loop);
    look(first.loop);
  }
}

function step(by: number): void {
  const loops = model.loops ?? [];
  const at = loops.findIndex(({ loop }) => loop === model.choice);
  const next = loops[(at + by + loops.length) % loops.length];
  if (next) {
    choose(next.loop);
    look(next.loop);
  }
}

async function drawChart(): Promise<void> {
  try {
    view.draw(await api.chart());
    showSoon();
  } catch {
    // Whoever tells the news tells what is wrong, too.
  }
}
