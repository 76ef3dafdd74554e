// A figure in the page: what is moved, the question before it, steps, the address, and the state in words.
import { address, fromAddress } from "./address.mjs";
import { answered, ready, shown, truth } from "./figure.mjs";
import { clamp, fixed } from "./plot.mjs";
import { restAround } from "./rest.mjs";
import { fill } from "./tree.mjs";

const NEAR = 0.1; // of the range of a slider: a guess as near as that is called near
const PLAYING = 6000, REST = 400; // milliseconds: for all steps, and until what has changed is said
const READ = 100; // milliseconds: nobody reads numbers faster, and to lay them out takes longer than to draw

/** Make `figure` move in each place of its kind. */
export function start(kind, figure) {
  if (typeof document === "undefined") return figure;
  for (const place of document.querySelectorAll(`figure.live[data-live="${kind}"]`)) {
    paintedApart(place);
    live(place, figure);
  }
  return figure;
}

/** What stands around a figure is painted by itself, so that a figure that moves does not have the page painted anew. */
function paintedApart(place) {
  for (let around = place.parentElement; around?.matches("section"); around = around.parentElement) around.classList.add("around-live");
}

function live(place, figure) {
  const data = JSON.parse(place.querySelector("script").textContent), model = ready(data.statements), { id } = place;
  const find = (selector) => place.querySelector(selector), all = (selector) => [...place.querySelectorAll(selector)];
  const stage = find(".stage"), says = find(".says"), spoken = find(".spoken"), ask = find(".ask"), play = find("[data-do=play]");
  const sliders = Object.fromEntries(all("input[type=range]").map((input) => [input.dataset.key, input]));
  const choices = (key) => all(`input[type=radio][data-key="${key}"]`);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let state = structuredClone(data.state), drawn, asked = false, waiting, playing, read = -Infinity, behind;

  // ---------------------------------------------------------------- showing
  const digits = ({ step }) => step.split(".")[1]?.length ?? 0;
  /** The picture at once; tables and words that were written just now follow soon. */
  function show() {
    asked = false;
    const { trees, texts, said, numbers } = shown(figure, data, state, model), early = performance.now() - read < READ;
    drawn = numbers;
    clearTimeout(behind);
    fill(stage, trees, early && "table");
    for (const [key, input] of Object.entries(sliders)) input.value = state[key];
    for (const key of Object.keys(state)) for (const input of choices(key)) input.checked = input.value === state[key];
    if (early) behind = setTimeout(show, READ); // where no frame comes after this one
    else write(said("says"));
    return texts;
  }
  function write(words) {
    read = performance.now();
    for (const [key, input] of Object.entries(sliders)) {
      const text = fixed(state[key], digits(input));
      if (text === input.getAttribute("aria-valuetext")) continue; // what is written anew is laid out anew
      input.setAttribute("aria-valuetext", text);
      input.closest(".range").querySelector("output").textContent = text;
    }
    if (says.textContent !== words) says.textContent = words;
    clearTimeout(waiting);
    if (place.classList.contains("answered")) waiting = setTimeout(() => (spoken.textContent = words), REST); // before, it would tell the answer
  }
  const redraw = () => { if (!asked) requestAnimationFrame(show); asked = true; };
  let writing;
  function change(changes) {
    Object.assign(state, changes);
    redraw();
    clearTimeout(writing);
    writing = setTimeout(() => history.replaceState(history.state, "", address(id, state)), REST);
  }

  // ---------------------------------------------------------------- sliders, choices, points
  /** A value as a slider takes it: in its range, on one of its steps. */
  function settled(slider, value) {
    slider.value = value;
    return +slider.value;
  }
  let before;
  place.addEventListener("pointerdown", ({ target }) => {
    if (target.type === "range") before = +target.value;
    if (target.closest("input[type=range], [data-handle]")) restAround(place);
  });
  place.addEventListener("pointercancel", ({ target }) => { if (target.type === "range") change({ [target.dataset.key]: before }); }); // the finger scrolls the page
  place.addEventListener("input", ({ target }) => {
    const { key } = target.dataset;
    if (!key) return;
    stop();
    change({ [key]: target.type === "radio" ? target.value : +target.value });
  });
  const range = (key) => data.points[key];
  const held = (key, [u, v]) => [clamp(u, range(key)[0], range(key)[1]), clamp(v, range(key)[2], range(key)[3])];
  const allowed = (key, value) => {
    if (key in sliders) return figure.step && sliders[key].step % 1 ? clamp(value, +sliders[key].min, +sliders[key].max) : settled(sliders[key], value); // a step may end between
    if (key in data.points) return held(key, value);
    return choices(key).some((input) => input.value === value) ? value : data.state[key];
  };
  // A finger on a point moves it and not the page; browsers heed no touch-action inside a drawing.
  stage.addEventListener("touchstart", (event) => { if (event.target.closest("[data-handle]")) event.preventDefault(); }, { passive: false });
  stage.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle) return;
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    event.preventDefault();
    stop();
  });
  stage.addEventListener("pointermove", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle?.hasPointerCapture(event.pointerId)) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(handle.ownerSVGElement.getScreenCTM().inverse());
    const [left, right, bottom, top, across, down, width, height] = handle.dataset.box.split(" ").map(Number);
    const key = handle.dataset.handle;
    change({ [key]: held(key, [left + ((x - across) / width) * (right - left), top - ((y - down) / height) * (top - bottom)]) });
  });
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  stage.addEventListener("keydown", (event) => {
    const key = event.target.dataset?.handle, way = WAYS[event.key];
    if (!key || !way) return;
    event.preventDefault();
    stop();
    const far = range(key)[4] * (event.shiftKey ? 5 : 1), [u, v] = state[key];
    change({ [key]: held(key, [u + far * way[0], v + far * way[1]]) });
  });

  // ---------------------------------------------------------------- steps
  /** The state after one step more, or undefined at the end. */
  function next(way = 1) {
    if (figure.step) return way > 0 ? figure.step(drawn, state) : undefined;
    const input = sliders[data.play], value = state[data.play] + way * input.step;
    return value > +input.max + 1e-9 || value < +input.min - 1e-9 ? undefined : { [data.play]: +value.toFixed(6) };
  }
  function stop() {
    if (!playing) return;
    clearInterval(playing);
    playing = undefined;
    play.textContent = play.dataset.play;
  }
  function step(way) {
    if (asked) show();
    const changes = next(way);
    if (changes) change(changes);
    return Boolean(changes);
  }
  const steps = figure.steps ?? (sliders[data.play].max - sliders[data.play].min) / sliders[data.play].step;
  const reset = () => change(structuredClone(data.state));
  const actions = {
    step: () => { stop(); step(1); },
    play: () => {
      if (playing) return stop();
      if (asked) show();
      if (!next() && !figure.step) change({ [data.play]: +sliders[data.play].min });
      if (still.matches) { for (let left = steps; left > 0 && step(1); left--); return; }
      let left = steps;
      playing = setInterval(() => { if (!(left-- > 0) || !step(1)) stop(); }, clamp(PLAYING / steps, 40, 500));
      play.textContent = play.dataset.pause;
    },
    reset: () => { stop(); reset(); },
  };
  place.addEventListener("click", ({ target }) => actions[target.closest("button")?.dataset.do]?.());

  // ---------------------------------------------------------------- the question
  const guesses = all(".ask [name]"), ready_ = find("[data-do=guess]"), verdict = find(".verdict");
  const guess = () => (data.guess ? state[data.guess] : guesses.find((input) => input.checked)?.value);
  /** How a guess is called: right or not, or near, below or above what a slider should have been set to. */
  function called(mine, right) {
    if (!data.guess) return mine === right ? "right" : "wrong";
    const { min, max } = sliders[data.guess];
    return Math.abs(mine - right) < NEAR * (max - min) ? "near" : mine < right ? "below" : "above";
  }
  /** From now on all is shown, and the slider that was the guess stands with the others. */
  function open() {
    place.classList.add("answered");
    if (data.guess) find(".controls").prepend(sliders[data.guess].closest(".range"));
  }
  function answer(mine) {
    const then = answered(figure, data, state, model), found = mine === undefined ? "" : called(mine, truth(figure, data, state, model));
    change(found && data.guess ? { ...then, [data.guess]: mine } : then);
    open();
    const texts = show();
    find(".found").textContent = found && `${verdict.dataset[found]} `;
    for (const output of all(".verdict [data-of]")) output.textContent = texts[output.dataset.of];
    for (const input of guesses) input.disabled = true;
    verdict.focus({ preventScroll: true });
  }
  Object.assign(actions, { guess: () => answer(guess()), skip: () => answer() });
  for (const input of guesses) input.addEventListener("change", () => (ready_.disabled = false));

  // ---------------------------------------------------------------- from the address
  function arrive() {
    const given = fromAddress(location.hash, id, data.state, allowed);
    if (!given) return false;
    stop();
    state = given;
    ask.hidden = true;
    open();
    show();
    place.scrollIntoView();
    return true;
  }
  addEventListener("hashchange", arrive);
  if (!arrive()) show();
  place.dataset.ready = "";
}
