// A picture as data: [tag, attributes, ...children], which becomes text in the build and elements in the page.

const SVG = "http://www.w3.org/2000/svg";
const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt()};`);
const stands = (value) => value !== undefined && value !== false && value !== null;

/** The markup of a tree. */
export function written(tree) {
  if (!Array.isArray(tree)) return escaped(tree);
  const [tag, attributes, ...children] = tree;
  const named = Object.entries(attributes).filter(([, value]) => stands(value)).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<${tag}${named.join("")}>${children.map(written).join("")}</${tag}>`;
}

const last = new WeakMap(); // what an element that is there was made from: quicker to compare with than the element itself

/**
 * Make the children of an element those of the trees; what is there already stays, so that a hand that drags keeps its hold.
 * Elements of the tag `kept` that are there are left as they are.
 */
export function fill(element, trees, kept) {
  trees.forEach((tree, k) => {
    const there = element.childNodes[k], fits = there && there.nodeName.toLowerCase() === (Array.isArray(tree) ? tree[0].toLowerCase() : "#text");
    const node = fits ? there : made(tree, element);
    if (!there) element.append(node);
    else if (!fits) there.replaceWith(node);
    if (!Array.isArray(tree)) { if (node.data !== String(tree)) node.data = tree; return; }
    if (fits && tree[0] === kept) return;
    const [, attributes, ...children] = tree, before = last.get(node) ?? Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
    for (const name in before) if (stands(before[name]) && !stands(attributes[name])) node.removeAttribute(name);
    for (const name in attributes) if (stands(attributes[name]) && String(attributes[name]) !== String(before[name])) node.setAttribute(name, attributes[name]);
    last.set(node, attributes);
    fill(node, children, kept);
  });
  while (element.childNodes.length > trees.length) element.lastChild.remove();
}
function made(tree, parent) {
  if (!Array.isArray(tree)) return document.createTextNode(tree);
  return tree[0] === "svg" || parent.namespaceURI === SVG ? document.createElementNS(SVG, tree[0]) : document.createElement(tree[0]);
}
