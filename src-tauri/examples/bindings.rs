//! Writes what the web side knows of the commands to the file that is named.

fn main() {
    let Some(path) = std::env::args_os().nth(1) else { panic!("where to?") };
    if let Err(error) = shell::bindings::write(path.as_ref()) {
        panic!("{error}");
    }
}
