# 일곱 단계의 배경, 그림, 단계마다 고유한 문구.

step-prepare-why = 시작하기 전에 누구의 계정인지, 필요한 권한과 도구가 갖추어졌는지 확인합니다. 이 단계는 아무것도 변경하지 않습니다.
step-scanning-why = 향상된 스캔을 켜고 어떤 리포지토리를 스캔할지 필터로 정합니다. 필터와 일치하지 않는 리포지토리는 스캔되지 않습니다. 스캔 구성은 레지스트리에 하나뿐이므로 먼저 저장해 두었다가 마지막에 되돌립니다.
step-repositories-why = 운영용, 실험용, 공유용 리포지토리를 하나씩 만듭니다. 서로 다른 것은 이름뿐인데, 그 이름이 스캔 여부를 결정합니다.
step-push-why = Log4Shell이 들어 있는 이미지를 가져와 두 리포지토리에 푸시합니다. 내용이 한 바이트도 다르지 않으므로 두 리포지토리의 다이제스트가 같아집니다.
step-results-why = 다이제스트가 같은 이미지라도 스캔하는 리포지토리에서만 취약점이 보입니다. 보이지 않는 것은 안전한 것과 다릅니다.
step-remediate-why = 패치된 이미지를 푸시하고 무엇이 해결되고 무엇이 남는지, 새로 생긴 것은 없는지 비교합니다.
step-cleanup-why = 실습에서 만든 것을 삭제하고 이전 스캔 구성을 되돌립니다. 그런 다음 하나씩 다시 읽어 확인하고 정리 결과로 보여 드립니다.

## 그림

picture-you = 사용자
picture-engine = 이미지 엔진
picture-ecr = Amazon ECR
picture-inspector = Inspector
picture-region = 리전
picture-cloud-practice = 연습용 클라우드
picture-cloud-aws = AWS 계정
picture-configuration = 스캔 구성
picture-one-per-registry = 레지스트리에 하나
picture-filter = 필터
picture-watched = 스캔함
picture-unwatched = 스캔하지 않음
picture-repository-prod = 운영 환경용
picture-repository-sandbox = 실험용
picture-repository-shared = 팀 공유용
picture-public-registry = 퍼블릭 레지스트리
picture-pull = 가져오기
picture-login = 로그인
picture-pushes = 푸시
picture-findings = 조사 결과 있음
picture-not-looked = 스캔하지 않음
picture-same = 같은
picture-digest = 다이제스트
picture-before = 수정 전
picture-after = 수정 후
picture-log4shell-before = Log4Shell 있음
picture-log4shell-after = Log4Shell 없음
picture-patch = 패치
picture-rescan = 다시 스캔
picture-goes = 사라집니다
picture-goes-about = 실습에서 만든 것
picture-returns = 되돌아갑니다
picture-returns-about = 스캔 구성
picture-stays = 남습니다
picture-stays-about = 전부터 있던 것

picture-prepare-practice = 사용자, 이미지 엔진, 연습용 클라우드
picture-prepare-practice-about = 사용자가 이 컴퓨터의 이미지 엔진을 거쳐, 같은 컴퓨터에서 실행되는 연습용 클라우드의 Amazon ECR과 Amazon Inspector를 사용합니다.
picture-prepare-aws = 사용자, 이미지 엔진, AWS 계정
picture-prepare-aws-about = 사용자가 이 컴퓨터의 이미지 엔진을 거쳐, AWS 계정의 한 리전에 있는 Amazon ECR과 Amazon Inspector를 사용합니다.
picture-scanning = 레지스트리 앞에 놓인 필터
picture-scanning-about = 스캔 구성에 있는 필터 { $filter }을(를) 통해 레지스트리를 봅니다. { $watched }은(는) 일치하여 스캔하고 나머지 두 리포지토리는 스캔하지 않습니다.
picture-repositories = 리포지토리 세 개
picture-repositories-about = 운영용, 실험용, 공유용 리포지토리가 나란히 있습니다. 그중 { $watched }만 스캔됩니다.
picture-push = 이미지가 가는 길
picture-push-about = 퍼블릭 레지스트리에서 이미지를 이 컴퓨터의 엔진으로 가져옵니다. 로그인한 뒤 같은 이미지를 { $prod }와(과) { $sandbox }에 푸시합니다.
picture-results = 같은 이미지, 다른 시야
picture-results-about = { $prod }와(과) { $sandbox }에 다이제스트가 같은 이미지가 있습니다. 앞의 리포지토리에는 조사 결과가 있고, 뒤의 리포지토리는 아무도 살펴보지 않아 알 수 없습니다.
picture-remediate = 수정 전과 수정 후
picture-remediate-about = 수정 전 이미지에는 Log4Shell을 비롯한 조사 결과가 많습니다. 패치된 이미지를 다시 스캔하면 Log4Shell이 사라지고 조사 결과가 줄어듭니다.
picture-cleanup = 제자리로
picture-cleanup-about = 실습에서 만든 것은 사라지고, 스캔 구성은 이전으로 되돌아가고, 전부터 있던 것은 그대로 남습니다.

## 준비

policy-show = IAM 정책 보기
policy-title = 이번 실행의 IAM 정책
policy-about = 이번 실행이 사용하는 권한만을 이 계정, 리전, 리포지토리에 맞추어 담았습니다. ID가 Optional로 시작하는 문은 빼도 됩니다. 그러면 실습이 알 수 있는 것이 줄고, 무엇을 알 수 없는지 표시합니다.
policy-json = JSON
policy-terraform = Terraform
policy-copy = { $form } 복사
prepare-changes-nothing = 아무것도 변경하지 않고 실습에 필요한 것을 읽기만 합니다. 다음을 살펴봅니다.
prepare-looks-identity = 어떤 사용자나 역할로 진행하는지
prepare-looks-region = 리전의 Amazon ECR이 응답하는지
prepare-looks-network = 어떤 엔드포인트, 프록시, 인증서를 사용하는지
prepare-looks-permissions = 실습에 필요한 읽기 호출이 허용되는지
prepare-looks-inspector-ready = ECR 스캔을 켤 수 있는 상태인지
prepare-looks-tags-free = 푸시할 태그를 다른 이미지가 쓰고 있지 않은지
prepare-looks-encryption = 푸시에 KMS 키가 관여하는지
prepare-looks-engine = 이미지를 가져오고 푸시할 수 있는지
prepare-looks-engine-network = 이미지 엔진에 별도의 프록시가 있는지
prepare-looks-disk = 이미지를 담을 공간이 있는지
prepare-looks-source-registry = 이미지 엔진이 퍼블릭 레지스트리에 연결되는지
prepare-looks-private-registry = 이미지 엔진이 계정의 레지스트리에 연결되는지
prepare-mode = 모드
prepare-mode-practice = 연습용 클라우드
prepare-mode-aws = AWS 계정
prepare-account = 계정
prepare-region = 리전
prepare-engine = 이미지 엔진
prepare-unknown = 아직 모름

## 스캔 구성

scanning-now = 현재
scanning-then = 이 단계 이후
scanning-same = 변경 없음
scanning-type = 스캔 유형
scanning-rules-of = 규칙
scanning-no-rules = 규칙 없음
scanning-rules = 지금 있는 규칙
scanning-rules-about = 스캔 구성을 저장하면 규칙 전체가 바뀝니다. 지금 있는 규칙을 어떻게 할지 선택하십시오.
scanning-rules-replace = 실습 규칙만 적용
scanning-rules-replace-about = 다른 사람도 쓰는 레지스트리에서는 위험합니다. 지금 있는 규칙이 정리할 때까지 없어져, 어떤 규칙과도 일치하지 않는 리포지토리는 스캔되지 않고 그동안 닫힌 조사 결과는 되돌아오지 않을 수 있습니다.
scanning-rules-keep = 지금 있는 규칙도 유지
scanning-rules-keep-about = 실습 규칙을 더하므로 다른 팀의 스캔이 멈추지 않습니다. 전에 기본 스캔이었다면 유지되는 규칙과 일치하는 리포지토리의 향상된 스캔에 비용이 듭니다. 유지하는 규칙이 실습의 다른 리포지토리와도 일치하면 비교가 성립하지 않습니다.
scanning-plan-fixed = 이미 변경을 적용했으므로 실습에 사용할 필터와 규칙은 더 이상 바꿀 수 없습니다.
scanning-plan-failed = 계획을 바꿀 수 없습니다

lens-title = 필터 미리 보기
lens-about = 필터를 입력하면 어떤 리포지토리를 스캔하게 되는지 바로 보여 드립니다. 입력만으로는 아무것도 바뀌지 않습니다.
lens-constraint = 소문자, 숫자, *로 시작하고 끝나며 그 사이에 . _ - /도 쓸 수 있습니다.
lens-clear = 필터 지우기
lens-use = 이 필터로 실습
lens-in-use = 실습에서 사용하는 필터
lens-tries = 예를 들어
lens-count = 이름 { $all }개 중 { $matched }개와 일치합니다
lens-incomplete = 계정의 리포지토리 목록을 읽을 수 없어 실습과 예시 이름만 보여 드립니다.
lens-origin-lab = 이 실습
lens-origin-account = 계정에 있는 리포지토리
lens-origin-example = 예시 이름
lens-matches = 일치
lens-matches-not = 불일치
lens-more = { $count }개 더 보기
lens-invalid = “{ $filter }”은(는) 필터로 쓸 수 없습니다. 비어 있거나, 허용되지 않는 글자가 있거나, 처음이나 끝이 소문자, 숫자, *가 아닙니다.
lens-why-equal = 이름이 필터와 똑같습니다.
lens-why-within = 이름에 “{ $filter }”이(가) 들어 있습니다.
lens-why-within-word = “{ $word }” 안에도 “{ $filter }”이(가) 들어 있습니다.
lens-why-whole = 이름 전체가 “{ $filter }” 모양과 맞습니다.
lens-why-not-within = 이름에 “{ $filter }”이(가) 없습니다.
lens-why-not-whole = 이름 전체가 “{ $filter }” 패턴과 일치하지 않습니다.
lens-why-invalid = 올바른 필터가 아니어서 아무것과도 일치하지 않습니다.

rules-title = 필터가 일치하는 규칙
rules-about = *가 없으면 이름 어디에든 그 글자가 들어 있으면 일치합니다. *가 있으면 이름 전체가 맞아야 하며, *는 빈 문자열을 포함한 모든 문자열에 해당합니다.
rules-filter = 필터
rules-yes = 일치
rules-no = –
rules-both = 두 규칙이 한 리포지토리와 일치하면 CONTINUOUS_SCAN이 SCAN_ON_PUSH보다 우선합니다.
rules-link = Amazon ECR 사용 설명서: 스캔 필터

## 리포지토리 생성

repositories-now = 리포지토리 현황
repositories-now-about = 계정에서 방금 읽었습니다. 만드는 동안에도 계속 갱신됩니다.
repositories-reload = 다시 읽기
repositories-failed = 리포지토리를 읽을 수 없습니다
repository-ours = 실습에서 만듦
repository-stood = 전부터 있음
repository-about-prod = 운영 환경에 배포할 이미지를 둡니다.
repository-about-sandbox = 개발자가 자유롭게 시험하는 곳입니다. 같은 이미지를 여기에도 푸시합니다.
repository-about-shared = 여러 팀이 함께 쓰는 곳입니다. 이 실습에서는 비워 둡니다.
repository-not-there = 아직 만들지 않음
repository-none-yet = 주소, 스캔 빈도, 적용된 필터는 만들고 나면 여기에 표시됩니다.
repository-address = 주소(URI)
repository-copy = { $name }의 주소 복사
repository-scanning = 스캔 빈도
repository-watched = 연속 스캔
repository-unwatched = 스캔하지 않음
repository-filter = 적용된 필터
repository-no-filter = 일치하는 필터 없음
repository-images = 이미지
repository-empty = 비어 있음
repository-untagged = 태그 없음

## 이미지 푸시

push-warning-title = 이 이미지를 운영 환경에서 실행하지 마십시오
push-warning = 실습용 이미지에는 원격 코드 실행이 가능한 취약점(Log4Shell)이 들어 있습니다. 레지스트리에 푸시해 스캔하기만 하고 컨테이너로 실행하지 마십시오. 실습이 끝나면 정리 단계에서 삭제합니다.
push-beginning = 이미지를 찾고 있습니다…
push-same-title = 두 리포지토리에 똑같은 이미지가 있습니다
push-same = { $prod }와(과) { $sandbox }의 다이제스트가 같습니다. 다음 단계에서 두 리포지토리에 무엇이 보이는지 비교합니다.
push-token = 레지스트리 로그인 토큰
push-token-until = { $time }까지 유효합니다. 토큰 자체는 표시하거나 저장하지 않습니다.
push-token-none = 이 앱이 받은 토큰이 없습니다.
push-digest-none = 아직 없음
push-digest-copy = { $name }의 다이제스트 복사
flow-title = 푸시의 진행 과정
flow-pull = 가져오기
flow-tag = 태그 지정
flow-login = 로그인
flow-push = 푸시
flow-state-waiting = 대기 중
flow-state-active = 진행 중
flow-state-done = 완료
flow-state-stopped = 멈춤
lane-pull = 가져오기
lane-push-first = 첫 번째 푸시
lane-push-again = 두 번째 푸시
lane-of = { $total } 중 { $current }
lane-pace = 초당 { $pace }
lane-left = 약 { $time } 남음
lane-looking = 계층을 살펴보는 중
lane-moved = { $total } 전송
lane-moved-nothing = 보낼 것 없음
lane-known = 계층 { $all }개 중 { $count }개는 이미 있음
lane-took = { $time } 걸림
lane-quick = 레지스트리가 모든 계층을 이미 알고 있어 다시 보내지 않았습니다.
lane-digest = 다이제스트
lane-digest-pull = 원본 레지스트리의 다이제스트(한 플랫폼의 이미지 또는 여러 플랫폼을 묶은 목록)
lane-layer-waiting = 대기 중
lane-layer-moving = 전송 중
lane-layer-unpacking = 압축 해제 중
lane-layer-done = 완료
lane-layer-exists = 이미 있음
lane-layer-mounted = 재사용
lane-layer-retrying = 재시도 중

## 정리

cleanup-goes = 삭제할 것
cleanup-returns = 되돌릴 것
cleanup-stays = 그대로 둘 것
cleanup-not-made = 계획에 있지만 이번 실행에서 만들지 않은 것
cleanup-not-made-about = 직접 만들었거나 다른 사용자가 만든 것입니다. 정리하기 전에 여기에서 선택하지 않으면 그대로 둡니다. 명령은 터미널에서 제거하는 방법입니다.
cleanup-unknown-origin = 계획에 있지만 누가 만들었는지 알 수 없는 것
cleanup-unknown-origin-about = 실행 기록을 잃어서 이번 실행에서 만들었는지 알 수 없습니다. 정리하기 전에 여기에서 선택하지 않으면 그대로 둡니다. 명령은 터미널에서 제거하는 방법입니다.
cleanup-not-made-remove = { $name }도 제거
cleanup-now = 현재: { $what }
cleanup-then = 되돌린 뒤: { $what }
cleanup-choice = 어느 스캔 구성을 남기겠습니까?
cleanup-choice-restore = 실습 전 구성
cleanup-choice-keep = 지금 구성
cleanup-chosen-restore = 선택했습니다. 정리하면 실습 전의 스캔 구성을 되돌립니다. 이 단계를 실행하십시오.
cleanup-chosen-keep = 선택했습니다. 정리하면 지금의 스캔 구성을 그대로 둡니다. 이 단계를 실행하십시오.
cleanup-choice-failed = 선택을 기록하지 못했습니다
cleanup-none = 없음
cleanup-nothing-yet = 아직 이번 실행에서 만든 것이 없습니다.
cleanup-nothing-left = 이번 실행에서 만든 것이 남아 있지 않습니다.
receipt-title = 정리 결과
receipt-about = 정리한 뒤 실제 상태를 다시 읽어 작성했습니다.
receipt-restored = 스캔 구성이 실습 전과 같습니다
receipt-not-restored = 스캔 구성이 실습 전과 다릅니다. 아래 이유를 확인하십시오.
receipt-deleted = 삭제한 것
receipt-kept = 남겨 둔 것
receipt-kept-none = 없음. 실습 전부터 있던 리포지토리와 이미지는 건드리지 않았습니다.
resource-repository = 리포지토리
resource-image = 이미지
resource-local-image = 로컬 이미지
resource-scanning-configuration = 스캔 구성
resource-inspector-scanning = Inspector 스캔
evidence-title = 증거 자료
evidence-about = 단계별 확인 결과, 조사 결과, 비교, 호출 기록을 한 파일에 담습니다. 비밀 값은 들어가지 않습니다.
evidence-save-html = HTML 보고서 저장
evidence-save-json = JSON 저장
evidence-saved = 저장했습니다: { $path }
evidence-failed = 저장할 수 없습니다
finish-title = 실습을 마쳤습니다
finish-lead = 수고하셨습니다. 이 실습에서 직접 확인한 것은 다음과 같습니다.
finish-lesson-watched = 스캔 필터는 이름으로 리포지토리를 고릅니다. 일치하지 않는 리포지토리는 스캔되지 않습니다.
finish-lesson-same = 같은 다이제스트라도 스캔하지 않는 곳에서는 취약점이 보이지 않습니다. 조사 결과가 없는 것은 안전하다는 뜻이 아닙니다.
finish-lesson-gone = 패치된 버전으로 바꾸고 다시 스캔해야 해결되었다고 말할 수 있습니다. 남은 것도 함께 확인합니다.
finish-lesson-returned = 계정 전체에 영향을 주는 설정은 먼저 저장하고, 바꾸고, 되돌린 뒤 다시 읽어 확인합니다.
finish-lesson-ends = 감시는 저절로 끝납니다. 기본값으로는 마지막 푸시 후 14일입니다. 더 이상 감시하지 않는 것은 안전하다는 뜻이 아닙니다.

## 감시의 끝

watching-title = 감시 종료
watching-about = 연습 모드에서만: 연습용 시계를 앞으로 옮겨 AWS에서는 며칠이 걸리는 일을 바로 봅니다.
watching-why-results = Amazon Inspector는 이미지를 영원히 감시하지 않고 재스캔 기간 동안만 감시합니다. 기본값으로는 마지막 푸시 후, 또는 클러스터에서 마지막으로 사용한 후 14일입니다. 여기에는 클러스터가 없으므로 푸시 시점만 기준으로 합니다. 기간이 지나면 Inspector는 조사 결과를 닫고, 적용 범위에 SCAN_ELIGIBILITY_EXPIRED라고 표시합니다. 더 이상 감시하지 않는다는 뜻이지 안전하다는 뜻이 아닙니다. 이미지는 그대로입니다.
watching-why-cleanup = 저절로 끝나는 것은 감시뿐입니다. 마지막 푸시 후 14일이 지나면 Amazon Inspector가 조사 결과를 닫지만, 이미지와 그 취약점, 저장 비용은 누군가 삭제할 때까지 남습니다. 그래서 정리가 필요합니다.
watching-advance = { $days }일 앞으로 이동
watching-not-moved = 연습용 시계를 옮기지 않았습니다.
watching-forward-only = 시계는 앞으로만 옮길 수 있습니다. 이미지를 다시 스캔하고 감시하게 하려면 다시 푸시하십시오.
watching-failed = 연습용 시계를 옮기지 못했거나, 바뀐 내용을 읽지 못했습니다
watching-images = { $name }의 이미지에 대한 Amazon Inspector의 상태
watching-no-images = Amazon Inspector에 { $name }의 이미지가 없습니다.
watching-watched = 감시 중
watching-unwatched = 감시하지 않음
evidence-open = 보고서 열기

scanning-changes = 변경
scanning-filter = 필터와 일치하는 이름
