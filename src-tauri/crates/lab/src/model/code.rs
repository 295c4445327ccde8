//! The codes of all problems, of every crate that reports one: what programs compare, where people read texts.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

macro_rules! codes {
    ($($name:ident = $text:literal,)+) => {
        /// What kind of problem it is. Its texts are `problem-<code>` and `problem-<code>-hint`.
        #[cfg_attr(feature = "bindings", derive(specta::Type))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub enum Code {
            $(
                #[doc = concat!("`", $text, "`")]
                #[serde(rename = $text)]
                $name,
            )+
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// As it is stored and published.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    // The session and its runs.
    Cancelled = "cancelled",
    ConsentCaution = "consent-caution",
    ConsentDigits = "consent-digits",
    ConsentNeeded = "consent-needed",
    Defect = "defect",
    FindingsStore = "findings-store",
    FolderUnusable = "folder-unusable",
    InUse = "in-use",
    NeverHereAccount = "never-here-account",
    NeverHereUnreadable = "never-here-unreadable",
    NothingToResume = "nothing-to-resume",
    OtherAccount = "other-account",
    OtherMode = "other-mode",
    OtherRegion = "other-region",
    RunUnfinished = "run-unfinished",
    SessionFailed = "session-failed",
    SessionNewer = "session-newer",
    StepRunning = "step-running",
    UndoImpossible = "undo-impossible",
    Unknown = "unknown",
    // The plan.
    PlanFilter = "plan-filter",
    PlanFilterCatches = "plan-filter-catches",
    PlanFilterMisses = "plan-filter-misses",
    PlanFixed = "plan-fixed",
    PlanImage = "plan-image",
    PlanPlatform = "plan-platform",
    PlanRepository = "plan-repository",
    PlanRepositoryLong = "plan-repository-long",
    PlanSameNames = "plan-same-names",
    PlanSameTags = "plan-same-tags",
    PlanTag = "plan-tag",
    // The steps.
    ImageNotDeleted = "image-not-deleted",
    ImageNotPushed = "image-not-pushed",
    ImageNotThere = "image-not-there",
    IndexPushed = "index-pushed",
    InspectorNotDisabled = "inspector-not-disabled",
    InspectorNotEnabled = "inspector-not-enabled",
    LifecyclePolicy = "lifecycle-policy",
    NoLongerWatched = "no-longer-watched",
    OtherImagePushed = "other-image-pushed",
    ProdNotWatched = "prod-not-watched",
    RepositoryMissingAgain = "repository-missing-again",
    RepositoryNotMade = "repository-not-made",
    SameImage = "same-image",
    ScanGivenUp = "scan-given-up",
    ScanStopped = "scan-stopped",
    ScanningNotApplied = "scanning-not-applied",
    TagArchived = "tag-archived",
    TagNotRestored = "tag-not-restored",
    TagOfOthers = "tag-of-others",
    TagTaken = "tag-stands",
    TooManyFilters = "too-many-filters",
    TooManyRules = "too-many-rules",
    // AWS, and the way to it.
    AccessDenied = "access-denied",
    CaBundle = "ca-bundle",
    Certificate = "certificate",
    ClockSkew = "clock-skew",
    Conflict = "conflict",
    CredentialsExpired = "credentials-expired",
    CredentialsInvalid = "credentials-invalid",
    CredentialsSlow = "credentials-slow",
    CredentialsUnreadable = "credentials-unreadable",
    DeniedByOrganization = "denied-by-organization",
    DeniedByRegistryPolicy = "denied-by-registry-policy",
    EncryptionKey = "encryption-key",
    EndpointsMixed = "endpoints-mixed",
    ImageNotFound = "image-not-found",
    InspectorManaged = "inspector-managed",
    InspectorRefused = "inspector-refused",
    LoginExpired = "login-expired",
    MalformedAnswer = "malformed-answer",
    NameUnknown = "name-unknown",
    Network = "network",
    NoCredentials = "no-credentials",
    NoRegion = "no-region",
    ProfileContradicts = "profile-contradicts",
    ProfileIncomplete = "profile-incomplete",
    ProfileLoop = "profile-loop",
    ProfileMissing = "profile-missing",
    ProfileNeedsMfa = "profile-needs-mfa",
    ProfileSessionMissing = "profile-session-missing",
    ProfileSourceMissing = "profile-source-missing",
    ProfileWithoutCredentials = "profile-without-credentials",
    ProfilesUnreadable = "profiles-unreadable",
    ProxyFailed = "proxy-failed",
    ProxyInvalid = "proxy-invalid",
    ProxyRefused = "proxy-refused",
    QuotaExceeded = "quota-exceeded",
    RegionDisabled = "region-disabled",
    RegionWithoutInspector = "region-without-inspector",
    RepositoryExists = "repository-exists",
    RepositoryNotEmpty = "repository-not-empty",
    RepositoryNotFound = "repository-not-found",
    RequestInvalid = "request-invalid",
    ResourceNotFound = "resource-not-found",
    ScanNotFound = "scan-not-found",
    ServiceError = "service-error",
    ServiceRefused = "service-refused",
    SignatureMismatch = "signature-mismatch",
    SsoExpired = "sso-expired",
    TagExists = "tag-exists",
    Throttled = "throttled",
    Timeout = "timeout",
    // The image engine, and a registry behind it.
    EngineDiskFull = "engine-disk-full",
    EngineHostUnsupported = "engine-host-unsupported",
    EngineLosesPlatform = "engine-loses-platform",
    EngineLost = "engine-lost",
    EngineNotRunning = "engine-not-running",
    EnginePermission = "engine-permission",
    EngineRefused = "engine-refused",
    EngineSilent = "engine-silent",
    EngineSsh = "engine-ssh",
    EngineTls = "engine-tls",
    EngineTooNew = "engine-too-new",
    EngineTooOld = "engine-too-old",
    EngineUnreadable = "engine-unreadable",
    ImageInUse = "image-in-use",
    ImageNotInRegistry = "image-not-in-registry",
    ImageNotLocal = "image-not-local",
    PlatformMissing = "platform-missing",
    PullDenied = "pull-denied",
    ReferenceInvalid = "reference-invalid",
    RegistryCertificate = "registry-certificate",
    RegistryDenied = "registry-denied",
    RegistryFailed = "registry-failed",
    RegistryInsecure = "registry-insecure",
    RegistryLogin = "registry-login",
    RegistryRateLimited = "registry-rate-limited",
    RegistryUnreachable = "registry-unreachable",
    RepositoryMissing = "repository-missing",
    TagImmutable = "tag-immutable",
    TokenExpired = "token-expired",
    TransferFailed = "transfer-failed",
    // The report.
    ReportFindings = "report-findings",
    ReportFormat = "report-format",
    ReportIsFolder = "report-is-folder",
    ReportUnwritable = "report-unwritable",
    // Where a run takes place: the data folder, the practice cloud and the engine. `place-` is the word of version 0.1.0.
    Advisories = "place-advisories",
    AdvisoriesInUse = "place-advisories-in-use",
    AdvisoriesUnreadable = "place-advisories-unreadable",
    DockerCannotReach = "place-docker-cannot-reach",
    EngineNotStarted = "place-engine",
    DataFolder = "place-folder",
    DataFolderInUse = "place-folder-in-use",
    NoDocker = "place-no-docker",
    NoDataFolder = "place-no-folder",
    UnknownRegion = "place-no-region",
    PortInUse = "place-port",
    PracticeDamaged = "place-practice-damaged",
    PracticeNotStarted = "place-practice",
    PracticeClock = "place-practice-clock",
    PracticeControl = "place-practice-control",
    SocketFolder = "place-socket-folder",
    // The command line.
    CliChecksNotMet = "cli-checks-not-met",
    CliAccountNeeded = "cli-account-needed",
    CliOtherAccount = "cli-other-account",
    CliExcelFormat = "cli-excel-format",
    CliNoFindings = "cli-no-findings",
    CliNoImage = "cli-no-image",
    CliNoRepository = "cli-no-repository",
    CliNoTerminal = "cli-nobody-to-ask",
    CliNotPrepared = "cli-not-prepared",
    CliNothingToResume = "cli-nothing-to-resume",
    CliOutput = "cli-output",
    CliPolicyOwner = "cli-policy-owner",
    CliPracticeNone = "cli-practice-none",
    CliPracticeNotStopped = "cli-practice-not-stopped",
    CliProfileUnused = "cli-profile-unused",
    CliSignals = "cli-signals",
    CliUnfinished = "cli-unfinished",
    // The explorer.
    ExploreFormat = "explore-format",
    ExploreNoImage = "explore-no-image",
    ExploreNoRepository = "explore-no-repository",
    ExploreNoTag = "explore-no-tag",
    ExploreVulnerability = "explore-vulnerability",
    // The window.
    ChartRefused = "chart-refused",
    FilterTooDeep = "filter-too-deep",
    FilterValue = "filter-value",
    Findings = "findings",
    LinkFailed = "link-failed",
    LinkRefused = "link-refused",
    NoSuchJob = "no-such-job",
    NothingOpen = "nothing-open",
    OpenFailed = "open-failed",
    Preferences = "preferences",
    SaveFailed = "save-failed",
    WindowNoDisplay = "window-no-display",
}

impl Code {
    /// Those that say what is wrong with a plan.
    pub const PLAN: &[Self] = &[
        Self::PlanFilter,
        Self::PlanFilterCatches,
        Self::PlanFilterMisses,
        Self::PlanFixed,
        Self::PlanImage,
        Self::PlanPlatform,
        Self::PlanRepository,
        Self::PlanRepositoryLong,
        Self::PlanSameNames,
        Self::PlanSameTags,
        Self::PlanTag,
    ];

    /// The code of a text.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A code that another version stored and this one does not have is [`Code::Unknown`]: the problem's texts still name it.
impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Ok(Self::parse(&text).unwrap_or(Self::Unknown))
    }
}
