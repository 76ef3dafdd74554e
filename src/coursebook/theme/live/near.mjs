// Loads the script of a kind of figure when one of them comes near, or when the address asks for it.
const home = document.currentScript.src, asked = new Set();

function load(place) {
  const { live } = place.dataset;
  if (asked.has(live)) return;
  asked.add(live);
  const script = document.createElement("script");
  script.src = new URL(`live-${live}.js`, home);
  document.head.append(script);
}
const near = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => load(one.target)), { rootMargin: "1000px" });
const places = [...document.querySelectorAll("figure.live")];
const wanted = () => places.filter(({ id }) => location.hash.startsWith(`#${id}?`)).forEach(load);
places.forEach((place) => near.observe(place));
addEventListener("hashchange", wanted);
wanted();
