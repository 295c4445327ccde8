/** The topics of the help panel: how many paragraphs each has, related topics, and official documentation. */

export interface Topic {
  /** The texts are `help-<topic>-1`, `help-<topic>-2`, … */
  paragraphs: number;
  /** Related topics. */
  see?: readonly TopicId[];
  /** Pages of the official documentation: the texts are `help-link-<id>`. */
  links?: readonly LinkId[];
}

const AWS = "https://docs.aws.amazon.com";

export const LINKS = {
  "ecr-scanning": `${AWS}/AmazonECR/latest/userguide/image-scanning.html`,
  "ecr-enhanced": `${AWS}/AmazonECR/latest/userguide/image-scanning-enhanced.html`,
  "ecr-filters": `${AWS}/AmazonECR/latest/userguide/image-scanning-filters.html`,
  "ecr-put": `${AWS}/AmazonECR/latest/APIReference/API_PutRegistryScanningConfiguration.html`,
  "ecr-login": `${AWS}/AmazonECR/latest/userguide/registry_auth.html`,
  "ecr-push": `${AWS}/AmazonECR/latest/userguide/docker-push-ecr-image.html`,
  "ecr-manifests": `${AWS}/AmazonECR/latest/userguide/image-manifest-formats.html`,
  "ecr-repositories": `${AWS}/AmazonECR/latest/userguide/Repositories.html`,
  "ecr-delete": `${AWS}/AmazonECR/latest/userguide/repository-delete.html`,
  "inspector-ecr": `${AWS}/inspector/latest/user/scanning-ecr.html`,
  "inspector-coverage": `${AWS}/inspector/latest/user/assessing-coverage.html`,
  "inspector-supported": `${AWS}/inspector/latest/user/supported.html`,
  "inspector-findings": `${AWS}/inspector/latest/user/findings-understanding.html`,
  "inspector-rescan": `${AWS}/inspector/latest/user/scanning_resources_configure_duration_setting_ecr.html`,
  "inspector-pricing": "https://aws.amazon.com/inspector/pricing/",
  "ecr-pricing": "https://aws.amazon.com/ecr/pricing/",
  "nvd-log4shell": "https://nvd.nist.gov/vuln/detail/CVE-2021-44228",
  "log4j-security": "https://logging.apache.org/security.html",
  "cisa-kev": "https://www.cisa.gov/known-exploited-vulnerabilities-catalog",
  "first-cvss": "https://www.first.org/cvss/v3-1/specification-document",
  "first-epss": "https://www.first.org/epss/",
  "oci-manifest": "https://github.com/opencontainers/image-spec/blob/main/manifest.md",
} as const;

export type LinkId = keyof typeof LINKS;

const topics = {
  start: { paragraphs: 3, see: ["cost", "engine", "glossary"] },
  engine: { paragraphs: 2, see: ["layers-platforms"] },
  prepare: { paragraphs: 3, see: ["inspector-coverage", "engine", "cost"], links: ["inspector-ecr"] },
  scanning: { paragraphs: 2, see: ["scanning-configuration", "filters", "basic-enhanced", "cost"], links: ["ecr-enhanced"] },
  "scanning-configuration": { paragraphs: 3, see: ["filters", "basic-enhanced"], links: ["ecr-scanning", "ecr-put"] },
  filters: { paragraphs: 4, see: ["scanning-configuration"], links: ["ecr-filters"] },
  "basic-enhanced": { paragraphs: 3, see: ["inspector-coverage"], links: ["ecr-scanning", "ecr-enhanced"] },
  repositories: { paragraphs: 3, see: ["filters", "digest-tag"], links: ["ecr-repositories"] },
  push: { paragraphs: 3, see: ["layers-platforms", "digest-tag", "registry-login", "log4shell"], links: ["ecr-push"] },
  "digest-tag": { paragraphs: 3, see: ["layers-platforms"], links: ["oci-manifest"] },
  "layers-platforms": { paragraphs: 3, see: ["digest-tag"], links: ["ecr-manifests", "inspector-ecr"] },
  "registry-login": { paragraphs: 3, links: ["ecr-login"] },
  results: { paragraphs: 4, see: ["log4shell", "cvss", "epss", "kev", "inspector-coverage"], links: ["inspector-findings", "inspector-rescan"] },
  cvss: { paragraphs: 2, see: ["epss", "kev"], links: ["first-cvss"] },
  epss: { paragraphs: 2, see: ["cvss", "kev"], links: ["first-epss"] },
  kev: { paragraphs: 2, see: ["cvss", "epss"], links: ["cisa-kev"] },
  log4shell: { paragraphs: 4, see: ["cvss", "kev"], links: ["nvd-log4shell", "log4j-security", "cisa-kev"] },
  "inspector-coverage": { paragraphs: 3, see: ["basic-enhanced"], links: ["inspector-coverage", "inspector-supported"] },
  remediate: { paragraphs: 3, see: ["log4shell", "cvss"], links: ["log4j-security"] },
  cost: { paragraphs: 3, links: ["inspector-pricing", "ecr-pricing"] },
  cleanup: { paragraphs: 5, see: ["scanning-configuration", "cost"], links: ["ecr-delete"] },
  glossary: { paragraphs: 1 },
} as const satisfies Record<string, { paragraphs: number; see?: readonly string[]; links?: readonly LinkId[] }>;

export type TopicId = keyof typeof topics;

export const TOPICS: Record<TopicId, Topic> = topics;

export function isTopic(name: string): name is TopicId {
  return name in topics;
}

/** The terms of the glossary. Each has two texts: `glossary-<term>`, and its definition in the text of the same id with a suffix. */
export const TERMS = [
  "registry",
  "repository",
  "image",
  "layer",
  "manifest",
  "tag",
  "digest",
  "platform",
  "scan-frequency",
  "filter",
  "enhanced",
  "inspector",
  "coverage",
  "vulnerability",
  "cve",
  "finding",
  "severity",
  "cvss",
  "epss",
  "kev",
  "remediation",
] as const;
