//! What a scan assessed, in words: beyond AWS, the status of a scan says what was not.

use scanner::{Assessment, SystemAssessment};

/// What was not assessed, in sentences; `None` if all of it was.
pub(crate) fn gaps(assessment: &Assessment) -> Option<String> {
    let (total, in_catalogue) = assessment.totals();
    let skipped = assessment.skipped.count;
    let sentences = [
        system(&assessment.system),
        (in_catalogue < total)
            .then(|| format!("Packages: {total}, of which the catalogue does not have {}.", total - in_catalogue)),
        (assessment.unidentified > 0).then(|| format!("JARs that cannot be identified: {}.", assessment.unidentified)),
        (skipped > 0).then(|| format!("Files that cannot be read: {skipped}{}.", first_skipped(assessment))),
        limits(assessment),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Why nothing of the image was assessed.
pub(crate) fn nothing(assessment: &Assessment, supported: &str) -> String {
    let why = match &assessment.system {
        SystemAssessment::NotInCatalogue { name } => format!(
            "The operating system {name} is not supported: the practice cloud's catalogue has the packages of {supported} and \
             of Java, and this image has no package of a language."
        ),
        SystemAssessment::NotIdentified => {
            "Nothing in the image can be assessed: no file identifies its operating system, and no package of a language was \
             found."
                .to_owned()
        }
        SystemAssessment::NoPackageList { name } | SystemAssessment::Assessed { name } => format!(
            "Nothing in the image can be assessed: {name} has no list of packages that can be read, and no package of a \
             language was found."
        ),
    };
    let packages = assessment.totals().0;
    let unassessed = (packages > 0).then(|| format!("Packages that were not assessed: {packages}."));
    let jars =
        (assessment.unidentified > 0).then(|| format!("JARs that cannot be identified: {}.", assessment.unidentified));
    let skipped = assessment.skipped.count;
    let skipped = (skipped > 0).then(|| format!("Files that cannot be read: {skipped}{}.", first_skipped(assessment)));
    [Some(why), unassessed, jars, skipped, limits(assessment)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Whether the packages of the operating system were assessed, and if not, why.
pub(crate) fn system(system: &SystemAssessment) -> Option<String> {
    let why = match system {
        SystemAssessment::Assessed { .. } => return None,
        SystemAssessment::NotInCatalogue { name } => format!("the catalogue does not have {name}"),
        SystemAssessment::NoPackageList { name } => format!("{name} has no list of packages that can be read"),
        SystemAssessment::NotIdentified => "no file identifies it".to_owned(),
    };
    Some(format!("Operating system: not assessed ({why})."))
}

fn first_skipped(assessment: &Assessment) -> String {
    let first = assessment.skipped.files.first();
    first.map(|file| format!(", among them {} ({})", file.path, file.reason)).unwrap_or_default()
}

fn limits(assessment: &Assessment) -> Option<String> {
    let limits: Vec<String> = assessment.limits.iter().map(ToString::to_string).collect();
    (!limits.is_empty()).then(|| format!("Parts of the image were left out: {}.", limits.join("; ")))
}

#[cfg(test)]
mod tests {
    use scanner::{Ecosystem, ExceededLimit, PackageCount, SkippedFile, SkippedFiles};

    use super::*;

    fn assessment(system: SystemAssessment) -> Assessment {
        Assessment {
            system,
            packages: Vec::new(),
            unidentified: 0,
            skipped: SkippedFiles::default(),
            limits: Vec::new(),
        }
    }

    #[test]
    fn what_was_not_assessed_is_counted_and_the_rest_is_not_mentioned() {
        let complete = assessment(SystemAssessment::Assessed { name: "Debian 11".into() });
        assert_eq!(gaps(&complete), None);
        let packages = vec![PackageCount { ecosystem: Ecosystem::Maven, total: 294, in_catalogue: 19 }];
        let file = SkippedFile { path: "app/a.jar".into(), reason: "it is truncated".into() };
        let partly = Assessment {
            packages,
            unidentified: 2,
            skipped: SkippedFiles { files: vec![file], count: 3 },
            limits: vec![ExceededLimit::JarDepth(5)],
            ..assessment(SystemAssessment::NotIdentified)
        };
        let expected = "Operating system: not assessed (no file identifies it). Packages: 294, of which the catalogue does \
                        not have 275. JARs that cannot be identified: 2. Files that cannot be read: 3, among them app/a.jar \
                        (it is truncated). Parts of the image were left out: a JAR is more than 5 levels deep inside other \
                        JARs.";
        assert_eq!(gaps(&partly).unwrap(), expected);
    }
}
