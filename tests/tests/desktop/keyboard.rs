//! Everything is done by keys as well.

use whole_lab_tests::desktop::{Key, Options, TIMEOUT, Window};

/// Goes on by Tab until this has the focus, which can be seen.
fn tab_to(window: &Window, id: &str) {
    for _ in 0..120 {
        if window.focused().as_deref() == Some(id) {
            return assert!(ringed(window), "the focus on {id} cannot be seen");
        }
        window.press(&[Key::Tab]);
    }
    panic!("{id} is not reached by Tab");
}

/// Whether what has the focus looks different for it: an outline, a shadow or a ring drawn beside it.
fn ringed(window: &Window) -> bool {
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
fn a_run_is_begun_and_a_step_done_by_keys_alone() {
    let Some(window) = Window::open(Options::default()) else { return };
    tab_to(&window, "start-practice");
    window.press(&[Key::Enter]);
    tab_to(&window, "begin");
    window.press(&[Key::Enter]);
    window.wait_for("page-prepare");
    tab_to(&window, "run-prepare");
    window.press(&[Key::Space]);
    window.wait_until_done("prepare");
    // By a key of its own, from anywhere.
    window.press(&[Key::Alt, Key::Right]);
    window.wait_for("page-scanning");
    window.press(&[Key::Control, Key::Enter]);
    window.wait_until_done("scanning");
    window.press(&[Key::Alt, Key::Letter('t')]);
    window.until("the transcript is open", TIMEOUT, |window| {
        (window.count("[data-testid='transcript'] table tbody tr") > 0).then_some(())
    });
    window.close();
}
