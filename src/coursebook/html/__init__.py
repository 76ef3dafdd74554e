"""From nodes to HTML, formulas, figures and style sheets: what any page may be made of."""
