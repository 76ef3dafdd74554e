// While one drags, what is far from the screen rests: painting a long page takes more of each frame than the figure does.
const FAR = 300; // px from the screen
const STILL = 2; // px that the figure may move by that: sizes are rounded
const TEXT = "p, ul, ol, dl, table, figure, details, pre, .cell, .admonition, .statement, .math";

/** Let blocks of the page rest that are far from the screen, until one lets go or scrolls. */
export function restAround(place) {
  const page = place.closest("article"), far = [], began = scrollY;
  const over = new AbortController(), { signal } = over;
  for (const block of page?.querySelectorAll(TEXT) ?? []) {
    if (block.contains(place) || block.parentElement.closest(TEXT)) continue;
    const { top, bottom, height } = block.getBoundingClientRect();
    if (height && (bottom < -FAR || top > innerHeight + FAR)) far.push([block, block.style.cssText, sizeInside(block)]);
  }
  const stands = () => place.getBoundingClientRect().top, before = stands();
  const wake = () => {
    over.abort();
    for (const [{ style }, kept] of far) style.cssText = kept;
  };
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, wake, { signal });
  addEventListener("scroll", () => Math.abs(scrollY - began) > FAR / 2 && wake(), { signal });
  for (const [{ style }, , size] of far) Object.assign(style, { contentVisibility: "hidden", containIntrinsicSize: size });
  if (Math.abs(stands() - before) > STILL) wake();
}

/** Width and height of what is in a block, without its edges. */
function sizeInside(block) {
  const { width, height } = block.getBoundingClientRect(), style = getComputedStyle(block);
  const edges = (sides) => sides.flatMap((side) => [`padding${side}`, `border${side}Width`]).reduce((sum, name) => sum + parseFloat(style[name]), 0);
  return `${width - edges(["Left", "Right"])}px ${height - edges(["Top", "Bottom"])}px`;
}
