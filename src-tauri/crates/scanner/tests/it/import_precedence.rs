//! Which facts count where an imported advisory and the built-in catalogue have the same vulnerability.

use std::ops::ControlFlow;

use scanner::{Catalogue, ImportedCatalogue};

use crate::support::{Image, Tar, artifact};

const RECORD: &str = r#"{"schema_version": "1.6.0", "id": "CVE-2021-44228", "modified": "2026-01-01T00:00:00Z",
    "summary": "Another text", "affected": [{"package": {"ecosystem": "Maven",
    "name": "org.apache.logging.log4j:log4j-core"},
    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}]}]}"#;

#[test]
fn an_imported_record_does_not_replace_a_built_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let (file, database) = (folder.path().join("record.json"), folder.path().join("advisories.db"));
    std::fs::write(&file, RECORD).unwrap();
    assert_eq!(
        scanner::import(&[file], &database, "2026-11-30", &mut |_| ControlFlow::Continue(())).unwrap().entries,
        1
    );
    let jar = artifact("org.apache.logging.log4j:log4j-core:2.14.1");
    let inventory = Image::new(&[Tar::default().file("log4j.jar", &jar).finish()]).read();
    let imported = ImportedCatalogue::open(&database).unwrap().unwrap().catalogue(&inventory).unwrap();
    let facts = |catalogue: &Catalogue| {
        let matches = catalogue.matches(&inventory);
        let of_this = matches.iter().filter(|one| one.vulnerability.id == "CVE-2021-44228");
        of_this.map(|one| (one.vulnerability.title.clone(), one.fixed.map(str::to_owned))).collect::<Vec<_>>()
    };
    let built_in = facts(Catalogue::bundled());
    assert_eq!(built_in.len(), 1);
    assert_ne!(built_in[0].1.as_deref(), Some("99.0"));
    assert_eq!(facts(&imported), built_in);
}
