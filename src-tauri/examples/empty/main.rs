//! An empty Tauri window: what ours is measured beside (`cargo xtask bench startup`). Says `painted` once its page is.

use std::io::Write as _;

#[tauri::command]
async fn painted() {
    // A closed standard error means that the measuring program has ended.
    drop(std::io::stderr().write_all(b"painted\n"));
}

fn main() -> Result<(), tauri::Error> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![painted])
        .run(tauri::generate_context!("examples/empty/tauri.conf.json"))
}
