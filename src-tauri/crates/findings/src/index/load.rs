//! Building an index from the stored findings of some scans, with one finding in memory at a time.

use rusqlite::Transaction;

use crate::document::Unpacker;
use crate::error::FindingsError;
use crate::index::Index;
use crate::index::brief::{Brief, BriefPackage, Str, text};
use crate::index::column::{Column, ColumnBuilder};
use crate::index::groups::members_by_group;
use crate::index::origin::ScanState;
use crate::index::text_index::TextIndexBuilder;
use crate::index::values::{Text, Values};
use crate::property::{Property, PropertyKind};
use crate::timestamp::Timestamp;

/// The columns that free text is searched in, besides the description.
const SEARCHED: [Property; 4] = [Property::VulnerabilityId, Property::Title, Property::Package, Property::FilePath];

impl Index {
    pub(crate) fn load(snapshot: &Transaction<'_>, origin: &[ScanState]) -> Result<Self, FindingsError> {
        let mut builder = Builder::new();
        let mut unpacker = Unpacker::new()?;
        let mut statement = snapshot
            .prepare_cached("SELECT id, document FROM finding WHERE scan = ?1 AND generation = ?2 ORDER BY id")?;
        for state in origin {
            let mut rows = statement.query((state.scan.0, state.generation))?;
            while let Some(row) = rows.next()? {
                let document = unpacker.unpack(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
                builder.push(row.get(0)?, &serde_json::from_str(document)?);
            }
        }
        Ok(builder.finish())
    }
}

struct Builder {
    columns: Vec<ColumnBuilder>,
    findings: Vec<u32>,
    first_instances: Vec<u32>,
    rowids: Vec<i64>,
    texts: TextIndexBuilder,
    descriptions: Vec<u32>,
}

impl Builder {
    fn new() -> Self {
        let columns = Property::ALL.iter().map(|property| match property.kind() {
            PropertyKind::Text | PropertyKind::Choice => ColumnBuilder::texts(),
            PropertyKind::Texts => ColumnBuilder::sets(),
            PropertyKind::Severity => ColumnBuilder::severities(),
            PropertyKind::Number | PropertyKind::Time | PropertyKind::Count => ColumnBuilder::numbers(),
        });
        Self {
            columns: columns.collect(),
            findings: Vec::new(),
            first_instances: Vec::new(),
            rowids: Vec::new(),
            texts: TextIndexBuilder::new(),
            descriptions: Vec::new(),
        }
    }

    fn push(&mut self, rowid: i64, finding: &Brief<'_>) {
        let number = self.rowids.len() as u32;
        self.rowids.push(rowid);
        self.first_instances.push(self.findings.len() as u32);
        let description = self.texts.description(&finding.description.0);
        for ordinal in 0..finding.packages.len().max(1) {
            self.findings.push(number);
            self.descriptions.push(description);
            for &property in Property::ALL {
                let column = &mut self.columns[property as usize];
                if let Some(read) = package_reader(property) {
                    match finding.packages.get(ordinal) {
                        Some(package) => read(column, package),
                        None => column.push_text(None),
                    }
                } else if ordinal == 0 {
                    push_finding_property(column, property, finding);
                } else {
                    column.repeat();
                }
            }
        }
    }

    fn finish(self) -> Index {
        let columns: Vec<Column> = self.columns.into_iter().map(ColumnBuilder::finish).collect();
        let mut texts = self.texts;
        let searched = SEARCHED.map(|property| {
            let empty = texts.add_empty();
            if let Values::Texts(values) = &columns[property as usize].values {
                values.iter().map(Text::folded).for_each(|folded| {
                    texts.add(folded);
                });
            }
            (property, empty)
        });
        let (identities, identity_count) = number_identities(&columns, self.findings.len());
        let (identity_starts, identity_instances) = members_by_group(&identities, identity_count);
        Index {
            columns,
            findings: self.findings,
            first_instances: self.first_instances,
            rowids: self.rowids,
            identities,
            identity_starts,
            identity_instances,
            texts: texts.finish(),
            descriptions: self.descriptions,
            searched: searched.to_vec(),
        }
    }
}

/// The function that reads a property of a package; `None` for a property of the finding.
fn package_reader(property: Property) -> Option<fn(&mut ColumnBuilder, &BriefPackage<'_>)> {
    Some(match property {
        Property::Package => |column, package| column.push_text(Some(&package.name.0)),
        Property::PackageVersion => |column, package| column.push_text(Some(&package.full_version())),
        Property::FixedIn => |column, package| column.push_text(text(package.fixed_in.as_ref())),
        Property::PackageManager => |column, package| column.push_text(text(package.manager.as_ref())),
        Property::PackageArch => |column, package| column.push_text(text(package.arch.as_ref())),
        Property::FilePath => |column, package| column.push_text(text(package.file_path.as_ref())),
        Property::Layer => |column, package| column.push_text(text(package.layer.as_ref())),
        _ => return None,
    })
}

fn push_finding_property(column: &mut ColumnBuilder, property: Property, finding: &Brief<'_>) {
    let vulnerability = &finding.vulnerability;
    let image = || finding.resources.iter().find_map(|resource| resource.image.as_ref());
    let time = |time: Option<Timestamp>| time.map(|time| time.epoch_millis() as f64);
    match property {
        Property::VulnerabilityId => column.push_text(text(vulnerability.id.as_ref())),
        Property::Title => column.push_text(Some(&finding.title.0)),
        Property::Severity => column.push_severity(finding.severity),
        Property::Status => column.push_text(text(finding.status.as_ref())),
        Property::Type => column.push_text(text(finding.kind.as_ref())),
        Property::Score => column.push_number(finding.score),
        Property::Epss => column.push_number(finding.epss),
        Property::RiskScore => column.push_number(finding.risk_score.map(|score| score as f64)),
        Property::VendorSeverity => column.push_text(text(vulnerability.vendor_severity.as_ref())),
        Property::VulnerabilitySource => column.push_text(text(vulnerability.source.as_ref())),
        Property::FixAvailable => column.push_text(text(finding.fix_available.as_ref())),
        Property::ExploitAvailable => column.push_text(text(finding.exploit_available.as_ref())),
        // As `Finding::is_known_exploited`.
        Property::Kev => match (&finding.kev, finding.details_read) {
            (Some(_), _) => column.push_text(Some("YES")),
            (None, true) => column.push_text(Some("NO")),
            (None, false) => column.push_text(None),
        },
        Property::Cwe => column.push_set(strings(&finding.cwes)),
        Property::RelatedId => column.push_set(strings(&vulnerability.related)),
        Property::SeenBy => column.push_set(finding.seen_by.iter().map(|source| source.as_str())),
        Property::Repository => column.push_text(image().map(|image| image.repository.0.as_ref())),
        Property::Digest => column.push_text(image().map(|image| image.digest.0.as_ref())),
        Property::Tag => column.push_set(strings(image().map_or(&[], |image| &image.tags))),
        Property::Architecture => column.push_text(image().and_then(|image| text(image.architecture.as_ref()))),
        Property::Platform => column.push_text(image().and_then(|image| text(image.platform.as_ref()))),
        Property::Account => column.push_text(text(finding.account.as_ref())),
        Property::Region => {
            column.push_text(finding.resources.iter().find_map(|resource| text(resource.region.as_ref())));
        }
        Property::FirstObservedAt => column.push_number(time(finding.first_observed_at)),
        Property::LastObservedAt => column.push_number(time(finding.last_observed_at)),
        Property::UpdatedAt => column.push_number(time(finding.updated_at)),
        Property::VendorCreatedAt => column.push_number(time(vulnerability.vendor_created_at)),
        Property::VendorUpdatedAt => column.push_number(time(vulnerability.vendor_updated_at)),
        Property::InstanceCount
        | Property::FindingCount
        | Property::Package
        | Property::PackageVersion
        | Property::FixedIn
        | Property::PackageManager
        | Property::PackageArch
        | Property::FilePath
        | Property::Layer => column.push_text(None),
    }
}

fn strings<'b>(texts: &'b [Str<'_>]) -> impl Iterator<Item = &'b str> {
    texts.iter().map(|text| text.0.as_ref())
}

/// The number of each instance's vulnerability, and the number of vulnerabilities. An id and a title that are spelled
/// alike are different vulnerabilities.
fn number_identities(columns: &[Column], instances: usize) -> (Vec<u32>, usize) {
    let (ids, titles) = (&columns[Property::VulnerabilityId as usize], &columns[Property::Title as usize]);
    let mut numbers = vec![u32::MAX; ids.values.len() + 1 + titles.values.len() + 1];
    let mut count = 0;
    let identities = (0..instances).map(|row| {
        let id = ids.code(row);
        let key = if id > 0 { id } else { ids.values.len() + 1 + titles.code(row) };
        if numbers[key] == u32::MAX {
            numbers[key] = count;
            count += 1;
        }
        numbers[key]
    });
    let identities = identities.collect();
    (identities, count as usize)
}
