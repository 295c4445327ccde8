//! The stored transcript.

use rusqlite::params;

use super::{Session, from_json, refused, to_json};
use crate::model::run_id::RunId;
use crate::{model::problem::LabError, transcript::Entry};

impl Session {
    /// Numbers an entry and stores it.
    pub(crate) fn put_entry(&self, run: &RunId, entry: &mut Entry) -> Result<(), LabError> {
        let connection = self.connection();
        let transaction = connection.unchecked_transaction().map_err(refused)?;
        let number: i64 = transaction
            .query_row("SELECT coalesce(max(number), 0) + 1 FROM entry WHERE run = ?1", [&run.0], |row| row.get(0))
            .map_err(refused)?;
        entry.number = number.unsigned_abs();
        transaction
            .execute(
                "INSERT INTO entry (run, number, document) VALUES (?1, ?2, ?3)",
                params![run.0, number, to_json(entry)?],
            )
            .map_err(refused)?;
        transaction.commit().map_err(refused)
    }

    /// All entries of a run, in order.
    pub(crate) fn entries(&self, run: &RunId) -> Result<Vec<Entry>, LabError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT document FROM entry WHERE run = ?1 ORDER BY number").map_err(refused)?;
        let documents = statement.query_map([&run.0], |row| row.get::<_, String>(0)).map_err(refused)?;
        documents.map(|document| from_json(&document.map_err(refused)?)).collect()
    }
}
