# 실습 자체의 문구: 단계별 확인 항목, 미리 보기, 명령, 진행 안내, 실습에서 생기는 문제.

## Commands

command-identity = 어느 계정인지 확인합니다
command-scanning-now = 레지스트리의 스캔 구성을 봅니다
command-scanning-put = 필터를 지정해 향상된 스캔을 켭니다
command-scanning-restore = 이전 스캔 구성을 되돌립니다
command-inspector-now = Amazon Inspector가 ECR을 스캔하는지 봅니다
command-inspector-disable = Amazon Inspector의 ECR 스캔을 다시 끕니다
command-inspector-filters = ECR이 Amazon Inspector가 스캔하는 마지막 대상이면 함께 삭제되는 필터 보기
command-engine-version = 이미지 엔진의 버전을 봅니다
command-repository-create = 리포지토리 { $name }을(를) 만듭니다
command-repository-delete = 리포지토리 { $name }이(가) 비어 있으면 삭제합니다
command-repositories-scanning = 리포지토리가 어떻게 스캔되는지 봅니다
command-image-pull = 한 플랫폼용 이미지를 가져옵니다
command-registry-login = 레지스트리에 로그인합니다
command-image-tag = { $name }용 태그를 붙입니다
command-image-push = { $name }에 이미지를 푸시합니다
command-layer-sharing = 두 번째 푸시가 첫 번째 푸시의 계층을 재사용하게 합니다
command-layer-sharing-restore = 계층 재사용 설정을 되돌립니다
command-layer-sharing-now = 리포지토리 사이의 레이어 재사용이 지금 켜져 있는지 보기
command-layer-sharing-restore-by-hand = 레이어 재사용을 직접 켰고 그 전에는 꺼져 있었다면 다시 끄기
command-image-digest = { $name }에 있는 이미지의 다이제스트를 봅니다
command-image-delete = { $name }에서 이번 실행의 이미지를 제거합니다
command-tag-restore = 태그 { $name }을(를) 전에 있던 이미지로 되돌립니다
command-findings-counts = 스캔 상태와 심각도별 조사 결과 수를 봅니다
command-findings-log4shell = CVE-2021-44228(Log4Shell)을 찾습니다
command-findings-inspector = 같은 조사 결과를 Amazon Inspector에서 봅니다
command-findings-sandbox = 스캔하지 않는 리포지토리의 조사 결과를 요청합니다(스캔이 없습니다)
command-findings-fixed = 패치된 이미지의 심각도별 조사 결과 수를 봅니다
command-coverage-sandbox = Amazon Inspector가 이 리포지토리를 왜 스캔하지 않는지 봅니다
command-local-remove = 로컬 이미지 { $name }을(를) 제거합니다

## Previews

preview-scanning-configuration = 레지스트리의 스캔 구성
preview-configuration = { $configuration }
preview-inspector = Amazon Inspector의 ECR 스캔
preview-inspector-status = { $status }
preview-inspector-filter = Amazon Inspector의 필터 { $name }
preview-record = 레지스트리가 전에 어떠했는지 태그에 기록하려고 이 단계에서 미리 만듭니다
preview-record-alone = 세 리포지토리가 모두 이미 있으므로, 레지스트리가 전에 어떠했는지 태그에 기록하려고 만듭니다. 비어 있으며 정리할 때 삭제합니다
preview-repository = 리포지토리 { $name }
preview-repository-new = imagelab:run={ $run } 태그를 붙여 만듭니다
preview-repository-stands = 이미 있음: { $uri }
preview-image = 이미지 { $repository }:{ $tag }
preview-image-before = { $digest }
preview-layer-sharing = 계정의 BLOB_MOUNTING 설정(다른 리포지토리의 계층 재사용)
preview-layer-sharing-value = { $value }
preview-image-after = { $image }({ $platform })
preview-pushed-image = 이미지 { $name }
preview-local-image = 로컬 이미지 { $name }

cost-scanning = 설정 자체는 무료입니다. AWS 계정에서는 필터와 일치하는 리포지토리의 이미지마다 첫 스캔에 약 US$0.09, 자동 재스캔에 약 US$0.01이 듭니다(aws.amazon.com/inspector/pricing). 연습용 클라우드에서는 비용이 들지 않습니다.
cost-repositories = 빈 리포지토리는 무료입니다.
cost-push = AWS 계정에서는 스캔하는 리포지토리에 푸시한 이미지마다 첫 스캔에 약 US$0.09, 저장에 GB당 월 약 US$0.10이 듭니다. 연습용 클라우드에서는 비용이 들지 않습니다.
cost-results = 조사 결과를 읽는 것은 무료입니다.

note-whole-registry = 스캔 구성은 계정과 리전의 레지스트리 전체에 하나뿐입니다. 먼저 저장해 두었다가 정리할 때 되돌립니다.
warning-rules-replaced = 위험: 지금 있는 규칙({ $configuration })이 정리할 때까지 없어집니다. 어떤 규칙과도 일치하지 않게 된 리포지토리는 스캔되지 않으며, 그동안 닫힌 조사 결과는 되돌아오지 않을 수 있습니다.
warning-no-rules = 레지스트리에 규칙 없이 향상된 스캔이 켜져 있습니다. 이런 레지스트리가 무엇을 스캔하는지는 읽을 수 없었습니다. 실습 규칙을 더하면 정리할 때까지 그 규칙과 일치하는 것만 스캔되며, 정리한 뒤에는 레지스트리에 다시 규칙이 없습니다.
warning-other-runs = 이 실습의 다른 실행이 레지스트리를 쓰고 있습니다: { $runs }. 그 전에 어떠했는지는 그 실행의 기록에서 가져오고, 마지막으로 정리하는 실행이 되돌립니다. 다른 실행의 규칙은 유지합니다.
warning-other-runs-unknown = 이 실습의 다른 실행이 레지스트리를 쓰고 있는지 읽을 수 없었습니다(모든 리포지토리에 대한 ecr:DescribeRepositories, ecr:ListTagsForResource 권한). 다른 실행이 아직 쓰고 있더라도 정리할 때 이번 실행 전의 상태로 되돌립니다.
warning-kept-rules-cost = 유지되는 규칙이 다른 리포지토리 { $count }개와 일치합니다. 기본 스캔과 달리 향상된 스캔에는 비용이 듭니다: { $names }
warning-repositories-dropped = 다른 리포지토리 { $count }개가 정리할 때까지 스캔되지 않습니다: { $names }
warning-findings-go = 정리할 때 Amazon Inspector의 ECR 스캔을 다시 끕니다. 그러면 조사 결과를 더는 읽을 수 없고 24시간 뒤(이미지가 없어진 경우 3일 뒤) 삭제됩니다. 되돌릴 수 없습니다.
warning-inspector-settings-go = 그때 ECR이 계정에서 Amazon Inspector가 스캔하는 마지막 대상이면 Inspector의 필터, 억제 규칙, 설정도 삭제됩니다. 되돌릴 수 없습니다.
warning-kept-rule-matches = 유지되는 규칙({ $filters })이 { $name }와(과)도 일치해 스캔이 이루어지므로 실습의 비교가 성립하지 않습니다.
warning-filter-matches-others = 필터 { $filter }이(가) 다른 리포지토리 { $count }개와도 일치합니다. 이 리포지토리도 스캔되고 비용이 듭니다: { $names }
warning-others-unknown = 필터 { $filter }이(가) 다른 어떤 리포지토리와 일치하는지 읽을 수 없었습니다.
warning-repository-stands = { $name }이(가) 이미 있습니다. 그대로 사용하며 삭제하지 않습니다.
warning-repository-missing = { $name }이(가) 아직 없습니다.
warning-tag-refused = { $repository }의 태그 { $tag }에 다른 이미지가 있습니다. 실습은 이 태그를 옮기지 않으므로 푸시가 거부됩니다. 다른 태그나 리포지토리 이름을 선택하거나, 정리할 때까지 옮기는 것을 허용하십시오.
warning-tag-moves = { $repository }의 태그 { $tag }에 다른 이미지가 있습니다. 먼저 그 이미지에 태그 { $saved }을(를) 붙인 뒤 { $tag }을(를) 실습의 취약한 이미지로 옮깁니다. 정리할 때까지 { $tag }을(를) 사용하는 쪽은 그 이미지를 받게 되며, 정리할 때 { $tag }을(를) 되돌립니다.
warning-tag-immutable = { $repository }의 태그 { $tag }에 다른 이미지가 있고 이 태그는 덮어쓸 수 없으므로 푸시가 거부됩니다.
warning-tag-archived = { $repository }:{ $tag }에 다른 이미지가 있고 보관되어 있어 다른 태그로 유지할 수 없으므로 푸시가 거부됩니다.
warning-configuration-changed = 실습 이후 누군가 스캔 구성을 바꾸었습니다. 실습 전에는 { $before }, 지금은 { $configuration }입니다. 실습의 필터만 제거합니다.
warning-configuration-shared = 이 실습의 다른 실행이 레지스트리를 쓰고 있습니다: { $runs }. 같은 필터를 쓰는 실행이 없으면 이번 실행의 필터만 제거하고, 마지막으로 정리하는 실행이 이전 구성({ $before })을 되돌립니다.
warning-configuration-conflict = 실습하는 동안 누군가 스캔 구성을 바꾸었습니다. 지금은 { $configuration }이고 실습 전에는 { $before }였습니다. 실습의 필터는 제거하고, 나머지는 어느 쪽을 남길지 선택할 때까지 그대로 둡니다.
warning-filters-would-go = Amazon Inspector에 이번 실행에서 만들지 않은 필터가 { $count }개 있습니다: { $filters }. ECR은 Inspector가 스캔하는 마지막 대상이므로 실습 전처럼 스캔을 끄면 이 필터가 삭제됩니다. 선택할 때까지 켜 둡니다.
warning-filters-go = 선택한 대로 Amazon Inspector의 ECR 스캔을 끄면 이번 실행에서 만들지 않은 필터 { $count }개도 삭제됩니다: { $filters }
warning-former-unknown = 이전 구성을 알 수 없습니다. 이 실습의 다른 실행이 먼저 바꾸었고 기록이 남아 있지 않습니다. 지금 구성({ $configuration })에서 이번 실행의 필터만 제거합니다.
warning-no-undo = 삭제한 리포지토리와 이미지는 되살릴 수 없습니다. 이번 실행에서 푸시하지 않은 이미지는 삭제하지 않습니다.

## Notes

note-preparing = 계정과 이미지 엔진 확인
note-configuration-put = 스캔 구성은 { $configuration }입니다
note-configuration-restored = 이전 스캔 구성으로 되돌렸습니다: { $configuration }
note-configuration-left = 다른 사람이 스캔 구성에서 바꾼 것은 그대로 둡니다. 지금은 { $configuration }입니다
note-filter-removed = 실습의 필터를 제거했습니다. 스캔 구성은 { $configuration }입니다
note-configuration-shared = 이 실습의 다른 실행이 스캔 구성({ $configuration })을 아직 쓰고 있습니다: { $runs }. 마지막 실행이 되돌립니다
note-configuration-conflict = 누군가 스캔 구성을 바꾸었습니다. 선택할 때까지 그대로 둡니다: { $configuration }
note-filters-stay = 끄면 이번 실행에서 만들지 않은 필터가 삭제되므로, 선택할 때까지 Amazon Inspector의 ECR 스캔을 켜 둡니다: { $filters }
note-former-unknown = 이전 구성을 알 수 없습니다. 스캔 구성은 { $configuration }입니다
note-record-written = 레지스트리가 전에 어떠했는지 { $name }의 태그에 기록했습니다
note-inspector-status = Amazon Inspector의 ECR 스캔: { $status }
note-repository-made = 리포지토리 { $name }을(를) 만들었습니다
note-repository-stands = 이미 있던 리포지토리 { $name }을(를) 사용합니다
note-repository-deleted = 리포지토리 { $name }을(를) 삭제했습니다
note-repository-left = 리포지토리 { $name }에 이번 실행의 이미지가 { $count }개 남아 있어 아직 삭제하지 못했습니다
note-repository-kept = 리포지토리 { $name }에 이번 실행에서 만들지 않은 이미지가 { $count }개 있어 유지합니다
note-pushed = { $repository }에 { $digest }이(가) 있습니다
note-layer-sharing-on = BLOB_MOUNTING을 켰습니다. 두 번째 푸시는 첫 번째 푸시의 계층을 재사용합니다
note-layer-sharing-back = BLOB_MOUNTING을 { $value }(으)로 되돌렸습니다
note-token-expired = 도중에 레지스트리 토큰이 만료되어 새 토큰으로 이어서 진행합니다
note-scan-stable = 조사 결과 수가 더 바뀌지 않습니다: ECR { $ecr }건, Amazon Inspector { $inspector }건
note-no-details = 조사 결과의 세부 정보를 읽을 권한(inspector2:BatchGetFindingDetails)이 없어 세부 정보 없이 진행합니다
note-image-deleted = 이미지 { $repository }:{ $tag }을(를) 삭제했습니다
note-tag-restored = 태그 { $repository }:{ $tag }을(를) 전에 있던 이미지로 되돌렸습니다
note-local-removed = 로컬 이미지 { $reference }을(를) 제거했습니다
note-chosen-kept = { $name }을(를) 제거하도록 선택했지만, 이미지가 들어 있거나 이미지 인덱스가 가리키고 있어 제거하지 못했습니다
note-tag-displaced = 실습이 { $repository }:{ $tag }을(를) 푸시하는 동안 다른 이미지 { $digest }이(가) 리포지토리에 들어왔고 지금은 태그가 없습니다. 이 태그를 실습에 빼앗겼을 수 있습니다
note-pushes-unrecorded = 리포지토리 { $name }에 태그를 더 붙일 수 없어, 실습이 푸시한 것을 이 컴퓨터에만 기록합니다. 이 기록을 잃으면 누가 만든 이미지인지 알 수 없으므로 정리할 때 유지합니다
note-chosen-removed = 이번 실행에서 만들지 않은 { $name }을(를) 선택에 따라 제거했습니다

## Checks: prepare

check-cancelled = 확인하기 전에 중지되었습니다.
check-identity = AWS 자격 증명
check-identity-met = 계정 { $account }, { $arn }
check-region = 리전
check-region-met = { $region }에서 Amazon ECR이 응답합니다
check-permissions = 읽기 권한
check-permissions-met = 읽기 호출 { $count }개가 모두 허용됩니다. 쓰기 호출은 미리 시험할 수 없습니다.
check-permissions-known = 권한 { $proven }개가 허용됨을 실제로 읽어 확인했습니다. IAM 정책 시뮬레이션에 따르면 { $expected }개는 허용될 것으로 예상됩니다. { $unknown }개는 사용해 보아야 알 수 있습니다.
check-permissions-doubtful = 권한 { $proven }개가 허용됨을 실제로 읽어 확인했고, { $unknown }개는 사용해 보아야 알 수 있습니다. IAM 정책 시뮬레이션(레지스트리와 세션의 정책은 알지 못함)에 따르면 다음 작업은 거부될 것으로 예상됩니다: { $actions }
check-permissions-not-met = 거부됨: { $actions }
check-permissions-hint = 이 사용자나 역할의 IAM 정책에서 이 작업들을 허용한 뒤 다시 확인하십시오.
check-tags-free = 다른 이미지의 태그
check-tags-free-met = 실습에서 푸시할 태그에 다른 이미지가 없거나, 태그를 옮기는 것이 허용되어 있습니다
check-tags-free-not-met = 다른 이미지가 이 태그를 사용합니다: { $names }
check-tags-free-immutable = 다른 이미지가 이 태그를 사용합니다: { $names }. 다음은 태그를 덮어쓸 수 없어 푸시가 거부됩니다: { $immutable }
check-tags-free-immutable-hint = 계획에서 다른 태그나 리포지토리 이름을 선택하십시오. 태그를 덮어쓸 수 없는 리포지토리에서는 태그를 옮길 수도 없습니다(--move-tags). 그때까지 2단계는 아무것도 변경하지 않고 거부됩니다.
check-tags-free-archived = 다른 이미지가 이 태그를 사용합니다: { $names }. 다음은 보관되어 있어 다른 태그로 유지할 수 없습니다: { $archived }
check-tags-free-hint = 계획에서 다른 태그나 리포지토리 이름을 선택하십시오. 그동안 이 태그를 사용하는 곳이 없다면 정리할 때까지 옮길 수 있습니다(--move-tags). 단, 태그를 덮어쓸 수 없는 리포지토리에서는 옮길 수 없습니다.
check-encryption = 기존 리포지토리의 암호화
check-encryption-none = 이미지를 푸시할 리포지토리 중 KMS 키로 암호화된 것이 없습니다
check-encryption-kms = KMS 키로 암호화되어 있습니다: { $names }. 푸시와 Inspector의 스캔은 이 키에도 달려 있습니다. 키가 활성화되어 있어야 하고 키 정책에 필요한 권한이 있어야 합니다. 실제로 해 보기 전에는 알 수 없습니다
check-inspector-ready = Amazon Inspector
check-inspector-ready-enabled = 이미 ECR을 스캔합니다. 레지스트리 구성: { $configuration }
check-inspector-ready-later = ECR 스캔이 { $status } 상태이며 다음 단계에서 켭니다. 레지스트리 구성: { $configuration }
check-inspector-ready-suspended = ECR 스캔이 { $status } 상태입니다. 레지스트리 구성: { $configuration }
check-inspector-ready-hint = 일시 중지된 계정에서는 스캔할 수 없습니다. AWS 계정의 상태를 확인하십시오.
check-engine = 이미지 엔진
check-engine-met = 버전 { $version }, API { $api }, { $platform }, { $host }
check-disk = 디스크 공간
check-disk-met = { $folder }에 { $free } MiB 남음. 이미지에는 { $wanted } MiB가 필요합니다
check-disk-tight = { $folder }에 { $free } MiB 남음: 연습용 이미지에는 충분하지만 실제 이미지에는 { $wanted } MiB가 좋습니다
check-disk-not-met = { $folder }에 { $free } MiB밖에 남지 않았습니다. { $wanted } MiB가 필요합니다
check-disk-unread = 남은 공간을 읽을 수 없습니다: { $error }
check-disk-hint = 디스크 공간을 비우거나 다른 폴더를 선택하십시오.
check-source-registry = 이미지를 가져올 레지스트리
check-private-registry = 계정의 레지스트리
check-registry-met = 이미지 엔진이 { $registry }에 연결됩니다
check-registry-hint = 이미지 엔진의 네트워크와 프록시 설정을 확인하거나 내장 엔진을 선택하십시오. 레지스트리는 { $registry }입니다.
check-network = AWS로 가는 경로
check-network-met = { $endpoint ->
    [none] AWS 자체 엔드포인트
   *[other] 엔드포인트 { $endpoint }(AWS 아님)
}, { $proxy ->
    [none] 프록시 없음
   *[other] 프록시 { $proxy }({ $no-proxy ->
        [none] 모든 호스트
       *[other] { $no-proxy } 제외
    })
}, { $bundle ->
    [none] 시스템 인증서
   *[other] { $bundle }의 인증서
}, FIPS { $fips ->
    [on] 사용
   *[off] 사용 안 함
}, 듀얼 스택 { $dual-stack ->
    [on] 사용
   *[off] 사용 안 함
}.
check-engine-network = 이미지 엔진이 레지스트리로 가는 경로
check-engine-network-builtin = 내장 엔진은 이 프로그램과 같은 프록시와 인증서를 사용합니다.
check-engine-network-docker = Docker는 자체 설정을 사용합니다: { $proxy ->
    [none] 프록시 없음
   *[other] 프록시 { $proxy }({ $no-proxy ->
        [none] 모든 호스트
       *[other] { $no-proxy } 제외
    })
}.
check-engine-network-hint = { $proxy ->
    [none] 이 프로그램은 프록시를 사용하지 않습니다.
   *[other] 이 프로그램은 { $proxy }을(를) 사용합니다.
} Docker가 레지스트리에 연결하지 못하면 Docker 설정에서 프록시를 지정하거나 내장 엔진을 선택하십시오.

## Checks: scanning

check-enhanced = 향상된 스캔
check-enhanced-detail = 스캔 유형: { $type }(필요한 유형: { $wanted })
check-rule = 필터 규칙
check-rule-detail = 레지스트리 구성: { $configuration }
check-inspector = Amazon Inspector의 ECR 스캔
check-inspector-detail = ECR 스캔이 { $status } 상태입니다
hint-run-scanning = “스캔 구성” 단계나 그 명령을 실행하십시오.
hint-inspector-enabling = 켜지는 데 1~2분이 걸립니다. 잠시 뒤 다시 확인하십시오.
hint-rule-missing = { $frequency } 규칙 가운데 필터 { $filter }이(가) 있는 것이 없습니다. “스캔 구성” 단계나 그 명령을 실행하십시오.
hint-rule-on-push = 필터 { $filter }이(가) SCAN_ON_PUSH 규칙에 있습니다. { $frequency } 규칙에 있어야 합니다.

## Checks: repositories

check-repository-exists = { $name } 있음
check-repository-watched = { $name } 연속 스캔
check-repository-unwatched = { $name } 스캔하지 않음
check-repository-there = 리포지토리가 있습니다
check-repository-missing = 리포지토리 { $name }이(가) 없습니다
check-frequency = { $frequency }, 적용된 필터 { $filters }
check-frequency-no-filter = { $frequency }, 적용된 필터 없음
hint-run-repositories = “리포지토리 생성” 단계나 그 명령을 실행하십시오.
hint-prod-unwatched = 레지스트리 구성에 이 이름과 일치하는 필터 { $filter }의 CONTINUOUS_SCAN 규칙이 필요합니다. “스캔 구성” 단계를 확인하십시오.
hint-watched-by-others = 다른 규칙이나 필터와도 일치합니다. 레지스트리의 스캔 구성을 확인하십시오.

## Checks: push

check-image-there = { $repository }에 태그 { $tag } 있음
check-image-found = { $digest }, { $size } MB
check-image-stored = { $digest }, { $size }
check-image-missing = { $repository }에 없습니다
check-same-digest = 두 리포지토리에 같은 이미지가 있음
check-same-digest-met = 두 곳 모두 { $digest }입니다
check-digests = 스캔하는 쪽은 { $prod }, 스캔하지 않는 쪽은 { $sandbox }입니다
check-single-image = 한 플랫폼용 이미지
check-media-type = 미디어 유형은 { $media-type }입니다
check-both-needed = 두 이미지가 모두 있어야 합니다
hint-run-push = “이미지 푸시” 단계나 그 명령을 실행하십시오.
hint-digests-differ = 같은 로컬 이미지를 두 리포지토리에 푸시하십시오. 한 번 가져오고, 두 번 태그를 붙이고, 두 번 푸시합니다.
hint-index = Amazon Inspector는 여러 플랫폼용 이미지 목록을 스캔하지 않습니다. --platform { $platform } 옵션으로 가져온 뒤 다시 태그를 붙여 푸시하십시오.

## Checks: results

check-prod-findings = { $name }에 조사 결과 있음
check-findings-there = 조사 결과 ECR { $ecr }건, Amazon Inspector { $inspector }건, 스캔 상태 { $status }
check-findings-none = 스캔 상태가 { $status }이고 조사 결과가 없습니다(ECR { $ecr }건, Amazon Inspector { $inspector }건)
check-scan-not-found = 이 이미지의 스캔이 없습니다(ScanNotFoundException)
check-scanning-off = 스캔이 꺼져 있습니다. { $name }와(과) 일치하는 스캔 규칙이 없습니다
check-inspector-off = 스캔이 꺼져 있습니다. Amazon Inspector의 ECR 스캔 상태가 { $status }입니다
check-scan-not-complete = 스캔 상태가 { $status }이며 아직 끝나지 않았습니다
check-no-longer-watched = Amazon Inspector가 더 이상 이 이미지를 감시하지 않습니다({ $status }). 조사 결과는 닫혔지만 취약점은 그대로 있습니다
check-nothing-to-compare = 두 서비스 모두 비교할 조사 결과가 아직 없습니다
check-log4shell-ecr = Amazon ECR에 CVE-2021-44228 있음
check-log4shell-inspector = Amazon Inspector에 CVE-2021-44228 있음
check-log4shell-found = { $service }의 조사 결과에 있습니다
check-log4shell-absent = { $service }의 조사 결과에 없습니다
check-counts-agree = 두 서비스의 개수가 같음
check-counts = 조사 결과 ECR { $ecr }건, Amazon Inspector { $inspector }건
check-counts-suppressed = 조사 결과가 ECR에는 { $ecr }건, Amazon Inspector에는 { $inspector }건입니다. Inspector는 계정의 필터로 억제된 { $suppressed }건을 세지 않습니다
check-sandbox-same-image = { $name }에 똑같은 이미지가 있음
check-image-found-again = { $digest }
check-sandbox-no-scan = { $name }에 스캔 없음
check-sandbox-silent = ScanNotFoundException: 스캔한 적이 없습니다. 아무것도 발견되지 않은 것과는 다릅니다.
check-sandbox-scanned = 스캔되었습니다: { $status }, 조사 결과 { $count }건
check-sandbox-not-covered = Amazon Inspector가 { $name }을(를) 스캔하지 않음
check-coverage = 이유: { $reason }
check-coverage-none = Amazon Inspector 목록에 이 이미지가 없습니다
hint-run-results = 푸시한 뒤 스캔에 1~2분이 걸립니다. “결과 확인” 단계를 실행하고 다시 확인하십시오.
hint-no-longer-watched = 이미지를 다시 푸시하십시오. 그러면 다시 스캔하고, 재스캔 기간(기본값 14일) 동안 감시합니다.
hint-counts-differ = 두 서비스 중 하나가 늦습니다. 몇 분 뒤 다시 확인하십시오.
hint-sandbox-watched = 레지스트리의 규칙이 이 리포지토리와 일치합니다. 스캔 구성을 확인하십시오.

## Checks: remediate

check-fixed-scanned = 패치된 이미지가 스캔됨
check-fixed-scan-status = 스캔 상태 { $status }: 이미지를 제대로 스캔하지 못했습니다
check-fixed-scanned-met = 스캔 상태 { $status }, 조사 결과 { $count }건
check-fixed-not-scanned = 스캔이 아직 끝나지 않았습니다
check-log4shell-not-assessed = 찾지 못했지만, 스캔이 평가하지 못한 것이 있습니다: { $description }
check-log4shell-gone = CVE-2021-44228이 사라짐
check-log4shell-gone-met = 두 서비스 모두 패치된 이미지에서 찾지 못합니다
check-log4shell-still = 패치된 이미지의 조사 결과에 있습니다
check-compared = 두 이미지를 비교함
check-compared-met = 패키지별 취약점: 해결 { $fixed }개, 새로 생김 { $new }개, 남음 { $remaining }개
check-compared-vulnerabilities = 취약점: 해결 { $fixed }개, 새로 생김 { $new }개, 남음 { $remaining }개
check-compared-not-assessed = 취약점: 더 이상 발견되지 않음 { $fixed }개, 새로 생김 { $new }개, 남음 { $remaining }개. 패치된 이미지의 스캔이 일부를 평가하지 못했습니다
check-compared-not-met = 아직 비교하지 않았습니다
hint-run-remediate = “수정 및 비교” 단계를 실행하십시오.
hint-other-image = 패치되지 않은 이미지입니다. 다른 이미지를 패치된 이미지로 선택하십시오.

## Checks: clean-up

check-repositories-gone = 이번 실행의 리포지토리가 없거나 다른 이미지 때문에 유지됨
check-images-gone = 리포지토리에 이번 실행의 이미지가 없음
check-local-gone = 이번 실행의 로컬 이미지가 없음
check-configuration-restored = 스캔 구성이 이전과 같음
check-inspector-restored = Amazon Inspector가 이전과 같음
check-kept = 실습의 것이 아니어서 남겨 둠
check-kept-unknown = 누가 만들었는지 알 수 없어서 유지함
check-gone = 남은 것이 없습니다(삭제한 것 { $count }개)
check-not-made-kept = 유지함: 이번 실행에서 만들지 않은 것 { $count }개(삭제한 것 { $deleted }개)
check-unknown-origin-kept = 유지함: 누가 만들었는지 알 수 없는 것 { $unknown }개, 이번 실행에서 만들지 않은 것 { $count }개({ $deleted }개 삭제)
check-chosen-removed = 이름으로 선택한 것이 제거됨
check-displaced-settled = 다른 사용자의 이미지가 태그를 잃지 않음
check-tag-displaced = { $repository }:{ $tag } 태그를 다른 이미지에서 빼앗지 않음
check-tag-displaced-not-met = 다른 사용자의 이미지 { $digest }이(가) 푸시하는 동안 들어왔고 지금은 태그가 없습니다
check-left = 아직 있음: { $names }
check-undecided = 결정할 때까지 유지함: { $names }
check-repositories-kept = 이번 실행에서 만들지 않은 이미지가 있어 유지함: { $names }(리포지토리 { $count }개)
check-tags-restored = 옮긴 태그가 전에 있던 이미지로 돌아감
check-tags-restored-met = 다시 읽어 확인함: { $names }
check-layer-sharing = 계층 재사용 설정이 이전과 같음
check-layer-sharing-detail = BLOB_MOUNTING: { $value }, 이전: { $before }
check-tags-not-restored = 전에 있던 이미지로 돌아가지 않음: { $names }
hint-tag-not-restored = 누군가 { $name }을(를) 옮겼거나 전에 있던 이미지가 없어졌으므로 그대로 두었습니다. 전에 있던 이미지가 아직 있으면 { $saved } 태그가 붙어 있습니다. 어느 이미지에 태그를 붙일지 정해 설정하십시오.
check-configuration-untouched = 이번 실행에서 바꾸지 않았습니다
check-configuration-restored-met = { $configuration }
check-configuration-no-rules = 규칙: 전과 같이 없음. 이런 레지스트리가 무엇을 스캔하는지는 읽을 수 없었습니다
check-filter-gone = 스캔 구성에 이번 실행의 것이 남아 있지 않음
check-configuration-shared = 지금은 { $configuration }이며 이 실습의 다른 실행({ $runs })이 쓰고 있습니다. 마지막 실행이 { $before }(으)로 되돌립니다
check-configuration-merged = 지금은 { $configuration }이고 실습 전에는 { $before }였습니다. 다른 점은 다른 사람이 바꾼 것입니다
check-configuration-kept = 선택한 대로 { $configuration }(으)로 둡니다. 실습 전에는 { $before }였습니다
check-former-unknown = 이전 구성을 알 수 없습니다. 지금은 { $configuration }입니다
check-inspector-left = Amazon Inspector를 그대로 둠
check-inspector-before = ECR 스캔이 { $status } 상태입니다. 실습 전에는 { $before }였습니다
check-inspector-on-again = ECR 스캔이 { $status } 상태입니다. 정리한 뒤 누군가 다시 켰습니다
check-inspector-shared = ECR 스캔이 { $status } 상태입니다. 이 실습의 다른 실행({ $runs })이 쓰고 있으며 마지막 실행이 { $before }(으)로 되돌립니다
check-inspector-unknown = ECR 스캔이 { $status } 상태입니다. 전에 어떠했는지는 알 수 없습니다
check-configuration-changed = 실습하는 동안 누군가 바꾸었습니다. 지금은 { $configuration }이고 실습 전에는 { $before }였습니다
check-filters-would-go = 선택할 때까지 둡니다. Amazon Inspector의 ECR 스캔을 끄면 이번 실행에서 만들지 않은 필터가 삭제됩니다: { $filters }
check-configuration-not-met = 지금은 { $configuration }이고 실습 전에는 { $before }였습니다
check-kept-detail = { $names }
hint-unknown-origin = 실행의 기록이 없어 실습의 것으로 증명된 것만 제거합니다. 나머지를 어떻게 할지 결정하십시오. 명령은 유지한 항목의 목록에 있습니다. 그다음 다시 정리하십시오.
hint-chosen-kept = 강제로 제거하지 않습니다. { $name }에 들어 있는 것이나 이를 가리키는 것을 제거한 뒤 “정리” 단계를 다시 실행하십시오.
hint-scan-gaps = 스캔이 평가하지 못한 것이 있습니다: { $description }
hint-not-assessed = 평가하지 못한 부분에 들어 있을 수 있습니다. 스캐너가 전체를 평가할 수 있는 이미지를 선택하십시오.
hint-tag-displaced = 누가 푸시했는지 확인하십시오. 태그를 되돌리려면: { $command }
hint-displaced-kept = { $name }을(를) 누가 푸시했는지 확인하고 다시 태그를 붙이십시오.
hint-run-cleanup = “정리” 단계를 다시 실행하십시오.
hint-configuration-changed = 실습의 필터는 제거했고 나머지는 누군가 쓰고 있을 수 있습니다. 이 단계에서 어느 구성을 남길지 선택하거나 `imagelab cleanup --configuration restore`(실습 전 구성) 또는 `imagelab cleanup --configuration keep`(지금 구성)을 실행하십시오.
hint-filters-would-go = 누구의 필터인지 확인한 뒤 이 단계에서 선택하십시오. 실습 전의 구성으로 되돌리면 필터가 삭제되고(`imagelab cleanup --configuration restore`), 지금 구성을 유지하면 Amazon Inspector가 계속 스캔합니다(`imagelab cleanup --configuration keep`).
hint-former-unknown = 이 실습의 다른 실행이 먼저 바꾸었는데 그 기록이 없습니다. 레지스트리가 팀에서 예상하는 상태인지 비교한 뒤 `imagelab cleanup --configuration keep`으로 그대로 두십시오.

kept-stood = 이번 실행 전부터 있었습니다.
kept-made-anew = 다른 사람이 다시 만들었습니다.
kept-image-stood = 같은 이미지가 이번 실행 전부터 있었습니다.
kept-holds-images = 이번 실행에서 만들지 않은 이미지가 { $count }개 있습니다.
kept-holds-unknown = 이미지가 { $count }개 있고, 그중에 누가 만들었는지 알 수 없는 것이 있습니다.
kept-record = 어느 구성을 남길지 선택할 때까지 실습 전 스캔 구성의 기록을 보관합니다.
kept-unknown-image = 누가 만들었는지 알 수 없습니다. 실행의 기록이 없고, 실행의 리포지토리에도 이 이미지({ $digest })의 기록이 없습니다. 실습의 것이면 제거하십시오: { $command }
kept-unknown-tag = 이 실습의 실행이 다른 사용자의 이미지({ $digest })에서 태그를 옮길 때 붙인 태그입니다. 어느 태그를 옮겼는지는 알 수 없습니다. 원래 태그를 되돌린 뒤 이 태그를 제거하십시오.
kept-referenced = 다른 사용자의 이미지 인덱스에 들어 있습니다.
kept-saved-tag = 이번 실행에서 만들지 않은 이미지의 유일한 태그입니다. 제거하면 이미지가 삭제됩니다.
kept-tag-not-put-back = 이번 실행에서 { $digest }에 있던 태그를 옮겼고 아직 되돌리지 않았습니다. 정리를 다시 실행하십시오.
kept-tag-restored = 태그를 전에 있던 이미지({ $digest })로 되돌리고 { $saved }을(를) 제거했습니다.
kept-tag-moved-since = 이번 실행 중에 누군가 태그를 옮겼으므로 { $digest }(으)로 되돌리지 않았습니다. 그 이미지에는 { $saved } 태그가 있습니다.
kept-tag-not-restored = 태그를 되돌릴 수 없었습니다. 전에 이 태그가 있던 이미지({ $digest })가 없어졌습니다.
kept-local-stood = 이번 실행 전부터 이 컴퓨터에 있었습니다.
kept-local-moved = 이미지 엔진의 다른 사용자가 이 이름을 다른 이미지에 붙였습니다.
kept-local-unknown = 이번 실행이 이미지를 가져오다가 중단되어, 이 이름을 이번 실행에서 붙였는지 다른 사용자가 붙였는지 알 수 없습니다. 제거하려면: { $command }
kept-chosen-holds = 제거하도록 선택했지만 유지함: { $name }에 이미지가 { $count }개 있습니다.
kept-chosen-referenced = 제거하도록 선택했지만 유지함: 이미지 인덱스가 { $name }을(를) 가리킵니다.
kept-chosen-there = 제거하도록 선택했지만 유지함: { $name }이(가) 아직 있습니다.
kept-displaced = 이번 실행이 태그 { $tag }을(를) 푸시하는 동안 들어왔고 지금은 태그가 없습니다. 그 태그를 붙이려면: { $command }
kept-not-made = 이번 실행에서 만들지 않았습니다. 제거하려면: { $command }
kept-unknown-origin = 출처를 알 수 없음: 실행 기록을 잃어서 이번 실행에서 만들었는지 알 수 없습니다. 이번 실행에서 만들었다면 제거하십시오: { $command }
kept-configuration-changed = 실습하는 동안 누군가 바꾸었습니다. 지금은 { $configuration }이고 실습 전에는 { $before }였습니다. 어느 쪽을 남길지 선택하십시오: `imagelab cleanup --configuration restore` 또는 `imagelab cleanup --configuration keep`
kept-for-filters = 지금은 { $configuration }이고 실습 전에는 { $before }였습니다. 되돌리면 Amazon Inspector의 ECR 스캔이 꺼지면서 다른 사용자의 필터가 삭제됩니다. `imagelab cleanup --configuration restore` 또는 `imagelab cleanup --configuration keep`으로 선택하십시오.
kept-inspector-filters = 실습 전에는 꺼져 있었습니다. 끄면 이번 실행에서 만들지 않은 필터 { $count }개가 삭제됩니다: { $filters }. `imagelab cleanup --configuration restore`는 필터를 삭제하고, `imagelab cleanup --configuration keep`은 스캔을 켜 둡니다.
kept-no-rules = 규칙: 전과 같이 없음. 이런 레지스트리가 무엇을 스캔하는지는 읽을 수 없었습니다.
kept-for-other-runs = 이 실습의 다른 실행이 쓰고 있습니다: { $runs }. 마지막으로 정리하는 실행이 되돌립니다.
kept-changed-by-others = 다른 사람이 바꾸었습니다. 실습 전에는 { $before }, 지금은 { $configuration }입니다. 이번 실행의 것은 남아 있지 않습니다.
kept-by-choice = 선택한 대로 그대로 둡니다: { $configuration }. 실습 전에는 { $before }였습니다.
kept-former-unknown = 이전 구성을 알 수 없습니다. 이 실습의 다른 실행이 먼저 바꾸었고 기록이 남아 있지 않습니다. 지금은 { $configuration }입니다. `imagelab cleanup --configuration keep`으로 그대로 둘 수 있습니다.
kept-inspector-on = 실습 전에는 꺼져 있었지만 지금의 스캔 구성에 필요할 수 있으므로 켜 둡니다.
kept-left = 이번 실행의 것인데 아직 있습니다. 정리를 다시 실행하십시오.

## Problems

problem-in-use = 실습 폴더 { $folder }을(를) 다른 프로세스가 사용하고 있습니다.
problem-in-use-hint = 이 폴더를 사용하는 다른 창이나 명령을 닫거나 다른 폴더를 선택하십시오.
problem-folder-unusable = 실습 폴더 { $folder }을(를) 사용할 수 없습니다.
problem-folder-unusable-hint = 폴더가 있는지, 쓸 수 있는지, 디스크가 가득 차지 않았는지 확인하거나 다른 폴더를 선택하십시오.
problem-cancelled = 끝나기 전에 중지했습니다.
problem-cancelled-hint = 다시 실행하면 이어서 진행합니다.
problem-findings-store = 저장된 조사 결과를 읽거나 쓸 수 없습니다.
problem-findings-store-hint = 다시 시도하십시오. 계속 실패하면 디스크가 가득 차지 않았는지, 폴더가 로컬 디스크에 있는지 확인하십시오.
problem-unknown = 이 버전의 프로그램이 알지 못하는 문제입니다.
problem-unknown-hint = 이 문제를 기록한 버전을 사용하거나 단계를 다시 실행하십시오.
problem-consent-needed = 아직 동의하지 않은 변경이 있습니다. 아무것도 변경하지 않았습니다.
problem-consent-needed-hint = 변경 내용을 살펴본 뒤 단계를 다시 실행하고 동의하십시오.
problem-session-failed = 실습 기록을 읽거나 쓸 수 없습니다.
problem-session-failed-hint = 디스크가 가득 차지 않았는지, 폴더가 로컬 디스크에 있는지 확인하고 다시 시도하십시오.
problem-session-newer = 이 실습 폴더는 더 새로운 버전의 프로그램이 기록했습니다.
problem-session-newer-hint = 새 버전을 사용하거나 다른 폴더를 선택하십시오.
problem-run-unfinished = 실행 { $run }이(가) 아직 정리되지 않았습니다.
problem-run-unfinished-hint = 이어서 진행하거나, 정리하거나, 포기하십시오. 포기하면 만든 것이 그대로 남습니다.
problem-nothing-to-resume = 이어서 진행할 실행이 없습니다.
problem-nothing-to-resume-hint = 새로 시작하십시오.
problem-step-running = 이번 실행의 다른 단계가 이미 진행 중입니다.
problem-step-running-hint = 끝날 때까지 기다리거나 중지하십시오.
problem-undo-impossible = 정리는 되돌릴 수 없습니다.
problem-undo-impossible-hint = 새 실행을 시작하십시오.
problem-other-mode = 이번 실행은 다른 모드에서 시작되었습니다.
problem-other-mode-hint = 이번 실행을 시작한 모드를 선택하거나 그 모드에서 먼저 정리하십시오.
problem-other-account = 이 자격 증명은 계정 { $account }의 것입니다. 이번 실행은 { $expected } 계정에서 시작되었습니다.
problem-other-account-hint = 이번 실행을 시작한 프로파일을 선택하십시오.
problem-other-region = 리전이 { $region }입니다. 이번 실행은 { $expected } 리전에서 시작되었습니다.
problem-other-region-hint = 이번 실행을 시작한 리전을 선택하십시오.
problem-plan-repository = { $name }은(는) 리포지토리 이름이 될 수 없습니다.
problem-plan-repository-hint = 소문자와 숫자를 . _ / 하나 또는 -로 이어 2~256자로 쓰십시오.
problem-plan-repository-long = { $name }의 길이는 { $length }자입니다. 이미지를 푸시할 리포지토리의 이름은 { $most }자까지 쓸 수 있습니다.
problem-plan-repository-long-hint = 더 짧은 이름이나 접두사를 선택하십시오. 이미지 엔진은 레지스트리 호스트를 포함해 255자까지 받습니다.
problem-plan-same-names = 리포지토리 세 개 중 두 개의 이름이 같습니다.
problem-plan-same-names-hint = 각각 다른 이름을 쓰십시오.
problem-plan-filter = { $filter }은(는) 스캔 필터가 될 수 없습니다.
problem-plan-filter-hint = 소문자, 숫자, * . _ - /를 쓰고, 처음과 끝은 소문자, 숫자 또는 *여야 합니다.
problem-plan-filter-misses = 필터 { $filter }이(가) { $name }와(과) 일치하지 않습니다.
problem-plan-filter-misses-hint = *가 없으면 필터를 포함하는 모든 이름과 일치하고, *가 있으면 이름 전체가 맞아야 합니다.
problem-plan-filter-catches = 필터 { $filter }이(가) 스캔하지 않을 { $name }와(과)도 일치합니다.
problem-plan-filter-catches-hint = 더 좁은 필터나 다른 이름을 쓰십시오.
problem-plan-image = { $image }은(는) 이미지 참조가 아닙니다.
problem-plan-image-hint = public.ecr.aws/docker/library/neo4j:4.4.0처럼 호스트/경로:태그 형식으로 쓰십시오.
problem-plan-tag = { $tag }은(는) 태그가 될 수 없습니다.
problem-plan-tag-hint = 영문자, 숫자, _ . -를 128자까지 쓰고 . 또는 -로 시작하지 마십시오.
problem-plan-same-tags = 두 이미지의 태그가 모두 { $tag }입니다.
problem-plan-same-tags-hint = 패치된 이미지에 다른 태그를 쓰십시오.
problem-plan-platform = { $platform }은(는) 플랫폼이 아닙니다.
problem-plan-platform-hint = linux/amd64처럼 운영 체제/아키텍처 형식으로 쓰십시오.
problem-too-many-filters = 실습의 필터를 더하면 규칙 하나의 필터가 { $filters }개가 됩니다. ECR은 { $most }개까지 허용합니다.
problem-too-many-filters-hint = 레지스트리 구성에서 필터를 하나 줄이거나, 정리할 때까지 실습이 규칙을 바꾸도록 하십시오.
problem-too-many-rules = 실습 규칙을 더하면 레지스트리의 규칙이 { $rules }개가 됩니다. ECR은 { $most }개까지 허용합니다.
problem-too-many-rules-hint = 레지스트리 구성에서 규칙을 하나 줄이거나, 정리할 때까지 실습이 규칙을 바꾸도록 하십시오.
problem-inspector-not-enabled = Amazon Inspector의 ECR 스캔이 제때 켜지지 않았습니다. 지금 { $status } 상태입니다.
problem-inspector-not-enabled-hint = 몇 분 뒤 이 단계를 다시 실행하십시오. 조직에서는 위임된 관리자가 켜야 할 수도 있습니다.
problem-inspector-not-disabled = Amazon Inspector의 ECR 스캔이 제때 꺼지지 않았습니다. 지금 { $status } 상태입니다.
problem-inspector-not-disabled-hint = 몇 분 뒤 정리를 다시 실행하십시오.
problem-inspector-managed = 이 계정은 Amazon Inspector의 ECR 스캔을 직접 켜고 끌 수 없습니다(없는 권한: { $operations }). 조직이 Inspector를 관리하는 경우에 그렇습니다.
problem-inspector-managed-hint = 조직의 Amazon Inspector 위임된 관리자에게 이 계정의 ECR 스캔을 켜 달라고 요청하십시오. 그러면 실습은 켜져 있는 스캔을 사용하고 그대로 둡니다. 또는 다른 계정이나 연습 모드를 사용하십시오. 변경된 것은 없습니다.
problem-inspector-refused = Amazon Inspector가 { $action }을(를) 거부했습니다({ $code }).
problem-inspector-refused-hint = 세부 정보에 AWS가 알려 준 이유가 있습니다. 진행 중인 작업이 있으면 몇 분 뒤 다시 시도하십시오. 조직에서는 Amazon Inspector의 위임된 관리자만 바꿀 수 있을지도 모릅니다.
problem-repository-missing-again = { $name }을(를) 만들 때는 이미 있다고 했지만 곧이어 보니 없습니다.
problem-repository-missing-again-hint = 다른 사람이 작업 중이거나 ECR에 시간이 필요합니다. 이 단계를 다시 실행하십시오.
problem-repository-not-made = 푸시할 리포지토리 { $name }이(가) 없습니다.
problem-repository-not-made-hint = 먼저 “리포지토리 생성” 단계를 실행하십시오.
problem-tag-stands = { $repository }의 태그 { $tag }에 다른 이미지가 있고 태그를 덮어쓸 수 없습니다.
problem-tag-stands-hint = 계획에서 다른 태그나 리포지토리를 선택하거나, 리포지토리 설정(이미지 태그 변경 가능성)에서 덮어쓰기를 허용하십시오. 아무것도 푸시하지 않았습니다.
problem-lifecycle-policy = { $repository }은(는) 이번 실행 전부터 있었고 수명 주기 정책이 있습니다. 푸시할 때마다 정책이 적용되어 다른 사람의 이미지가 삭제되거나 보관될 수 있으므로 아무것도 푸시하지 않았습니다.
problem-lifecycle-policy-hint = 계획에서 다른 리포지토리 이름이나 접두사(--prefix)를 선택하십시오.
problem-tag-of-others = { $repository }의 태그 { $tag }에 다른 이미지({ $digest })가 있습니다. 이 태그로는 아무것도 푸시하지 않았습니다.
problem-tag-of-others-hint = 계획에서 다른 태그나 리포지토리 이름을 선택하십시오. 그동안 이 태그를 사용하는 곳이 없다면 정리할 때까지 옮기는 것을 허용하십시오(--move-tags). 그 이미지는 다른 태그로 유지되고 { $tag }은(는) 나중에 되돌립니다.
problem-tag-archived = { $repository }에서 태그 { $tag }을(를) 가진 이미지({ $digest })는 보관되어 있습니다. 보관된 이미지에는 그 이미지를 유지할 다른 태그를 붙일 수 없으므로 태그를 옮길 수 없습니다. 이 태그로는 아무것도 푸시하지 않았습니다.
problem-tag-archived-hint = 계획에서 다른 태그나 리포지토리 이름을 선택하거나, 이미지의 소유자에게 먼저 보관에서 복원하도록 요청하십시오(aws ecr update-image-storage-class).
problem-tag-not-restored = { $repository }의 태그 { $tag }을(를) { $digest }(으)로 되돌릴 수 없었습니다.
problem-tag-not-restored-hint = 정리를 다시 실행하십시오. 계속 실패하면 누군가 태그를 옮기고 있는 것입니다. 전에 있던 이미지에는 imagelab-before-로 시작하는 태그가 남아 있습니다.
problem-other-image-pushed = { $repository }의 태그 { $tag }에 있는 이미지({ $digest })는 가져온 이미지가 아닙니다.
problem-other-image-pushed-hint = 이미지 엔진이나 리포지토리의 다른 사용자가 태그를 옮겼습니다. 단계를 다시 실행하고, 또 그러면 내장 엔진이나 다른 태그를 선택하십시오.
problem-image-not-there = 푸시한 이미지가 { $repository }에 보이지 않습니다.
problem-image-not-there-hint = 1분 뒤 이 단계를 다시 실행하십시오. 계속 그러면 누군가 삭제했을 수 있습니다.
problem-image-not-pushed = { $repository }에 태그 { $tag }인 이미지가 없습니다.
problem-image-not-pushed-hint = 먼저 “이미지 푸시” 단계를 실행하십시오.
problem-image-not-deleted = { $repository }의 이미지를 삭제할 수 없습니다.
problem-image-not-deleted-hint = 세부 정보에 AWS가 알려 준 이유가 있습니다. 해결한 뒤 정리를 다시 실행하십시오.
problem-index-pushed = { $repository }에 여러 플랫폼용 이미지 목록({ $media-type })이 { $digest }(으)로 있습니다. Amazon Inspector는 이런 목록을 스캔하지 않습니다.
problem-index-pushed-hint = 로컬 이미지를 제거하고 한 플랫폼용으로 가져온 뒤(docker pull --platform linux/amd64) 다시 푸시하거나, 내장 엔진을 선택하십시오.
problem-prod-not-watched = { $name }와(과) 일치하는 스캔 규칙이 없어 기다릴 스캔이 없습니다.
problem-prod-not-watched-hint = 먼저 “스캔 구성” 단계를 실행하십시오.
problem-no-longer-watched = Amazon Inspector가 { $repository }의 이미지를 더 이상 감시하지 않습니다. ECR은 { $status }, Amazon Inspector는 { $coverage }(이)라고 합니다.
problem-no-longer-watched-hint = 마지막으로 푸시한 뒤 재스캔 기간(기본값 14일)이 지났습니다. 조사 결과는 닫혔지만 취약점은 그대로 있습니다. 이미지를 다시 푸시하면 다시 스캔하고 감시합니다.
problem-scan-stopped = { $repository }의 스캔에서 조사 결과가 나오지 않습니다. ECR은 { $status }, Amazon Inspector는 { $coverage }(이)라고 합니다.
problem-scan-stopped-hint = 이미지의 운영 체제나 형식이 지원되지 않거나, 다시 스캔하기에 너무 오래된 이미지인 경우가 많습니다. 다른 이미지를 푸시하거나 같은 이미지를 다시 푸시하십시오.
problem-scanning-not-applied = 스캔 구성을 { $wanted }(으)로 적용했지만 지금은 { $configuration }입니다.
problem-scanning-not-applied-hint = 다른 사람이 동시에 바꾸고 있을 수 있습니다. 이 단계를 다시 실행하십시오.
problem-scan-given-up = { $repository }의 스캔이 { $seconds }초 안에 끝나지 않았습니다. ECR은 { $status }(이)라고 하며 지금까지 조사 결과는 { $found }건입니다.
problem-scan-given-up-hint = 아직 나올 수 있습니다. 나중에 이 단계를 다시 실행하십시오. 잃은 것은 없습니다.
problem-same-image = { $image }은(는) 취약한 이미지로 푸시한 바로 그 이미지입니다.
problem-same-image-hint = 패치된 버전을 두 번째 이미지로 선택하십시오.

# 동의하기 전에 창과 명령줄에 표시하는 내용
consent-alias = 별칭
consent-alias-none = 없음
consent-alias-not-read = 읽지 못함(iam:ListAccountAliases 권한이 필요합니다)
consent-principal = 자격 증명의 주체
consent-endpoint = 엔드포인트
consent-endpoint-aws = AWS
consent-endpoint-other = { $endpoint }(AWS 아님)
consent-scanned = 앞으로 함께 스캔되고 요금이 청구되는 다른 리포지토리:
consent-scanned-none = 없음. 이번 실행의 계획에 없는 리포지토리 가운데 필터 때문에 새로 스캔되는 것은 없습니다.
consent-scanned-unknown = 알 수 없음. 리포지토리 목록을 읽지 못했으므로 필터와 일치하는 리포지토리가 있을 수 있습니다.
consent-scanned-images = 이미지 { $images }개
consent-scanned-images-unknown = 이미지 수를 읽지 못함
consent-estimate = 예상 비용:
consent-pricing-page = Amazon Inspector 요금
consent-undone = 정리 단계에서 되돌리는 것:
consent-lasting = 되돌릴 수 없는 것:
scanning-estimate = 이미지 { $images }개의 첫 스캔에 약 US${ $total }(하나에 약 US${ $first }), 자동 재스캔마다 약 US${ $next }. 대략적인 금액입니다. 요금은 리전마다 다르며, Inspector는 푸시한 지 오래된 이미지를 스캔하지 않습니다.
scanning-estimate-unknown = 이미지를 모두 세지 못해 총액을 알 수 없습니다. 이미지 하나의 첫 스캔에 약 US${ $first }, 자동 재스캔마다 약 US${ $next }. 대략적인 금액이며 요금은 리전마다 다릅니다.
undone-configuration = 레지스트리의 스캔 구성을 되돌립니다: { $configuration }
undone-by-last-run = 이번 실행의 필터를 제거합니다. 이 실습의 다른 실행도 레지스트리를 사용합니다: { $runs }. 마지막으로 정리하는 실행이 스캔 구성을 되돌립니다: { $configuration }
undone-filter = 레지스트리의 스캔 구성에서 이번 실행의 필터를 제거합니다.
undone-inspector = 지금 꺼져 있는 Inspector의 Amazon ECR 스캔을 이번 실행에서 켜고 정리할 때 다시 끕니다.
undone-repositories = 이번 실행에서 만든 리포지토리를 삭제합니다.
undone-images = 이번 실행에서 푸시한 이미지와 태그, 이 컴퓨터로 가져온 이미지를 삭제합니다.
lasting-former-unknown = 이 실습의 다른 실행이 레지스트리를 사용하지만 전에 어떠했는지 기록하지 않았습니다: { $runs }. 정리할 때 스캔 구성과 Amazon Inspector를 되돌릴 수 없습니다.
lasting-inspector = Inspector의 Amazon ECR 스캔을 다시 끄면 24시간 뒤에 조사 결과가 삭제됩니다. 이 계정에서 켜져 있는 다른 스캔 유형이 없으면 Inspector의 필터, 억제 규칙, 설정도 삭제됩니다.
lasting-cost = 이미 실행한 스캔의 요금은 청구됩니다.
lasting-records = CloudTrail 같은 AWS의 호출 기록은 남습니다.
caution-never-here = 제외한 계정의 목록에 있는 계정입니다.
caution-production = { $of ->
    [account] 계정 별칭이
    [principal] 역할 또는 사용자 이름이
   *[profile] 프로파일 이름이
} 프로덕션 환경의 이름으로 보입니다: { $name }
problem-consent-digits = 변경할 계정의 마지막 네 자리와 다릅니다. 아무것도 변경하지 않았습니다.
problem-consent-digits-hint = 의도한 계정이 맞는지 확인하고 마지막 네 자리를 입력하십시오.
problem-consent-caution = 계정 { $account }을(를) 변경하려면 한 번 더 확인해야 하지만 확인이 없었습니다. 아무것도 변경하지 않았습니다.
problem-consent-caution-hint = 다른 계정의 프로파일을 고르십시오. 이 계정을 변경하려는 것이 맞으면 질문에 답할 수 있는 터미널에서 실행하십시오. --yes로는 이 질문에 답할 수 없습니다.
problem-never-here-account = { $account }은(는) 계정 ID가 아닙니다.
problem-never-here-account-hint = 12자리 계정 ID를 입력하십시오.
problem-never-here-unreadable = 제외한 계정의 목록을 읽을 수 없습니다: { $path }
problem-never-here-unreadable-hint = 파일을 ["123456789012"]와 같은 계정 ID의 JSON 목록으로 고치거나, 파일을 삭제해 빈 목록으로 시작하십시오.
