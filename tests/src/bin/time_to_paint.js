// Measures from the next event of a kind until an attribute of the table has a value, and the frame with it was drawn.
const [event, attribute, value] = arguments;
const table = document.querySelector("[data-testid='findings-table']");
window.labMeasured = new Promise((done) => {
  let began = NaN;
  addEventListener(event, () => { began = performance.now(); }, { once: true, capture: true });
  const watch = new MutationObserver(() => {
    if (table.getAttribute(attribute) !== value) return;
    watch.disconnect();
    // After the frame's own work, when it has been handed on.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now() - began);
      port2.postMessage(null);
    });
  });
  watch.observe(table, { attributes: true, attributeFilter: [attribute] });
});
return true;
