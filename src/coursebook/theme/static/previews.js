// What a reference leads to, shown beside it while the pointer or the keyboard is on it. The boxes were made when the
// book was built; those of a page are one script, loaded when a reader first rests on a reference to it.
window.previews = {};
(() => {
  const REST = 200, LEAVE = 250; // milliseconds
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const bubble = Object.assign(document.createElement("div"), { id: "preview", hidden: true });
  const loading = new Map();
  let wanted, shown, timer;

  bubble.setAttribute("role", "tooltip");
  document.querySelector("main").append(bubble);

  function load(page) {
    if (!loading.has(page))
      loading.set(page, new Promise((done) => {
        const script = document.createElement("script");
        script.onload = script.onerror = () => done(previews[page] ?? {});
        script.src = `${root.href}_static/previews/${page}.js`;
        document.head.append(script);
      }));
    return loading.get(page);
  }

  /** Where a link leads within the book: [page, place]; nothing for all other links. */
  function target(link) {
    const url = new URL(link.href.baseVal ?? link.href, location.href);
    const page = decodeURIComponent(url.pathname.slice(root.pathname.length));
    const inBook = url.protocol === root.protocol && url.host === root.host && url.pathname.startsWith(root.pathname);
    return inBook && url.hash && page.endsWith(".html") ? [page, decodeURIComponent(url.hash.slice(1))] : null;
  }

  /** The reference that an event is about. */
  function reference(event) {
    const link = event.target.closest?.("main a[href]");
    return link && !link.matches(".headerlink, .state") && target(link) ? link : null;
  }

  async function show(link) {
    wanted = link;
    const [page, place] = target(link);
    const box = (await load(page))[place];
    if (!box || wanted !== link) return;
    hide();
    bubble.innerHTML = box;
    bubble.hidden = false;
    bubble.querySelectorAll(".katex-display, .equalities").forEach(fit);
    put(link);
    shown = wanted = link;
    link.setAttribute("aria-describedby", bubble.id);
  }

  /** Nobody can scroll what goes when the pointer leaves: a wide formula is smaller instead. */
  function fit(formula) {
    if (formula.scrollWidth > formula.clientWidth) formula.style.zoom = formula.clientWidth / formula.scrollWidth;
  }

  /** Below the reference or, where there is no room, above it; never wider than the window. */
  function put(link) {
    const { left } = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const { top, bottom } = link.getBoundingClientRect(); // of all its lines
    const { width, height } = bubble.getBoundingClientRect();
    const room = document.documentElement.clientWidth - width - 16;
    const below = bottom + 6 + height <= innerHeight || top < height + 6;
    const origin = bubble.offsetParent.getBoundingClientRect();
    bubble.style.left = `${Math.max(16, Math.min(left, room)) - origin.left}px`;
    bubble.style.top = `${(below ? bottom + 6 : top - height - 6) - origin.top}px`;
  }

  function hide() {
    shown?.removeAttribute("aria-describedby");
    bubble.hidden = true;
    shown = wanted = null;
  }

  function soon(action, delay) {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  }

  addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return; // a tap follows the link
    const link = reference(event);
    if (link) link === shown ? clearTimeout(timer) : soon(() => show(link), REST);
    else if (bubble.contains(event.target)) clearTimeout(timer);
    else if (document.activeElement !== shown) soon(hide, LEAVE);
  });
  addEventListener("focusin", (event) => {
    const link = reference(event);
    if (link?.matches(":focus-visible")) show(link);
    else hide();
  });
  addEventListener("focusout", hide);
  addEventListener("scrollend", () => shown && put(shown)); // the keyboard brought it into view
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();
