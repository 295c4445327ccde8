// Measures the time from the next event of a type until an attribute of the table has a value and that frame is drawn.
const [event, attribute, value] = arguments;
const table = document.querySelector("[data-testid='findings-table']");
window.labMeasured = new Promise((done) => {
  let started = NaN;
  addEventListener(event, () => { started = performance.now(); }, { once: true, capture: true });
  const watch = new MutationObserver(() => {
    if (table.getAttribute(attribute) !== value) return;
    watch.disconnect();
    // A message is delivered after the frame's own work.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now() - started);
      port2.postMessage(null);
    });
  });
  watch.observe(table, { attributes: true, attributeFilter: [attribute] });
});
return true;
