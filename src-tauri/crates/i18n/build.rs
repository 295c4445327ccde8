//! Gathers `ui/locales/{ko,en}/*.ftl` into one list, so that a new file needs no code.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let locales = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../../ui/locales");
    let mut list = String::new();
    for lang in ["ko", "en"] {
        let folder = locales.join(lang).canonicalize()?;
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<_> =
            fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?.iter().map(fs::DirEntry::path).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "ftl"));
        files.sort();
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
            let name = file.file_stem().and_then(|stem| stem.to_str()).ok_or("a locale file's name is not UTF-8")?;
            writeln!(list, "({lang:?}, {name:?}, include_str!({:?})),", file.display().to_string())?;
        }
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("locales.rs");
    fs::write(out, format!("&[{list}]"))?;
    Ok(())
}
