# Words of `imagelab`, the lab in a terminal.

cli-about = 터미널에서 진행하는 이미지 보안 실습입니다. Amazon ECR 향상된 스캔을 켜고, Log4Shell이 든 이미지를 푸시한 다음, 스캔이 알려 주는 것과 알려 주지 않는 것을 확인합니다.
cli-exit-codes = 종료 코드: 0 모든 확인 항목 충족, 1 미충족 항목이 있거나 단계 실패, 2 잘못된 사용, 130 중단됨
cli-heading-usage = 사용법:
cli-heading-commands = 명령
cli-heading-command = 명령
cli-heading-options = 옵션

cli-run = 실습의 일곱 단계를 모두 실행합니다
cli-practice = 연습용 클라우드와 이미지 엔진을 중지할 때까지 실행하고, 셸에서 쓸 환경 변수를 출력합니다
cli-resume = 중단된 실행을 이어서 진행합니다
cli-run-state = 실행 { $run }({ $mode }, { $engine })
    계정 { $account }, 리전 { $region }, 시작 { $started }
cli-cleanup = 마지막 실행에서 만든 것을 되돌립니다
cli-practice-policy = 연습 사용자를 제한할 IAM 정책 문서. 지정하지 않으면 모든 작업이 허용됩니다
cli-practice-registry-policy = 레지스트리 자체의 정책
cli-practice-alias = 계정 별칭
cli-permissions = 이 실행이 사용하는 권한(`imagelab policy`가 모두 담은 정책을 출력합니다):
cli-permission-proven = 확인됨
cli-permission-refused = 거부됨
cli-permission-expected = 허용 예상
cli-permission-doubtful = 거부 예상
cli-permission-unknown = 사용 전에는 알 수 없음
cli-permission-optional = (선택)
cli-policy = 실행에 필요한 최소 권한의 IAM 정책을 출력합니다
cli-policy-account = 계정(12자리). 지정하지 않으면 프로필의 계정
cli-policy-profile = 계정과 리전을 읽을 AWS 프로필
cli-policy-region = 실행할 리전. 지정하지 않으면 프로필의 리전
cli-policy-format = json(IAM 정책 문서) 또는 terraform, 기본값: json
cli-policy-explorer = 읽기 전용 탐색기의 정책을 대신 출력합니다
cli-findings = 마지막 실행의 조사 결과를 보여 줍니다
cli-never-here = 변경하지 않을 계정 목록을 보여 주거나 고칩니다

cli-status = 마지막 실행의 진행 상태를 보여 줍니다
cli-option-lang = 출력 언어: ko 또는 en(기본값: 시스템 언어)
cli-option-data = 세션, 연습용 클라우드, 이미지를 저장할 폴더(기본값: 사용자 데이터 폴더. IMAGELAB_DATA로도 지정할 수 있습니다)
cli-option-verbose = 내부 동작을 표준 오류에 출력합니다
cli-option-help = 이 도움말을 출력합니다
cli-option-version = 버전을 출력합니다
cli-option-mode = 실행할 곳: 이 컴퓨터에서 연습하려면 practice, 본인 AWS 계정에서 실행하려면 aws(기본값: practice)
cli-option-profile = AWS 프로필(aws 모드)
cli-option-region = 리전(기본값: 프로필의 리전. 연습 모드에서는 ap-northeast-2)
cli-option-engine = 이미지를 옮길 엔진: docker, builtin 또는 auto. auto는 레지스트리에 연결할 수 있는 Docker를 찾으면 사용합니다(기본값: auto)
cli-option-speed = 연습용 클라우드의 속도: real은 AWS와 같은 시간, fast는 그 20분의 1, instant는 기다리지 않음(기본값: fast)
cli-option-image = 취약한 이미지(기본값: 수업에서 쓰는 neo4j:4.4.0)
cli-option-fixed-image = 패치된 이미지(기본값: neo4j:4.4.48)
cli-option-tag = 취약한 이미지를 푸시할 때 쓸 태그(기본값: latest)
cli-option-fixed-tag = 패치된 이미지를 푸시할 때 쓸 태그(기본값: 이미지의 태그)
cli-option-filter = 스캔 규칙의 필터(기본값: prod)
cli-option-prod = 스캔할 리포지토리(기본값: eks-security-prod)
cli-option-sandbox = 같은 이미지가 있지만 스캔하지 않을 리포지토리(기본값: eks-security-sandbox)
cli-option-shared = 비워 둘 세 번째 리포지토리(기본값: eks-security-shared)
cli-option-prefix = 세 리포지토리 이름 앞에 붙일 말. 예: kim을 지정하면 kim-eks-security-prod
cli-option-until = 이 단계까지만 실행하고 만든 것을 남겨 둡니다: prepare, scanning, repositories, push, results, remediate 또는 cleanup
cli-option-preflight-only = 계정, 권한, 이미지 엔진만 확인하고 아무것도 변경하지 않습니다
cli-option-keep = 정리 단계를 생략합니다. 만든 것을 남겨 두고 살펴볼 수 있습니다
cli-option-move-tags = 다른 이미지의 태그를 옮기는 것을 허용합니다. 그 이미지는 다른 태그로 유지되고, 정리할 때 태그를 되돌립니다
cli-option-keep-rules = 레지스트리에 있던 스캔 규칙을 실습 규칙과 함께 유지합니다(기본값)
cli-option-replace-rules = 위험: 레지스트리에 있던 스캔 규칙을 정리할 때까지 없앱니다. 그 규칙과 일치하던 리포지토리는 스캔되지 않습니다
cli-cleanup-mode = 기록이 없는 실행을 찾을 곳: practice(데이터 폴더의 연습용 클라우드, 기본값) 또는 aws
cli-cleanup-prod = 기록이 없는 실행의 스캔 대상 리포지토리(기본값: 실습의 이름)
cli-cleanup-sandbox = 기록이 없는 실행의 스캔하지 않는 리포지토리
cli-cleanup-shared = 기록이 없는 실행의 세 번째 리포지토리
cli-cleanup-filter = 기록이 없는 실행의 필터(그 실행의 태그에 기록되지 않은 경우)
cli-cleanup-tag = 기록이 없는 실행의 취약한 이미지 태그(기본값: 실습의 태그)
cli-cleanup-fixed-tag = 기록이 없는 실행의 패치된 이미지 태그(기본값: 실습의 태그)
cli-cleanup-configuration = 다른 사람이 스캔 구성을 바꾸었을 때: 실습 전 구성을 되돌리거나(restore) 지금 구성을 유지합니다(keep)
cli-option-account = 변경해도 되는 유일한 계정(12자리). AWS에서는 --yes에 필요합니다
cli-option-yes = AWS 계정을 변경하기 전에 계정의 마지막 네 자리를 묻지 않습니다
cli-option-report = 결과 보고서를 이 파일에 씁니다(.html 또는 .json)
cli-option-json = 결과를 JSON 객체 하나로 표준 출력에 출력합니다
cli-option-fault = 연습용 클라우드에 장애를 일으킵니다. 예: ecr:CreateRepository=throttle*3(여러 번 지정 가능)
cli-option-port = AWS 엔드포인트와 레지스트리의 포트(기본값: 지난번 포트 또는 빈 포트)
cli-option-engine-port = 이미지 엔진이 이 컴퓨터의 모든 사용자가 접속할 수 있는 127.0.0.1의 이 포트를 사용하게 합니다(기본값: 본인만 사용할 수 있는 소켓)
cli-option-loopback-names = 직접 설치한 Docker에서 쓸 수 있도록 리포지토리 이름을 127.0.0.1:포트/이름으로 표시합니다
cli-option-reset = 리전의 연습용 클라우드를 손상된 것까지 삭제하고 끝냅니다
cli-option-remove = 실습에서 만들지 않았지만 계획에 있는 리포지토리, 이미지(리포지토리:태그) 또는 로컬 이미지도 제거합니다(여러 번 지정 가능)
cli-practice-region = 연습용 클라우드의 리전(기본값: ap-northeast-2)
cli-resume-engine = 이미지를 옮길 엔진: auto, docker 또는 builtin(기본값: 해당 실행에서 쓴 엔진)
cli-cleanup-engine = 이미지를 옮길 엔진: auto, docker 또는 builtin(기본값: 해당 실행에서 쓴 엔진)
cli-status-json = JSON으로 출력합니다
cli-option-repository = 이 리포지토리의 조사 결과만 표시합니다
cli-option-severity = 이 심각도의 조사 결과만 표시합니다. 쉼표로 구분: critical, high, medium, low, informational, untriaged
cli-option-excel = CSV 앞에 바이트 순서 표시를 넣어 Excel이 UTF-8로 읽게 합니다
cli-option-format = 사람이 읽을 table, 프로그램이 읽을 json, csv, sarif(2.1.0)(기본값: table)
cli-never-here-add = 이 계정을 목록에 추가합니다(여러 번 지정 가능)
cli-never-here-remove = 이 계정을 목록에서 뺍니다(여러 번 지정 가능)

cli-error = 오류: { $text }
cli-details = 세부 정보: { $text }
cli-hint = 해결 방법: { $text }

cli-usage-unknown-option = { $argument } 옵션은 없습니다.
cli-usage-unknown-command = { $argument } 명령은 없습니다.
cli-usage-no-command = 명령이 없습니다.
cli-usage-value = { $argument }에 { $value }을(를) 쓸 수 없습니다.
cli-usage-no-value = { $argument }에는 값이 하나 있어야 합니다.
cli-usage-missing = { $argument }이(가) 없습니다.
cli-usage-conflict = 여기에는 { $argument }을(를) 쓸 수 없습니다.
cli-usage-other = 명령줄을 해석할 수 없습니다.
cli-usage-help = `imagelab --help`는 명령을, `imagelab 명령 --help`는 그 명령의 옵션을 보여 줍니다.
cli-usage-values = 쓸 수 있는 값: { $known }.
cli-usage-suggestion = 비슷한 것: { $known }.

cli-mode-practice = 연습 모드입니다. 이 컴퓨터의 연습용 클라우드에서 실행하며 AWS 계정은 건드리지 않습니다.
cli-mode-aws = AWS 모드입니다. 본인의 AWS 계정에서 실행합니다.
cli-mode-endpoint = 엔드포인트 { $endpoint } (AWS 아님): 프로파일의 자격 증명으로 그 주소의 서비스를 대상으로 실행합니다.
cli-resumed = 실행 { $run }을(를) 이어서 진행합니다.

cli-met = 충족
cli-not-met = 미충족
cli-unknown = 알 수 없음
cli-took = { "  " }{ $seconds }초
cli-pulling = { $reference } 이미지를 가져오는 중입니다
cli-pushing = { $reference } 이미지를 푸시하는 중입니다
cli-pulled = { $reference } 이미지를 가져왔습니다. 계층 { $layers }개(이미 있던 계층 { $there }개), { $size }, { $seconds }초
cli-pushed = { $reference } 이미지를 푸시했습니다. 계층 { $layers }개(이미 있던 계층 { $there }개), { $size }, { $seconds }초
cli-loading = 조사 결과를 불러오는 중입니다: { $count }건
cli-scan = ECR { $status }, Inspector { $coverage }, 조사 결과 ECR { $ecr }건 / Inspector { $inspector }건, { $phase }
cli-phase-not-known = 아직 서비스에 나타나지 않음
cli-phase-pending = 차례를 기다리는 중
cli-phase-arriving = 결과가 계속 들어오는 중
cli-phase-stable = 변동 없음
cli-phase-stopped = 결과가 나오지 않음
cli-phase-given-up = 시간 초과
cli-layer-waiting = 대기 중
cli-layer-moving = { "" }
cli-layer-unpacking = 압축 해제 중
cli-layer-done = 완료
cli-layer-exists = 이미 있음
cli-layer-mounted = 재사용
cli-layer-retrying = 재시도 중

cli-changes = 다음과 같이 변경합니다.
cli-cost = 비용: { $text }
cli-change-create = 생성
cli-change-replace = 변경
cli-change-keep = 유지
cli-change-delete = 삭제
cli-change-restore = 복원
cli-ask-digits = 이대로 변경하려면 계정의 마지막 네 자리를 입력하십시오. 입력하지 않으면 아무것도 변경하지 않습니다:
cli-wrong-digits = 계정의 마지막 네 자리와 다릅니다.
cli-ask-caution = 그래도 계정 { $account }을(를) 변경하시겠습니까? [y/N]
cli-never-here-none = 목록에 계정이 없습니다.
cli-not-made = 계획에 있지만 이번 실습에서 만들지 않은 것({ $count }개):
cli-not-made-item = { $name }(제거하려면: { $command })
cli-not-made-ask = { $name }도 제거할까요? [y/N]
cli-not-made-kept = { $name }을(를) 유지합니다. `imagelab cleanup --remove`는 --yes와 함께 써도 이름으로 제거합니다.
cli-not-made-unknown = { $name }은(는) 계획에 있으면서 이번 실습에서 만들지 않은 것이 아니므로 그 이름으로는 아무것도 제거하지 않았습니다.
cli-declined = 오류: 변경을 확인하지 않아 아무것도 변경하지 않았습니다. 해결 방법: 명령을 다시 실행해 계정의 마지막 네 자리를 입력하거나 --yes를 추가하십시오.
cli-interrupted = 오류: 아무것도 변경하기 전에 중단했습니다. 해결 방법: 명령을 다시 실행하십시오.
cli-stopped-at-once = 즉시 중지했습니다. `imagelab resume`으로 계속하거나 `imagelab cleanup`으로 모두 되돌리십시오.

cli-count-not-met = 미충족 { $count }개
cli-count-unknown = 알 수 없음 { $count }개
cli-count-stale = 유효하지 않음
cli-all-met = 모든 확인 항목을 충족했습니다.
cli-not-all-met = 충족하지 못한 확인 항목이 있습니다.
cli-stopping = 중단하는 중입니다… (한 번 더 누르면 바로 종료합니다)
cli-stopped = 중단했습니다. 진행한 내용은 남아 있습니다. `imagelab resume`으로 이어서 진행하거나 `imagelab cleanup`으로 되돌리십시오.
cli-failed = 진행한 내용은 남아 있습니다. 원인을 해결한 뒤 `imagelab resume`으로 이어서 진행하거나 `imagelab cleanup`으로 되돌리십시오.
cli-kept = 만든 것을 남겨 두었습니다. `imagelab findings`로 조사 결과를 확인하고, `imagelab cleanup`으로 되돌리십시오.
cli-kept-costs = 만든 것이 AWS 계정에 남아 있어 비용이 발생할 수 있습니다. `imagelab findings`로 조사 결과를 확인하고, `imagelab cleanup`으로 되돌리십시오.
cli-report-written = 보고서: { $path }

cli-nothing-to-clean = 계정 { $account }, 리전 { $region }: 정리할 것이 없습니다. 리포지토리를 읽었고 이 실습에서 만든 것은 없습니다. 스캔 구성은 { $configuration }입니다.
cli-no-practice = 이 데이터 폴더에 연습용 클라우드가 없으므로 거기에는 정리할 것이 없습니다.
cli-aws-not-read = AWS 계정은 읽지 않았습니다. 기록을 잃은 실행이 계정에 남긴 것을 찾으려면: `imagelab cleanup --mode aws --profile NAME --region REGION`
cli-filter-found = 계정 { $account }, 리전 { $region }: 이 실습의 리포지토리는 없지만 스캔 구성에 실습의 필터가 있습니다: { $configuration }. 이 실습에서 넣은 것인지, 전에는 어떠했는지 알 수 없습니다. 팀에서 예상하는 상태인지 비교하십시오.
cli-account-partly-read = 계정 { $account }, 리전 { $region }: 실습의 이름을 가진 리포지토리는 없습니다. 다른 리포지토리는 읽을 수 없어(모든 리포지토리에 대한 ecr:DescribeRepositories, ecr:ListTagsForResource 권한) 실습의 것이 남아 있는지 알 수 없습니다. 스캔 구성은 { $configuration }입니다.
cli-other-run = 이 실습의 다른 실행이 만든 리포지토리가 있습니다: { $run } ({ $names }). 본인의 것이면 그 이름으로 정리하십시오: `imagelab cleanup --prod NAME --sandbox NAME --shared NAME`
cli-no-run = 아직 실행한 적이 없습니다. `imagelab run`로 시작하십시오.
cli-status-finished = 완료했고 정리까지 마쳤습니다.
cli-status-left = 다음을 제외하고 정리했습니다. `imagelab cleanup`으로 다시 정리하거나 아래 안내를 따르십시오.
cli-status-unfinished = 아직 끝나지 않았습니다. `imagelab resume`으로 이어서 진행하거나 `imagelab cleanup`으로 되돌리십시오.
cli-findings-of = { $repository }@{ $digest }: 조사 결과 { $findings }건, 취약점 { $unique }개
cli-by-severity = { $repository }@{ $digest } 심각도별 취약점:
cli-nothing-scanned = 마지막 실행에 완료된 스캔이 없습니다.
cli-not-scanned = 마지막 실행에 { $name }의 완료된 스캔이 없습니다. 스캔하지 않은 곳에 조사 결과가 없다고 해서 취약점이 없는 것은 아닙니다.

cli-practice-runs = 연습용 클라우드: 계정 { $account }, 리전 { $region }
    { "  " }AWS 엔드포인트    { $endpoint }
    { "  " }레지스트리        { $registryAddress } ({ $registry })
    { "  " }public.ecr.aws    { $public }
    { "  " }이미지 엔진       { $engine }
    { "  " }데이터 폴더       { $folder }
    `docker login`이 저장하는 내용은 데이터 폴더에 남습니다. DOCKER_CONFIG가 그곳을 가리키므로 기존 Docker 설정은 바뀌지 않습니다.
    위에 출력한 줄을 다른 셸에 붙여 넣으십시오. 또는 imagelab practice > lab.env로 파일에 저장하고, 다른 셸에서 . ./lab.env로 읽어 들이십시오.
cli-practice-failing = 장애: { $fault }
cli-practice-stop = Ctrl-C를 누르면 중지합니다.
cli-engine-port-open = 이미지 엔진이 127.0.0.1의 포트 { $port }을(를) 사용합니다. 이 컴퓨터의 모든 사용자가 접속할 수 있습니다.
cli-practice-emptied = { $region }의 연습용 클라우드를 삭제했습니다. 다음에 시작하면 빈 계정입니다.
cli-practice-stopping = 연습용 클라우드를 중지하는 중입니다…
cli-practice-old-aws = { $version }보다 오래된 AWS CLI는 AWS_ENDPOINT_URL을 읽지 않으므로 다음을 사용하십시오:

problem-cli-unfinished = 실행 { $run }이(가) 끝나지 않아 새로 시작할 수 없습니다.
problem-cli-unfinished-hint = `imagelab resume`으로 이어서 진행하거나 `imagelab cleanup`으로 만든 것을 되돌리십시오.
problem-cli-nothing-to-resume = 이어서 진행할 실행이 없습니다.
problem-cli-account-needed = --yes만으로는 AWS 계정을 변경하지 않습니다. 자격 증명이 예상과 다른 계정의 것일 수 있습니다. 아무것도 변경하지 않았습니다.
problem-cli-account-needed-hint = 변경할 계정이 { $account }이(가) 맞으면 --account { $account } 옵션을 추가하십시오.
problem-cli-checks-not-met = 충족되지 않은 확인 항목이 있습니다: { $steps }.
problem-cli-checks-not-met-hint = 해당 확인 항목의 안내를 따르십시오. `imagelab resume`은 끝나지 않은 실행을 계속하고, 알 수 없었던 항목을 다시 확인합니다.
problem-cli-other-account = 자격 증명이 { $expected } 계정이 아니라 { $account } 계정의 것입니다. 아무것도 변경하지 않았습니다.
problem-cli-other-account-hint = --profile로 { $expected } 계정의 프로필을 선택하거나 --account에 올바른 계정을 지정하십시오.
problem-cli-profile-unused = --profile { $profile }은(는) AWS 계정을 가리키지만 이번 실행은 연습용 클라우드에서 이루어집니다.
problem-cli-profile-unused-hint = 계정을 사용하려면 `imagelab run`에 --mode aws를 추가하십시오. 연습하려면 --profile을 빼십시오.
problem-cli-nothing-to-resume-hint = `imagelab run`로 시작하십시오.
problem-cli-nobody-to-ask = AWS 계정은 동의를 받은 뒤에만 변경하는데, 물어볼 터미널이 없습니다. 아무것도 변경하지 않았습니다.
problem-cli-nobody-to-ask-hint = 터미널에서 실행하거나, 변경에 동의하면 --yes를 추가하십시오.
problem-cli-not-prepared = 필요한 것이 갖추어지지 않아 실습을 시작할 수 없습니다. 아무것도 변경하지 않았습니다.
problem-cli-not-prepared-hint = 위의 미충족 항목을 해결한 뒤 다시 시작하십시오.
problem-cli-no-findings = 아직 실행한 적이 없어 조사 결과가 없습니다.
problem-cli-no-findings-hint = `imagelab run`로 시작하십시오.
problem-cli-no-repository = 마지막 실행에 { $name } 리포지토리가 없습니다.
problem-cli-no-repository-hint = 사용할 수 있는 리포지토리: { $known }
problem-cli-policy-owner = 정책의 계정과 리전을 알 수 없습니다.
problem-cli-policy-owner-hint = `imagelab policy --account 123456789012 --region ap-northeast-2`처럼 직접 지정하거나, 누구인지 AWS에 물어볼 수 있는 프로필을 지정하십시오.
problem-cli-output = 결과를 표준 출력에 쓰지 못했습니다.
problem-cli-output-hint = 표준 출력이 향하는 곳을 확인하십시오. 디스크가 가득 찼을 수 있습니다.
problem-cli-signals = 프로그램을 준비하지 못했습니다.
problem-cli-signals-hint = 다시 시도하십시오. 계속 실패하면 시스템 리소스가 부족할 수 있습니다.
