//! Everything can be done by keys.

use whole_lab_tests::desktop::{Key, Options, TIMEOUT, Window};

/// Presses Tab until this element has the focus, which must be visible.
fn tab_to(window: &Window, id: &str) {
    for _ in 0..120 {
        if window.focused().as_deref() == Some(id) {
            return assert!(focus_is_visible(window), "the focus on {id} is not visible");
        }
        window.press(&[], Key::Tab);
    }
    panic!("Tab does not reach {id}");
}

/// Whether the focused element has an outline or a shadow, also by a pseudo-element or its parent.
fn focus_is_visible(window: &Window) -> bool {
    let body = "
        const at = document.activeElement;
        const visible = (node, pseudo) => {
            const style = getComputedStyle(node, pseudo);
            return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
        };
        return [null, '::before', '::after'].some((pseudo) => visible(at, pseudo)) || visible(at.parentElement, null);";
    window.js(body, &[]) == true
}

#[test]
fn a_run_is_started_and_a_step_run_by_keys_alone() {
    let Some(window) = Window::open(Options::default()) else { return };
    tab_to(&window, "start-practice");
    window.press(&[], Key::Enter);
    tab_to(&window, "begin");
    window.press(&[], Key::Enter);
    window.wait_for("page-prepare");
    tab_to(&window, "run-prepare");
    window.press(&[], Key::Space);
    window.wait_until_done("prepare");
    // By shortcuts, from anywhere.
    window.press(&[Key::Alt], Key::Right);
    window.wait_for("page-scanning");
    window.press(&[Key::Control], Key::Enter);
    window.wait_until_done("scanning");
    window.press(&[Key::Alt], 't');
    window.until("the transcript is open", TIMEOUT, |window| {
        (window.count("[data-testid='transcript'] table tbody tr") > 0).then_some(())
    });
    window.close();
}
