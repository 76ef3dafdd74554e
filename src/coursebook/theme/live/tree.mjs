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

/** Make the children of an element those of the trees; what is there already stays, so that a hand that drags keeps its hold. */
export function fill(element, trees) {
  trees.forEach((tree, k) => {
    const there = element.childNodes[k], fits = there && there.nodeName.toLowerCase() === (Array.isArray(tree) ? tree[0].toLowerCase() : "#text");
    const node = fits ? there : made(tree, element);
    if (!there) element.append(node);
    else if (!fits) there.replaceWith(node);
    if (!Array.isArray(tree)) { if (node.data !== String(tree)) node.data = tree; return; }
    const [, attributes, ...children] = tree;
    for (const { name } of [...node.attributes]) if (!stands(attributes[name])) node.removeAttribute(name);
    for (const [name, value] of Object.entries(attributes)) if (stands(value) && node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
    fill(node, children);
  });
  while (element.childNodes.length > trees.length) element.lastChild.remove();
}
function made(tree, parent) {
  if (!Array.isArray(tree)) return document.createTextNode(tree);
  return tree[0] === "svg" || parent.namespaceURI === SVG ? document.createElementNS(SVG, tree[0]) : document.createElement(tree[0]);
}
