const done = arguments[arguments.length - 1];
axe
  .run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations", "passes"] })
  .then((result) => {
    // If no rule applies, the page was not checked.
    if (result.passes.length < 10) throw new Error(`only ${result.passes.length} rules were applied`);
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map((node) => `${node.target.join(" ")} — ${node.html.slice(0, 160)} — ${node.failureSummary ?? ""}`),
    }));
  })
  .then(done, (error) => done(String(error)));
