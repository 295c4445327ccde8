//! Importing scans, page by page. Imported findings are a new generation of the scan, which no query sees before the
//! import is finished.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::document::Unpacker;
use crate::error::FindingsError;
use crate::model::{Details, Finding};
use crate::scan::{ScanId, ScanKey};
use crate::store::Packing;
use crate::store::Store;
use crate::timestamp::Timestamp;

impl Store {
    /// Starts to import a scan, for the first time or again. Findings of an earlier import that was not finished are
    /// deleted; published findings stay. A scan has one import at a time.
    pub fn begin_scan(&self, key: &ScanKey, at: Timestamp) -> Result<ScanId, FindingsError> {
        self.write(|transaction, _| {
            let id: i64 = transaction.query_row(
                "INSERT INTO scan (repository, digest, run, origin, generation, revision, begun_at)
                 VALUES (?1, ?2, ?3, ?4, 1, 0, ?5)
                 ON CONFLICT DO UPDATE SET generation = generation + 1, begun_at = excluded.begun_at
                 RETURNING id",
                params![key.repository, key.digest, key.run, key.origin, at.epoch_millis()],
                |row| row.get(0),
            )?;
            delete_unpublished(transaction, id)?;
            Ok(ScanId(id))
        })
    }

    /// Adds a page of findings, as one transaction. A finding that was added before since `begin_scan` is merged with the
    /// stored one ([`Finding::merge`]).
    pub fn put_page(&self, scan: ScanId, page: impl IntoIterator<Item = Finding>) -> Result<(), FindingsError> {
        self.write(|transaction, packing| {
            let generation = generation_being_imported(transaction, scan)?;
            page.into_iter().try_for_each(|finding| put_finding(transaction, packing, (scan, generation), &finding))
        })
    }

    /// Adds details to findings, as one transaction: to those added since `begin_scan`, or once the import is finished,
    /// to the published ones. Details of unknown findings are ignored.
    pub fn put_details(&self, scan: ScanId, page: impl IntoIterator<Item = Details>) -> Result<(), FindingsError> {
        self.write(|transaction, packing| {
            let (generation, is_published): (i64, bool) = transaction
                .prepare_cached("SELECT generation, shown IS generation FROM scan WHERE id = ?1")?
                .query_row([scan.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?
                .ok_or(FindingsError::NoScan(scan.0))?;
            let mut changed = false;
            for details in page {
                let existing = stored(transaction, &mut packing.unpacker, (scan, generation), &details.arn)?;
                let Some((id, existing)) = existing else { continue };
                let mut updated = existing.clone();
                updated.add_details(details);
                if updated != existing {
                    changed = true;
                    update(transaction, id, &packing.packer.pack(&updated)?)?;
                }
            }
            if changed && is_published {
                transaction.execute("UPDATE scan SET revision = revision + 1 WHERE id = ?1", [scan.0])?;
            }
            Ok(())
        })
    }

    /// Finishes the import: publishes the findings added since `begin_scan`, in place of the scan's previous ones. Returns
    /// how many of the previous ones are gone.
    pub fn finish_scan(&self, scan: ScanId, at: Timestamp) -> Result<usize, FindingsError> {
        self.write(|transaction, _| {
            let generation = generation_being_imported(transaction, scan)?;
            let gone: i64 = transaction.query_row(
                "SELECT count(*) FROM finding AS old
                 WHERE scan = ?1 AND generation = (SELECT shown FROM scan WHERE id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM finding WHERE scan = ?1 AND generation = ?2 AND arn = old.arn)",
                params![scan.0, generation],
                |row| row.get(0),
            )?;
            transaction.execute(
                "UPDATE scan SET shown = generation, revision = revision + 1, finished_at = ?2 WHERE id = ?1",
                params![scan.0, at.epoch_millis()],
            )?;
            delete_unpublished(transaction, scan.0)?;
            Ok(gone.unsigned_abs() as usize)
        })
    }

    /// Deletes a scan and its findings. It is not an error if there is no such scan.
    pub fn delete_scan(&self, scan: ScanId) -> Result<(), FindingsError> {
        self.writer().connection.execute("DELETE FROM scan WHERE id = ?1", [scan.0])?;
        Ok(())
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &mut Packing) -> Result<T, FindingsError>,
    ) -> Result<T, FindingsError> {
        let writer = &mut *self.writer();
        let transaction = writer.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction, &mut writer.packing)?;
        transaction.commit()?;
        Ok(result)
    }
}

/// Deletes the findings of the scan that are not published.
fn delete_unpublished(transaction: &Transaction<'_>, scan: i64) -> Result<(), FindingsError> {
    transaction.execute(
        "DELETE FROM finding WHERE scan = ?1 AND generation IS NOT (SELECT shown FROM scan WHERE id = ?1)",
        [scan],
    )?;
    Ok(())
}

fn generation_being_imported(transaction: &Transaction<'_>, scan: ScanId) -> Result<i64, FindingsError> {
    transaction
        .prepare_cached("SELECT generation FROM scan WHERE id = ?1 AND shown IS NOT generation")?
        .query_row([scan.0], |row| row.get(0))
        .optional()?
        .ok_or(FindingsError::NotStarted(scan.0))
}

fn put_finding(
    transaction: &Transaction<'_>,
    packing: &mut Packing,
    (scan, generation): (ScanId, i64),
    finding: &Finding,
) -> Result<(), FindingsError> {
    // The services' responses need not contain an ARN; a finding without one is identified by its title.
    let arn = if finding.arn.is_empty() { &finding.title } else { &finding.arn };
    let added = transaction
        .prepare_cached(
            "INSERT INTO finding (scan, generation, arn, document) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![scan.0, generation, arn, packing.packer.pack(finding)?])?;
    if added > 0 {
        return Ok(());
    }
    let Some((id, existing)) = stored(transaction, &mut packing.unpacker, (scan, generation), arn)? else {
        return Ok(());
    };
    let mut merged = existing.clone();
    merged.merge(finding.clone());
    if merged == existing { Ok(()) } else { update(transaction, id, &packing.packer.pack(&merged)?) }
}

fn stored(
    transaction: &Transaction<'_>,
    unpacker: &mut Unpacker,
    (scan, generation): (ScanId, i64),
    arn: &str,
) -> Result<Option<(i64, Finding)>, FindingsError> {
    let row: Option<(i64, Vec<u8>)> = transaction
        .prepare_cached("SELECT id, document FROM finding WHERE scan = ?1 AND generation = ?2 AND arn = ?3")?
        .query_row(params![scan.0, generation, arn], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(id, packed)| Ok((id, unpacker.finding(&packed)?))).transpose()
}

fn update(transaction: &Transaction<'_>, id: i64, packed: &[u8]) -> Result<(), FindingsError> {
    transaction.prepare_cached("UPDATE finding SET document = ?2 WHERE id = ?1")?.execute(params![id, packed])?;
    Ok(())
}
