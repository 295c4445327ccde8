# 도움말 주제. 주제마다 문단이 둘에서 다섯 개 있습니다.

help-more = 함께 읽기
help-official = 공식 문서

help-link-ecr-scanning = Amazon ECR: 이미지 스캔
help-link-ecr-enhanced = Amazon ECR: 향상된 스캔
help-link-ecr-filters = Amazon ECR: 스캔 필터
help-link-ecr-put = Amazon ECR API: PutRegistryScanningConfiguration
help-link-ecr-login = Amazon ECR: 프라이빗 레지스트리 인증
help-link-ecr-push = Amazon ECR: Docker 이미지 푸시
help-link-ecr-manifests = Amazon ECR: 이미지 매니페스트 형식
help-link-ecr-repositories = Amazon ECR: 프라이빗 리포지토리
help-link-ecr-delete = Amazon ECR: 리포지토리 삭제
help-link-inspector-ecr = Amazon Inspector: ECR 이미지 스캔
help-link-inspector-coverage = Amazon Inspector: 적용 범위 평가
help-link-inspector-supported = Amazon Inspector: 지원하는 운영 체제와 언어
help-link-inspector-findings = Amazon Inspector: 조사 결과의 이해
help-link-inspector-rescan = Amazon Inspector: Amazon ECR 재스캔 기간
help-link-inspector-pricing = Amazon Inspector 요금
help-link-ecr-pricing = Amazon ECR 요금
help-link-nvd-log4shell = NVD: CVE-2021-44228
help-link-log4j-security = Apache Logging Services: 보안
help-link-cisa-kev = CISA: 악용이 확인된 취약점 목록
help-link-first-cvss = FIRST: CVSS 3.1 명세
help-link-first-epss = FIRST: EPSS
help-link-oci-manifest = OCI: 이미지 매니페스트 명세

help-start-title = 이 실습에 대하여
help-start-1 = 컨테이너 이미지를 레지스트리에 올리면 누가 그 안을 들여다볼까요? 이 실습에서는 Amazon ECR의 향상된 스캔을 켜고, Log4Shell이 들어 있는 이미지를 푸시한 다음, 스캔이 알려 주는 것과 알려 주지 않는 것을 직접 확인합니다.
help-start-2 = 일곱 단계로 진행합니다. 단계마다 배경, 변경 사항, 실행, 진행 확인이 같은 자리에 있습니다. 실행은 앱에 맡기거나, 명령을 복사해 터미널에서 직접 할 수 있습니다. 누가 실행했든 확인은 실제 상태를 읽어서 합니다.
help-start-3 = 언제든 창을 닫아도 됩니다. 다시 열면 멈춘 곳에서 이어집니다. 오른쪽의 도움말은 단계마다 바뀌며, “정보” 링크를 누르면 그 항목의 설명이 열립니다.

help-engine-title = 이미지 엔진
help-engine-1 = 이미지 엔진은 레지스트리에서 이미지를 가져오고, 태그를 붙이고, 다른 레지스트리로 푸시하는 프로그램입니다. 컴퓨터에 Docker가 있으면 Docker를, 없으면 앱에 들어 있는 내장 엔진을 사용합니다.
help-engine-2 = 내장 엔진은 설치할 것이 없으며 컨테이너를 실행하지 않습니다. Docker를 사용하든 내장 엔진을 사용하든 레지스트리와 주고받는 내용은 같은 표준을 따르므로 결과가 같습니다.

help-prepare-title = 준비
help-prepare-1 = 클라우드에서 일할 때 가장 먼저 확인할 것은 “지금 누구로, 어느 계정의 어느 리전에서 작업하는가”입니다. AWS의 GetCallerIdentity 호출이 이를 알려 주며, 이 호출에는 아무 권한도 필요하지 않습니다.
help-prepare-2 = 읽기 권한은 실제로 불러 보아 확인합니다. 쓰기 권한은 무언가를 바꾸지 않고는 시험할 수 없으므로, 부족하면 해당 단계에서 어떤 권한이 필요한지 알려 드립니다.
help-prepare-3 = 충족하지 못한 항목에는 이유와 해결 방법이 함께 표시됩니다. 고친 뒤 “진행 확인”을 다시 누르십시오.

help-scanning-title = 스캔 구성 단계
help-scanning-1 = 이 단계에서는 레지스트리의 스캔 유형을 ENHANCED로 바꾸고, 필터와 일치하는 리포지토리를 연속 스캔(CONTINUOUS_SCAN)하는 규칙을 저장합니다. 향상된 스캔을 켜면 Amazon Inspector의 ECR 스캔도 함께 켜집니다.
help-scanning-2 = 저장하기 전에 필터 미리 보기로 어떤 이름이 일치하는지 살펴보십시오. 필터는 비용이 드는 범위도 정합니다. 일치하는 리포지토리의 이미지만 스캔 비용이 듭니다.

help-scanning-configuration-title = 스캔 구성이란
help-scanning-configuration-1 = 스캔 구성은 계정과 리전마다 하나씩 있는 프라이빗 레지스트리의 설정입니다. 스캔 유형(BASIC 또는 ENHANCED)과 규칙을 두 개까지 담습니다. 규칙은 스캔 빈도와 리포지토리 필터로 이루어집니다.
help-scanning-configuration-2 = 구성을 저장하는 호출은 기존 구성에 더하지 않고 전체를 바꿉니다. 그래서 이 실습은 먼저 현재 구성을 읽어 저장하고, 무엇이 달라지는지 보여 드리고, 정리할 때 되돌립니다.
help-scanning-configuration-3 = ENHANCED로 바꾸면서 규칙을 빼면 레지스트리의 모든 리포지토리를 연속 스캔합니다. 뜻하지 않은 비용이 생길 수 있으니 규칙을 항상 함께 지정하십시오.

help-filters-title = 필터가 일치하는 방식
help-filters-1 = 별표(*)가 없는 필터는 이름에 그 글자가 들어 있기만 하면 일치합니다. 그래서 prod는 eks-security-prod뿐 아니라 nonprod-api나 product-catalog와도 일치합니다.
help-filters-2 = 별표가 있으면 이름 전체가 맞아야 합니다. *-prod는 -prod로 끝나는 이름에, prod*는 prod로 시작하는 이름에 일치합니다. 별표는 빈 문자열을 포함한 모든 문자열에 해당합니다.
help-filters-3 = 필터는 소문자, 숫자, 별표로 시작하고 끝나야 하며, 그 사이에는 . _ - /도 쓸 수 있습니다. 길이는 255자까지입니다.
help-filters-4 = 한 리포지토리에 두 규칙이 일치하면 CONTINUOUS_SCAN이 SCAN_ON_PUSH보다 우선합니다. 향상된 스캔에서 어떤 필터와도 일치하지 않는 리포지토리는 스캔하지 않으며, 수동으로 스캔할 수도 없습니다.

help-basic-enhanced-title = 기본 스캔과 향상된 스캔
help-basic-enhanced-1 = 기본 스캔은 운영 체제 패키지의 취약점을 찾습니다. 푸시할 때 또는 수동으로 스캔합니다.
help-basic-enhanced-2 = 향상된 스캔은 Amazon Inspector가 맡습니다. 운영 체제 패키지뿐 아니라 Java, Python, JavaScript 같은 프로그래밍 언어의 패키지도 살펴봅니다. Log4Shell은 Java 라이브러리에 있으므로 이 차이가 중요합니다.
help-basic-enhanced-3 = 연속 스캔은 푸시할 때 한 번으로 끝나지 않습니다. 새로운 취약점이 알려지면 이미 올라가 있는 이미지도 다시 평가합니다. 두 유형을 서로 바꾸면 이전 유형의 스캔 결과는 보이지 않게 되고, 다시 바꾸면 돌아옵니다.

help-repositories-title = 리포지토리
help-repositories-1 = 리포지토리는 한 이미지의 여러 버전을 담는 이름 있는 장소입니다. 주소는 계정 번호, 리전, 이름으로 이루어집니다. Docker로 푸시하기 전에 리포지토리가 있어야 합니다.
help-repositories-2 = 만들 때 어떤 설정도 하지 않지만, 이름이 필터와 일치하는 리포지토리만 스캔 빈도가 CONTINUOUS_SCAN이 됩니다. 나머지는 MANUAL로 표시되며, 향상된 스캔에서는 아무도 살펴보지 않는다는 뜻입니다.
help-repositories-3 = 같은 이름의 리포지토리가 전부터 있었다면 그대로 사용하고, 정리할 때 삭제하지 않습니다. 실습에서 만든 리포지토리에는 이번 실행을 나타내는 태그(imagelab:run)를 붙여 구별합니다.

help-push-title = 이미지 푸시
help-push-1 = 푸시는 네 가지 일로 이루어집니다. 이미지를 가져오고, 보낼 주소로 태그를 붙이고, 레지스트리에 로그인하고, 계층을 하나씩 보냅니다. 마지막으로 매니페스트를 올리면 태그가 그 이미지를 가리키게 됩니다.
help-push-2 = 계층은 내용의 해시로 구별합니다. 리포지토리에 이미 있는 계층은 다시 보내지 않습니다. 다른 리포지토리의 계층은 계정에서 설정을 켠 경우에만 재사용합니다(aws ecr put-account-setting --name BLOB_MOUNTING --value ENABLED). 누군가 켜기 전에는 두 번째 푸시에서도 계층을 모두 다시 보냅니다. 연습용 클라우드에서는 계획에서 켤 수 있습니다.
help-push-3 = 이 이미지는 실습용으로 취약한 버전을 고른 것입니다. 레지스트리에 있는 것만으로는 실행되지 않지만, 컨테이너로 실행하면 공격을 받을 수 있습니다.

help-digest-tag-title = 다이제스트와 태그
help-digest-tag-1 = 다이제스트(sha256:…)는 이미지 매니페스트의 내용을 해시한 값입니다. 한 바이트라도 다르면 다이제스트가 달라집니다. 따라서 다이제스트가 같으면 어디에 있든 같은 이미지입니다.
help-digest-tag-2 = 태그는 사람이 붙이는 이름표입니다. 같은 태그가 내일은 다른 이미지를 가리킬 수 있습니다. latest도 특별한 뜻이 없는 태그일 뿐입니다.
help-digest-tag-3 = 이 실습에서는 두 리포지토리의 다이제스트가 같다는 것을 먼저 확인합니다. 그래야 다음 단계에서 보이는 차이가 이미지가 아니라 스캔 구성 때문이라고 말할 수 있습니다.

help-layers-platforms-title = 계층과 플랫폼
help-layers-platforms-1 = 이미지는 파일의 변경을 담은 계층을 차례로 쌓은 것입니다. 매니페스트는 어떤 계층이 어떤 순서로 쌓이는지 적은 문서입니다.
help-layers-platforms-2 = 여러 플랫폼을 지원하는 이미지는 플랫폼별 매니페스트를 가리키는 목록(인덱스)입니다. neo4j 이미지에는 amd64용과 arm64용이 있습니다.
help-layers-platforms-3 = Amazon Inspector는 이런 목록 자체를 스캔하지 않습니다. 그래서 이 실습에서는 한 플랫폼(linux/amd64)의 이미지만 가져와 푸시합니다.

help-registry-login-title = 레지스트리 로그인과 토큰
help-registry-login-1 = 프라이빗 레지스트리에 푸시하려면 GetAuthorizationToken으로 받은 토큰이 필요합니다. 사용자 이름은 항상 AWS이고, 토큰은 12시간 동안 유효하며, 발급받은 리전에서만 쓸 수 있습니다.
help-registry-login-2 = 토큰은 암호와 같습니다. 명령줄에 적으면 셸 기록과 프로세스 목록에 남으므로, 직접 실행할 때는 --password-stdin으로 넘깁니다. 이 앱은 토큰을 화면, 기록, 보고서에 남기지 않으며 만료 시각만 보여 드립니다.
help-registry-login-3 = 도중에 토큰이 만료되면 새 토큰을 받아 이어서 진행합니다. 이미 보낸 계층은 다시 보내지 않습니다.

help-results-title = 결과 확인
help-results-1 = 푸시한 뒤 스캔이 나타나기까지 시간이 걸립니다. 처음에는 “스캔 없음”(ScanNotFoundException)이라고 답하지만 실패가 아니라 아직이라는 뜻입니다. 연속 스캔의 정상 상태는 COMPLETE가 아니라 ACTIVE입니다.
help-results-2 = 상태가 ACTIVE가 된 뒤에도 조사 결과가 더 들어올 수 있습니다. 그래서 이 앱은 개수가 잇달아 같을 때에만 안정되었다고 말합니다.
help-results-3 = 스캔하지 않는 리포지토리에서는 똑같은 이미지인데도 아무것도 보이지 않습니다. “조사 결과 0건”과 “스캔하지 않음”은 전혀 다른 말입니다.
help-results-4 = 감시는 기본값으로 마지막 푸시 후 14일이면 끝납니다. 그러면 Amazon Inspector가 조사 결과를 닫고 SCAN_ELIGIBILITY_EXPIRED라고 표시합니다. 연습 모드에서는 여기에서, 또는 imagelab practice advance 14d로 시계를 앞으로 옮길 수 있습니다.

help-cvss-title = CVSS: 얼마나 심각한가
help-cvss-1 = CVSS는 취약점의 심각도를 0.0에서 10.0까지의 점수로 나타내는 표준입니다. 네트워크로 공격할 수 있는지, 권한이나 사용자의 동작이 필요한지, 기밀성과 무결성과 가용성에 어떤 영향을 주는지를 벡터로 적고, 그 벡터로 점수를 계산합니다.
help-cvss-2 = 점수는 그 취약점이 얼마나 나쁠 수 있는지를 말할 뿐, 실제로 공격받을 가능성을 말하지는 않습니다. 그래서 EPSS와 KEV를 함께 봅니다.

help-epss-title = EPSS: 악용될 가능성
help-epss-1 = EPSS는 앞으로 30일 안에 그 취약점을 악용하려는 시도가 관측될 확률을 0에서 1 사이의 값으로 추정합니다. FIRST가 날마다 새로 계산합니다.
help-epss-2 = CVSS가 높아도 EPSS가 낮은 취약점이 많습니다. 두 값을 함께 보면 무엇부터 고쳐야 할지 정하기 쉽습니다. 값은 날마다 바뀌므로 지금의 값은 공식 사이트에서 확인하십시오.

help-kev-title = KEV: 악용이 확인된 취약점
help-kev-1 = 미국 사이버보안·인프라보안국(CISA)은 실제로 악용된 사실이 확인된 취약점의 목록을 공개합니다. 이 목록이 KEV(Known Exploited Vulnerabilities)입니다.
help-kev-2 = 목록에 있다는 것은 추정이 아니라 이미 일어난 일이라는 뜻이므로 가장 먼저 고쳐야 합니다. Log4Shell은 공개된 날인 2021년 12월 10일에 목록에 올랐습니다.

help-log4shell-title = Log4Shell이란
help-log4shell-1 = Log4Shell(CVE-2021-44228)은 Java의 로깅 라이브러리 Apache Log4j 2에서 발견된 취약점입니다. 로그에 남긴 문자열 안의 특별한 표현을 Log4j가 해석하면서 공격자의 서버에서 코드를 가져와 실행할 수 있었습니다.
help-log4shell-2 = 인증도 사용자의 동작도 필요하지 않았고 CVSS 점수는 최고점인 10.0입니다. 아주 많은 Java 프로그램이 Log4j를 직접, 또는 다른 라이브러리 속에 품고 있었기 때문에 어디에 있는지 찾는 일부터 어려웠습니다.
help-log4shell-3 = 이 실습의 neo4j 4.4.0 이미지도 그렇습니다. Log4j가 따로 있지 않고 다른 JAR 파일 안에 포함되어 있어, 파일 이름만 보아서는 알 수 없습니다. 스캐너는 JAR 안에 남은 패키지 정보를 읽어 찾아냅니다.
help-log4shell-4 = 2.15.0에서 고쳐졌지만 뒤이어 관련 취약점이 더 발견되어 이후 버전에서 다시 고쳐졌습니다. 최신 버전으로 올리고 다시 스캔하십시오.

help-inspector-coverage-title = Inspector의 적용 범위
help-inspector-coverage-1 = Amazon Inspector는 무엇을 스캔하고 무엇을 스캔하지 않는지를 적용 범위(coverage)로 보여 줍니다. 리포지토리와 이미지가 따로따로 나타나며, 저마다 상태와 이유가 있습니다.
help-inspector-coverage-2 = SUCCESSFUL은 스캔했다는 뜻이고, PENDING_INITIAL_SCAN은 첫 스캔을 기다린다는 뜻입니다. SCAN_FREQUENCY_MANUAL은 필터와 일치하지 않아 스캔하지 않는다는 뜻입니다.
help-inspector-coverage-3 = UNSUPPORTED_OS나 UNSUPPORTED_MEDIA_TYPE처럼 지원하지 않아서 스캔하지 못하는 경우도 있습니다. 조사 결과가 없을 때에는 먼저 적용 범위를 확인하십시오.

help-remediate-title = 수정 및 비교
help-remediate-1 = 취약점을 고친다는 것은 대개 패치된 버전으로 이미지를 다시 만들거나 바꾸는 일입니다. 실행 중인 컨테이너 안에서 고치면 다음 배포 때 사라집니다.
help-remediate-2 = 새 이미지를 다른 태그로 푸시하면 스캔이 다시 이루어집니다. 두 스캔을 비교해 해결된 것, 남은 것, 새로 생긴 것을 나누어 봅니다.
help-remediate-3 = 패치된 이미지에도 조사 결과가 남아 있을 수 있습니다. 오래된 운영 체제 패키지나 그 뒤에 알려진 취약점 때문입니다. 목표는 0개가 아니라 무엇이 왜 남았는지 아는 것입니다.

help-cost-title = 비용
help-cost-1 = 연습 모드에서는 비용이 들지 않습니다. 모든 것이 이 컴퓨터 안에서 이루어집니다.
help-cost-2 = AWS 계정에서는 Amazon Inspector가 이미지의 첫 스캔과 자동 재스캔에, Amazon ECR이 저장 용량에 요금을 매깁니다. 필터와 일치하는 리포지토리의 이미지만 스캔 요금이 듭니다. 단계마다 예상 비용을 보여 드리지만, 정확한 요금은 리전마다 다르므로 요금 페이지에서 확인하십시오.
help-cost-3 = 실습이 끝나면 정리 단계를 꼭 실행하십시오. 남겨 둔 이미지와 연속 스캔은 계속 비용이 듭니다.

help-cleanup-title = 정리
help-cleanup-1 = 이 실습은 무언가를 만들기 전과 후에 기록하고, 만든 리포지토리에 태그를 붙입니다. 정리할 때에는 그 기록과 태그가 맞는 것만 삭제합니다. 전부터 있던 것은 건드리지 않습니다.
help-cleanup-2 = 스캔 구성은 처음에 저장해 둔 내용으로 되돌립니다. 실습하는 동안 다른 사람이 구성을 바꾸었다면 그대로 두고, 두 구성을 보여 드립니다.
help-cleanup-3 = 스캔 구성을 되돌리는 것과 Amazon Inspector를 끄는 것은 별개입니다. 실습 전에 Inspector의 ECR 스캔이 꺼져 있었고 실습에서 켠 경우에만 다시 끕니다.
help-cleanup-4 = 끝나면 실제 상태를 다시 읽어 정리 결과를 만듭니다. 도중에 실패하면 다시 실행하십시오. 남은 것부터 이어서 정리합니다.
help-cleanup-5 = 대신 정리해 주는 것은 없습니다. Amazon Inspector는 감시를 멈출 뿐이고, 이미지와 그 취약점, 저장 비용은 그대로 남습니다.

help-glossary-title = 용어집
help-glossary-1 = 이 실습에 나오는 말을 짧게 풀었습니다.

glossary-registry = 레지스트리
glossary-registry-means = 컨테이너 이미지를 보관하고 나누어 주는 서비스입니다. 계정과 리전마다 프라이빗 레지스트리가 하나 있습니다.
glossary-repository = 리포지토리
glossary-repository-means = 레지스트리 안에서 한 이미지의 여러 버전을 담는 이름 있는 장소입니다.
glossary-image = 이미지
glossary-image-means = 프로그램과 그것을 실행하는 데 필요한 파일을 계층으로 쌓은 묶음입니다.
glossary-layer = 계층
glossary-layer-means = 이미지를 이루는 파일 변경의 묶음입니다. 내용의 해시로 구별합니다.
glossary-manifest = 매니페스트
glossary-manifest-means = 이미지의 계층과 설정을 순서대로 적은 문서입니다.
glossary-tag = 태그
glossary-tag-means = 이미지에 붙이는 이름표입니다. 다른 이미지로 옮겨질 수 있습니다.
glossary-digest = 다이제스트
glossary-digest-means = 매니페스트의 내용을 해시한 값입니다. 같으면 같은 이미지입니다.
glossary-platform = 플랫폼
glossary-platform-means = linux/amd64처럼 운영 체제와 아키텍처를 나타냅니다.
glossary-scan-frequency = 스캔 빈도
glossary-scan-frequency-means = 리포지토리를 언제 스캔하는지 나타냅니다. CONTINUOUS_SCAN, SCAN_ON_PUSH, MANUAL이 있습니다.
glossary-filter = 필터
glossary-filter-means = 어떤 리포지토리에 규칙을 적용할지 이름으로 고르는 문자열입니다.
glossary-enhanced = 향상된 스캔
glossary-enhanced-means = Amazon Inspector가 운영 체제와 프로그래밍 언어 패키지를 살펴보는 스캔 유형입니다.
glossary-inspector = Amazon Inspector
glossary-inspector-means = 워크로드의 취약점을 자동으로 찾는 AWS 서비스입니다.
glossary-coverage = 적용 범위
glossary-coverage-means = Amazon Inspector가 무엇을 스캔하고 무엇을 왜 스캔하지 않는지 보여 주는 목록입니다.
glossary-vulnerability = 취약점
glossary-vulnerability-means = 공격자가 이용할 수 있는 소프트웨어의 약점입니다.
glossary-cve = CVE
glossary-cve-means = 공개된 취약점에 붙이는 국제적인 번호입니다.
glossary-finding = 조사 결과
glossary-finding-means = 한 이미지에서 발견된 취약점 하나에 대한 기록입니다. 영어로는 finding이라고 합니다.
glossary-severity = 심각도
glossary-severity-means = 심각, 높음, 중간, 낮음 등으로 나눈 취약점의 등급입니다.
glossary-cvss = CVSS
glossary-cvss-means = 심각도를 0.0에서 10.0까지의 점수로 나타내는 표준입니다.
glossary-epss = EPSS
glossary-epss-means = 30일 안에 악용 시도가 관측될 확률의 추정값입니다.
glossary-kev = KEV
glossary-kev-means = CISA가 공개하는, 악용이 확인된 취약점의 목록입니다.
glossary-remediation = 수정
glossary-remediation-means = 패치된 버전으로 바꾸는 등 취약점을 없애는 조치입니다.
