# Words of the evidence pack.

report-title = 이미지 보안 실습 결과 보고서
report-made-by = imagelab { $version }(으)로 작성했습니다. 이 파일은 스크립트를 실행하지 않으며 외부에서 아무것도 불러오지 않습니다.

report-mode-practice = 연습 모드
report-mode-aws = AWS 계정
report-note-practice = 연습 모드입니다. 이 컴퓨터의 연습용 클라우드에서 실행했으며, 계정은 실제로 존재하지 않고 이미지는 취약한 코드가 없는 복제본입니다. 보고된 취약점 자체는 실제 취약점이지만, 이 결과는 어떤 AWS 계정의 상태도 나타내지 않습니다.
report-note-aws = AWS 계정에서 실행한 결과입니다.

report-verdict-met = 확인 항목 { $all }개를 모두 충족했습니다.
report-verdict-open = 확인 항목 { $all }개 중 { $met }개를 충족했습니다.

report-overview = 한눈에 보기
report-figure-repository = { $repository }의 취약점(조사 결과 { $findings }건)
report-figure-unknown = { $repository }의 취약점: { $reason }
report-figure-log4shell = Log4Shell(CVE-2021-44228)
report-figure-fixed = 패치된 이미지에서 해결된 취약점(남음 { $remaining }개, 새로 나타남 { $new }개)
report-found = 발견됨
report-not-found = 발견되지 않음
report-reason-not-scanned = 스캔하지 않음
report-reason-not-read = 읽지 않음
report-reason-unsupported = 스캔할 수 없음
report-reason-failed = 스캔 실패
report-account = 계정
report-region = 리전
report-engine = 이미지 엔진
report-engine-builtin = 내장 엔진
report-engine-docker = Docker
report-image = 이미지
report-fixed-image = 패치된 이미지
report-filter = 스캔 필터
report-started = 시작
report-made = 보고서 작성
report-run = 실행 ID
report-unknown = 알 수 없음
report-yes = 예
report-no = 아니요

report-repositories = 리포지토리
report-repositories-why = 같은 이미지를 스캔 구성의 대상인 리포지토리와 대상이 아닌 리포지토리에 각각 푸시했습니다. 스캔하지 않은 곳에 조사 결과가 없다고 해서 취약점이 없는 것은 아닙니다.
report-repository = 리포지토리
report-watched = 스캔 대상
report-findings = 조사 결과
report-log4shell = Log4Shell
report-digest = 다이제스트

report-severity = 심각도
report-severity-critical = 심각
report-severity-high = 높음
report-severity-medium = 중간
report-severity-low = 낮음
report-severity-informational = 정보
report-severity-untriaged = 미분류

report-scan = 조사 결과: { $image }
report-scan-counts = 패키지 { $packages }개에서 취약점 { $unique }개, 조사 결과 { $findings }건을 발견했습니다.
report-scan-empty = 스캔에서 아무것도 발견되지 않았습니다.
report-as-table = 표로 보기
report-as-commands = 같은 작업을 하는 명령
report-unique = 취약점
report-vulnerabilities = 취약점
report-score = 점수
report-epss = EPSS
report-kev = CISA KEV
report-vulnerability = 취약점
report-package = 패키지
report-version = 버전
report-fixed-in = 수정된 버전
report-no-score = 점수 없음
report-vulnerability-list = 취약점 목록(심각도순)
report-more = { $count }개 더 보기
report-listed = { $all }개 중 처음 { $shown }개만 표시합니다. JSON 보고서에는 모두 들어 있습니다.

report-chart-severity = 심각도별 취약점
report-chart-severity-says = 취약점 { $total }개, 조사 결과 { $findings }건: 심각 { $critical }개, 높음 { $high }개입니다.
report-chart-bands = 점수별 취약점
report-chart-bands-says = 점수가 7 이상인 취약점이 { $high }개이고, 점수가 없는 취약점이 { $none }개입니다.
report-chart-packages = 취약점이 가장 많은 패키지
report-chart-packages-says = { $first } 패키지가 취약점 { $count }개로 가장 많습니다. 여러 패키지에 있는 취약점은 패키지마다 셉니다. 취약점이 있는 패키지는 모두 { $all }개입니다.
report-chart-packages-label = 패키지
report-chart-layers = 이미지 계층별 취약점
report-chart-layers-says = { $first } 계층이 취약점 { $count }개로 가장 많습니다. 여러 계층에 있는 취약점은 계층마다 세며, 계층을 알 수 없는 취약점은 { $none }개입니다. 취약점이 있는 계층은 모두 { $all }개입니다.
report-chart-layers-label = 계층
report-chart-scatter = 심각도와 악용 가능성
report-chart-scatter-says = 취약점 { $shown }개를 점수(CVSS)와 30일 이내 악용될 확률(EPSS)로 나타냈습니다. 실제 악용이 알려진 취약점(CISA KEV)은 { $kev }개입니다. 점수나 EPSS가 없는 { $none }개는 표시하지 않았습니다.
report-axis-score = 점수(CVSS)
report-axis-epss = EPSS(제곱근 눈금)
report-kev-ring = 테두리: 악용이 알려진 취약점(CISA KEV)

report-comparison = 수정 전후 비교
report-log4shell-gone = 패치된 이미지에서는 Log4Shell이 사라졌습니다.
report-log4shell-stays = Log4Shell이 사라졌음을 확인하지 못했습니다.
report-fate = 변화
report-fate-fixed = 해결됨
report-fate-new = 새로 나타남
report-fate-remaining = 남아 있음
report-fate-list = { $fate }: 취약점과 패키지의 조합 { $all }개 중 { $shown }개
report-chart-fates = 수정 전후의 취약점
report-chart-fates-says = 취약점: 해결됨 { $fixed }개, 새로 나타남 { $new }개, 남아 있음 { $remaining }개입니다.
report-fate-pairs = 취약점과 패키지의 조합: 해결됨 { $fixed }개, 새로 나타남 { $new }개, 남아 있음 { $remaining }개입니다.
report-before = 이전
report-after = 이후

report-steps = 수행한 작업
report-step-prepare = 준비
report-step-scanning = 스캔 구성
report-step-repositories = 리포지토리 생성
report-step-push = 이미지 푸시
report-step-results = 결과 확인
report-step-remediate = 수정 및 비교
report-step-cleanup = 정리
report-state-pending = 시작 전
report-state-running = 중단됨
report-state-done = 완료
report-state-failed = 실패
report-state-cancelled = 취소됨
report-state-undone = 되돌림
report-stale = 그 뒤에 앞 단계를 되돌렸습니다. 이 결과는 되돌리기 전의 것이며 지금은 유효하지 않습니다.
report-took = { $seconds }초
report-met = 충족
report-not-met = 미충족

report-receipt = 정리 내역
report-receipt-none = 정리를 실행하지 않았으므로 이번 실행에서 만든 리소스가 남아 있습니다.
report-restored = 레지스트리의 스캔 구성이 실습 전과 같습니다.
report-not-restored = 레지스트리의 스캔 구성이 실습 전과 다릅니다.
report-deleted = 삭제함
report-kept = 그대로 둠
report-kind-repository = 리포지토리
report-kind-image = 이미지
report-kind-local-image = 로컬 이미지
report-kind-scanning-configuration = 스캔 구성
report-kind-inspector-scanning = Inspector의 ECR 스캔

report-transcript = 실행 기록
report-transcript-print = 인쇄하기 전에 기록을 펼치면 부록으로 함께 인쇄됩니다.
report-transcript-count = 호출 및 명령 { $count }건
report-time = 시각(UTC)
report-service = 서비스
report-operation = 작업
report-detail = 대상
report-duration = 소요 시간
report-ending = 결과
report-millis = { $millis }ms
report-ended-well = 정상

report-sources = 출처
report-sources-why = 취약점 정보는 다음 출처에서 가져왔습니다. 제목과 설명은 줄여 썼습니다.

problem-report-format = { $path }에 보고서를 쓸 수 없습니다. 파일 이름으로 형식을 알 수 없습니다.
problem-report-format-hint = 이름이 .html 또는 .json으로 끝나는 파일을 지정하십시오.
problem-report-is-folder = { $path }에 보고서를 쓸 수 없습니다. 폴더입니다.
problem-report-is-folder-hint = { $path }/report.html처럼 폴더 안의 파일을 지정하십시오.
problem-report-unwritable = { $path }에 보고서를 쓸 수 없습니다.
problem-report-unwritable-hint = 존재하고 쓰기 권한이 있는 폴더를 지정하십시오.
problem-report-findings = 보고서에 넣을 조사 결과를 읽지 못했습니다.
problem-report-findings-hint = 다시 시도하십시오. 계속 실패하면 데이터 폴더가 손상되었거나 디스크가 가득 찼을 수 있습니다.
