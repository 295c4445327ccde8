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

/// Waits until the primary button does this, and no longer ignores the second press of a double one.
fn wait_for_primary(window: &Window, kind: &str) {
    window.until(kind, TIMEOUT, |window| (window.primary_kind().as_deref() == Some(kind)).then_some(()));
    window.js_until_called("setTimeout(arguments[arguments.length - 1], 500, true)", &[]);
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
    // The button has kept the focus, and leads on.
    wait_for_primary(&window, "next");
    assert_eq!(window.focused().as_deref(), Some("action-next"));
    window.press(&[], Key::Space);
    window.wait_for("page-scanning");
    // By shortcuts, from anywhere: the parts of the step, and the next thing to do.
    for part in ["part-change", "part-do", "part-check"] {
        window.press(&[Key::Alt], Key::Right);
        window.until(part, TIMEOUT, |window| (window.focused().as_deref() == Some(part)).then_some(()));
    }
    window.press(&[Key::Alt], Key::Left);
    window.until("back", TIMEOUT, |window| (window.focused().as_deref() == Some("part-do")).then_some(()));
    window.press(&[Key::Control], Key::Enter);
    window.wait_until_done("scanning");
    wait_for_primary(&window, "next");
    window.press(&[Key::Control], Key::Enter);
    window.wait_for("page-repositories");
    window.press(&[Key::Alt], '1');
    window.wait_for("page-prepare");
    window.press(&[Key::Alt], 't');
    window.until("the transcript is open", TIMEOUT, |window| {
        (window.count("[data-testid='transcript'] table tbody tr") > 0).then_some(())
    });
    window.close();
}
