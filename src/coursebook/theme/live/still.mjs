// A figure as it stands in the page before a script runs, without one, and on paper.
import { answered, ready, shown, truth } from "./figure.mjs";
import { written } from "./tree.mjs";

export async function still({ kind, data }) {
  const { default: figure } = await import(`./figures/${kind}.mjs`), model = ready(data.statements);
  const { texts, trees, said } = shown(figure, data, answered(figure, data, data.state, model), model);
  return { picture: trees.map(written).join(""), texts, says: said("says"), truth: truth(figure, data, data.state, model) };
}
