# AWS와 이미지 엔진이 거부한 것과 그 이유, 그리고 할 일.

## AWS: 자격 증명

problem-no-credentials = AWS 자격 증명을 찾지 못해 { $action } 요청을 보내지 못했습니다.
problem-no-credentials-hint = `aws sso login` 또는 `aws login`으로 로그인하거나 `aws configure`를 실행한 다음, 여기에서 그 프로파일을 선택하십시오. 프로파일이 여러 개라면 올바른 것을 선택했는지 확인하십시오.
problem-credentials-slow = AWS 자격 증명을 가져오는 데 너무 오래 걸려 { $action } 요청을 보내지 못했습니다.
problem-credentials-slow-hint = 네트워크와 프로파일의 자격 증명 공급 방식(SSO, credential_process, 역할 수임)을 확인한 다음 다시 시도하십시오.
problem-credentials-unreadable = 프로파일의 자격 증명을 불러오지 못해 { $action } 요청을 보내지 못했습니다.
problem-credentials-unreadable-hint = 터미널에서 이 프로파일로 `aws sts get-caller-identity`를 실행해 보십시오. 이 명령도 실패하면 ~/.aws/config와 ~/.aws/credentials에서 프로파일을 바로잡으십시오.
problem-profile-missing = 그 이름의 AWS 프로파일이 없습니다.
problem-profile-missing-hint = `aws configure list-profiles`로 프로파일 이름을 확인하고 철자를 바로잡으십시오.
profile-missing-named = “{ $profile }”(이)라는 AWS 프로파일이 없습니다.
problem-profiles-unreadable = AWS 구성 파일 { $path }을(를) 읽을 수 없습니다.
problem-profiles-unreadable-hint = 무엇이 잘못되었는지는 세부 정보에 나와 있습니다. 파일을 바로잡거나 읽기 권한이 있는지 확인하십시오.
problem-profile-incomplete = AWS 프로파일 “{ $profile }”에 { $property } 항목이 없어 사용할 수 없습니다.
problem-profile-incomplete-hint = ~/.aws/config의 프로파일에 { $property } 항목을 추가하거나 다른 프로파일을 선택하십시오.
problem-profile-contradicts = AWS 프로파일 “{ $profile }”에 source_profile과 credential_source가 함께 있어 사용할 수 없습니다.
problem-profile-contradicts-hint = ~/.aws/config의 프로파일에서 둘 중 하나를 지우십시오.
problem-profile-source-missing = AWS 프로파일 “{ $profile }”의 source_profile인 “{ $source }” 프로파일이 없어 사용할 수 없습니다.
problem-profile-source-missing-hint = ~/.aws/config에 그 프로파일을 추가하거나 source_profile을 바로잡으십시오.
problem-profile-loop = AWS 프로파일 “{ $profile }”의 source_profile이 다시 “{ $source }” 프로파일로 돌아와 사용할 수 없습니다.
problem-profile-loop-hint = ~/.aws/config의 source_profile을 바로잡으십시오. 마지막 프로파일에는 자체 자격 증명이 있어야 합니다.
problem-profile-session-missing = AWS 프로파일 “{ $profile }”이(가) 가리키는 [sso-session { $session }] 섹션이 없어 사용할 수 없습니다.
problem-profile-session-missing-hint = `aws configure sso-session`으로 추가하거나 프로파일의 sso_session을 바로잡으십시오.
problem-profile-without-credentials = AWS 프로파일 “{ $profile }”에는 설정만 있고 자격 증명이 없습니다.
problem-profile-without-credentials-hint = 다른 프로파일을 선택하거나 `aws configure sso` 또는 `aws login`으로 자격 증명을 추가하십시오.
problem-endpoints-mixed = 일부 AWS 서비스만 AWS가 아닌 엔드포인트로 연결되어 있습니다. { $custom }: { $endpoint }, { $aws }: AWS.
problem-endpoints-mixed-hint = AWS_ENDPOINT_URL로 모든 서비스를 같은 엔드포인트로 연결하거나, 환경 변수 AWS_ENDPOINT_URL_…과 프로파일의 endpoint_url을 지우십시오.
problem-profile-needs-mfa = AWS 프로파일 “{ $profile }”은(는) MFA 디바이스의 코드를 요구하는데, 실습에서는 이 코드를 입력할 수 없습니다.
problem-profile-needs-mfa-hint = 터미널에서 `{ $command }` 명령을 실행하고 코드를 입력하십시오. 그런 다음 같은 터미널에서 프로파일을 지정하지 않고 실습을 시작하십시오.
problem-login-expired = `aws login` 세션이 만료되었거나 없어서 { $action } 요청을 보내지 못했습니다.
problem-login-expired-hint = 터미널에서 그 프로파일로 `aws login`을 실행한 다음 다시 시도하십시오.
problem-sso-expired = AWS IAM Identity Center(SSO) 로그인이 만료되었거나 없어서 { $action } 요청을 보내지 못했습니다.
problem-sso-expired-hint = 터미널에서 그 프로파일로 `aws sso login`을 실행한 다음 다시 시도하십시오.
problem-credentials-expired = 임시 자격 증명이 만료되어 AWS가 { $action } 요청을 거부했습니다.
problem-credentials-expired-hint = 다시 로그인하거나 액세스 포털에서 새 키를 복사해 자격 증명을 갱신한 다음 다시 시도하십시오. 실습은 멈춘 곳에서 이어집니다.
problem-credentials-invalid = AWS가 알지 못하는 액세스 키 또는 세션 토큰이어서 { $action } 요청이 거부되었습니다.
problem-credentials-invalid-hint = IAM에서 액세스 키가 존재하고 활성 상태인지, 임시 키라면 세션 토큰도 함께 설정했는지 확인하십시오. 다른 파티션(중국, GovCloud)의 키는 여기에서 쓸 수 없습니다.
problem-signature-mismatch = 요청의 서명이 올바르지 않아 AWS가 { $action } 요청을 거부했습니다.
problem-signature-mismatch-hint = 비밀 액세스 키가 일부 빠졌거나 다른 액세스 키의 것일 가능성이 큽니다. 두 키를 다시 입력하십시오.
problem-clock-skew = 이 컴퓨터의 시계가 실제 시각과 너무 달라 AWS가 { $action } 요청을 거부했습니다.
problem-clock-skew-hint = 운영 체제에서 시간 자동 설정을 켠 다음 다시 시도하십시오.
problem-access-denied = 이 자격 증명에는 { $action } 권한이 없습니다.
problem-access-denied-hint = 이 사용자 또는 역할의 IAM 정책에서 { $action } 작업을 허용한 다음 다시 시도하십시오. 실습에 필요한 권한은 `imagelab policy`가 출력하는 정책에 모두 나와 있습니다. 이 호출로 변경된 것은 없습니다.
problem-denied-by-organization = AWS 조직의 정책이 { $action } 작업을 차단했습니다.
problem-denied-by-registry-policy = 리소스 기반 정책(레지스트리 또는 리포지토리의 정책)이 { $action } 작업을 거부합니다.
problem-denied-by-registry-policy-hint = 명시적 거부는 사용자나 역할의 권한으로 풀 수 없습니다. 레지스트리 소유자에게 { $action } 작업의 예외를 요청하거나(레지스트리 정책은 `aws ecr get-registry-policy`로 볼 수 있습니다), 다른 계정 또는 연습 모드를 사용하십시오.
problem-denied-by-organization-hint = 조직 관리자가 정한 것이어서 이 계정의 권한으로는 바꿀 수 없습니다. { $action } 작업의 예외를 요청하거나, 다른 계정 또는 연습 모드를 사용하십시오.

## AWS: 리전과 네트워크

problem-no-region = AWS 리전이 설정되어 있지 않습니다.
problem-no-region-hint = 이번 실행의 리전을 선택하거나, 프로파일에 리전을 설정하십시오: `aws configure set region ap-northeast-2`.
problem-region-disabled = 이 계정에서 리전 또는 그 리전의 서비스가 활성화되어 있지 않아 AWS가 { $action } 요청을 거부했습니다.
problem-region-disabled-hint = 콘솔의 계정 > AWS 리전에서 리전을 활성화하거나 다른 리전을 선택하십시오.
problem-region-without-inspector = { $region } 리전에서 Amazon Inspector가 응답하지 않았습니다. 이 버전이 아는 한 Inspector가 제공되는 리전이 아닙니다.
problem-region-without-inspector-hint = Amazon Inspector가 제공되는 리전을 선택하십시오. 이 리전에서 새로 제공되기 시작했다면 연결을 확인하십시오. 변경된 것은 없습니다.
problem-name-unknown = 서비스의 주소를 찾을 수 없어 { $action } 요청이 실패했습니다.
problem-name-unknown-hint = 리전 이름의 철자와 네트워크의 DNS를 확인한 다음 다시 시도하십시오.
problem-network = AWS에 연결할 수 없어 { $action } 요청이 실패했습니다.
problem-network-hint = 네트워크, VPN, 프록시를 확인하십시오. 방화벽이 일부 주소만 허용한다면 *.amazonaws.com의 443 포트를 허용해야 합니다. 그런 다음 다시 시도하십시오.
problem-certificate = AWS와 보안 연결을 맺지 못해 { $action } 요청이 실패했습니다.
problem-certificate-hint = 트래픽을 검사하는 회사 프록시가 원인인 경우가 많습니다. 프록시의 루트 인증서 파일을 AWS_CA_BUNDLE에 지정하거나 운영 체제의 신뢰 저장소에 추가하십시오.
problem-timeout = AWS가 제시간에 응답하지 않아 { $action } 요청이 실패했습니다.
problem-timeout-hint = 다시 시도하십시오. 계속되면 네트워크, VPN, 프록시를 확인하십시오.
problem-proxy-refused = 중간의 프록시가 로그인을 요구해 { $action } 요청이 실패했습니다.
problem-proxy-refused-hint = HTTPS_PROXY에 사용자와 암호를 넣거나(http://사용자:암호@호스트:포트) 프록시가 없는 네트워크를 사용하십시오.
problem-proxy-failed = 프록시를 사용할 수 없어 { $action } 요청이 실패했습니다.
problem-proxy-failed-hint = HTTPS_PROXY의 주소가 맞는지, 프록시가 *.amazonaws.com을 허용하는지 확인하십시오. 프록시가 필요 없는 호스트는 NO_PROXY에 지정합니다.
problem-proxy-invalid = 프록시 { $proxy }을(를) 사용할 수 없습니다. 프록시 주소가 아닙니다.
problem-proxy-invalid-hint = HTTPS_PROXY를 http://호스트:포트 또는 http://사용자:암호@호스트:포트 형식으로 지정하십시오. 암호에 있는 @와 : 같은 문자는 %40과 %3A로 씁니다.
problem-ca-bundle = { $path } 파일의 인증서를 사용할 수 없습니다.
problem-ca-bundle-hint = AWS_CA_BUNDLE(또는 프로파일의 ca_bundle)에는 PEM 형식의 인증서 파일을 지정해야 합니다.
problem-malformed-answer = 응답을 읽을 수 없어 { $action } 요청이 실패했습니다.
problem-malformed-answer-hint = 다시 시도하십시오. 계속되면 AWS 대신 중간의 무언가(프록시, 게스트 네트워크의 로그인 페이지)가 응답하고 있는 것입니다.

## AWS: 서비스의 응답

problem-throttled = 한꺼번에 요청이 너무 많아 { $action } 요청이 거부되었습니다.
problem-throttled-hint = 1분쯤 기다렸다가 다시 시도하십시오. 이 계정의 다른 프로그램도 같은 한도를 함께 씁니다.
problem-service-error = AWS 내부 오류로 { $action } 요청이 실패했습니다.
problem-service-error-hint = 몇 분 뒤 다시 시도하십시오. 계속되면 AWS Health Dashboard에서 이 리전의 상태를 확인하십시오.
problem-quota-exceeded = 계정의 할당량을 모두 써서 { $action } 요청이 거부되었습니다.
problem-quota-exceeded-hint = 더 이상 필요하지 않은 것을 삭제하거나 콘솔의 Service Quotas에서 할당량 증가를 요청하십시오.
problem-repository-not-found = 이 계정과 리전에 그 리포지토리가 없어 { $action } 요청이 실패했습니다.
problem-repository-not-found-hint = 리포지토리를 먼저 생성하고, 계정과 리전이 맞는지 확인하십시오.
problem-repository-exists = 같은 이름의 리포지토리가 이미 있어 { $action } 요청이 실패했습니다.
problem-repository-exists-hint = 이 단계를 확인하십시오. 실습은 이미 있던 리포지토리를 그대로 사용하고 마지막에 삭제하지 않습니다.
problem-repository-not-empty = 리포지토리에 이미지가 남아 있어 { $action } 요청이 실패했습니다.
problem-repository-not-empty-hint = 아무도 쓰지 않는 이미지라면 먼저 삭제하십시오. 실습은 스스로 만든 것만 삭제합니다.
problem-image-not-found = 리포지토리에 그 이미지가 없어 { $action } 요청이 실패했습니다.
problem-image-not-found-hint = 이미지를 먼저 푸시하십시오. 방금 푸시했다면 몇 초 뒤 다시 시도하십시오.
problem-tag-exists = 다른 이미지가 쓰고 있는 태그이고 이 리포지토리의 태그는 덮어쓸 수 없어 { $action } 요청이 거부되었습니다.
problem-tag-exists-hint = 다른 태그를 선택하거나 리포지토리 설정(이미지 태그 변경 가능성)에서 덮어쓰기를 허용하십시오.
problem-scan-not-found = 이 이미지의 스캔이 없어 { $action } 요청이 실패했습니다.
problem-scan-not-found-hint = 푸시한 뒤 1분 정도는 정상입니다. 계속되면 스캔 필터가 리포지토리 이름과 일치하는지 확인하십시오.
problem-resource-not-found = 대상이 존재하지 않아 { $action } 요청이 실패했습니다.
problem-resource-not-found-hint = 이전 단계와, 계정과 리전이 맞는지 확인하십시오.
problem-conflict = 같은 대상을 다른 곳에서 변경하고 있어 { $action } 요청이 거부되었습니다.
problem-conflict-hint = 1분쯤 기다렸다가 다시 시도하십시오.
problem-encryption-key = 리포지토리의 KMS 키를 사용할 수 없어 { $action } 요청이 실패했습니다.
problem-encryption-key-hint = KMS에서 키가 활성화되어 있는지, 키 정책이 사용자와 Amazon ECR의 사용을 허용하는지 확인하십시오.
problem-request-invalid = 허용되지 않는 값이 있어 { $action } 요청이 거부되었습니다.
problem-request-invalid-hint = 계획의 이름, 태그, 필터를 확인하십시오. 어떤 값인지는 세부 정보에 있습니다.
problem-service-refused = { $action } 요청이 거부되었습니다({ $code }).
problem-service-refused-hint = 이유는 세부 정보에 AWS의 말 그대로 있습니다. 바로잡은 다음 다시 시도하십시오.

## 이미지 엔진

problem-engine-not-running = { $host }에서 응답하는 이미지 엔진이 없습니다.
problem-engine-not-running-hint = Docker Desktop, Colima, OrbStack, Rancher Desktop 또는 Podman을 시작하거나 `sudo systemctl start docker`를 실행하십시오. 아무것도 필요 없는 내장 엔진을 선택할 수도 있습니다.
problem-engine-permission = { $host }의 이미지 엔진을 사용할 권한이 없습니다.
problem-engine-permission-hint = Linux에서는 `sudo usermod -aG docker $USER`를 실행한 다음 로그아웃했다가 다시 로그인하십시오. 또는 내장 엔진을 선택하십시오.
problem-engine-ssh = { $host }는 SSH로 접속하는 주소이며, 실습은 SSH 접속을 지원하지 않습니다.
problem-engine-ssh-hint = `ssh -L 2375:/var/run/docker.sock <호스트>`로 소켓을 전달하고 DOCKER_HOST=tcp://127.0.0.1:2375를 설정하거나, 내장 엔진을 선택하십시오.
problem-engine-host-unsupported = { $host }는 실습에서 접속할 수 있는 이미지 엔진의 주소가 아닙니다.
problem-engine-host-unsupported-hint = 주소는 unix://, npipe://, tcp://, http:// 또는 https://(인증서 필요)로 시작합니다. DOCKER_HOST와 Docker 컨텍스트를 확인하십시오.
problem-engine-silent = { $host }의 이미지 엔진이 응답하지 않습니다.
problem-engine-silent-hint = 엔진을 다시 시작한 다음 다시 시도하십시오. 또는 내장 엔진을 선택하십시오.
problem-engine-tls = { $host }의 이미지 엔진과 보안 연결을 맺지 못했습니다.
problem-engine-tls-hint = DOCKER_CERT_PATH 또는 Docker 컨텍스트 폴더의 ca.pem, cert.pem, key.pem이 이 호스트의 것인지 확인하십시오.
problem-engine-unreadable = { $host }에서 응답하는 것은 실습이 이해할 수 있는 이미지 엔진이 아닙니다.
problem-engine-unreadable-hint = 주소(DOCKER_HOST와 Docker 컨텍스트)를 확인하십시오. 또는 내장 엔진을 선택하십시오.
problem-engine-lost = { $host }의 이미지 엔진이 도중에 연결을 끊었습니다.
problem-engine-lost-hint = 엔진이 실행 중인지 확인한 다음 다시 시도하십시오. 이미 전송된 것은 다시 전송하지 않습니다.
problem-engine-too-old = { $host }의 이미지 엔진이 너무 오래되었습니다. API 버전이 { $version }입니다.
problem-engine-too-old-hint = Docker 20.10 이상으로 업데이트하거나 내장 엔진을 선택하십시오.
problem-engine-too-new = { $host }의 이미지 엔진이 실습이 아는 API 버전을 더 이상 지원하지 않습니다.
problem-engine-too-new-hint = 이 앱을 업데이트하거나 내장 엔진을 선택하십시오.
problem-engine-disk-full = { $host }의 이미지 엔진에 남은 공간이 없습니다.
problem-engine-disk-full-hint = `docker system df`와 `docker image prune`으로 공간을 확보하거나 Docker 가상 머신의 디스크를 늘린 다음 다시 시도하십시오.
problem-engine-refused = { $host }의 이미지 엔진이 요청을 거부했습니다.
problem-engine-refused-hint = 이유는 세부 정보에 엔진의 말 그대로 있습니다. 바로잡은 다음 다시 시도하십시오.
problem-engine-loses-platform = 이미지 엔진이 { $reference }를 푸시하지 못했습니다. 여러 플랫폼 가운데 { $platform }만 가지고 있는데, 이 버전의 엔진은 이를 오류로 봅니다.
problem-engine-loses-platform-hint = Docker를 업데이트하거나 설정에서 “Use containerd for pulling and storing images”를 끈 다음 이 단계를 다시 실행하십시오. 또는 내장 엔진을 선택하십시오.

## 이미지 엔진이 전하는 레지스트리의 응답

problem-reference-invalid = { $reference }는 올바른 이미지 이름이 아닙니다.
problem-reference-invalid-hint = 이미지 이름은 호스트/경로:태그 형식이며 경로는 소문자여야 합니다.
problem-image-not-local = 이미지 엔진에 { $reference } 이미지가 없습니다.
problem-image-not-local-hint = 푸시 단계를 다시 실행하십시오. 이미지를 먼저 풀합니다.
problem-image-in-use = { $reference } 이미지가 사용 중이어서 제거하지 않았습니다.
problem-image-in-use-hint = 이 이미지를 사용하는 컨테이너를 제거한 다음(`docker ps -a`) 정리를 다시 실행하십시오. 그대로 두어도 비용은 들지 않습니다.
problem-image-not-in-registry = 레지스트리에 { $reference } 이미지가 없습니다.
problem-image-not-in-registry-hint = 계획의 이름과 태그를 확인하십시오.
problem-platform-missing = { $reference } 이미지에는 { $platform } 플랫폼이 없습니다.
problem-platform-missing-hint = 이 플랫폼이 있는 이미지를 선택하거나 계획에서 다른 플랫폼을 선택하십시오.
problem-pull-denied = { $reference } 이미지를 풀할 권한이 없거나 이미지가 존재하지 않습니다.
problem-pull-denied-hint = 이름과 태그를 확인하십시오. 이것은 계정의 정책이 아니라 { $registry }에서 정합니다. 퍼블릭 이미지라면 오래된 로그인이 원인인 경우가 많습니다. `docker logout { $registry }`를 실행한 다음 다시 시도하십시오.
problem-registry-login = { $registry } 레지스트리가 로그인을 받아들이지 않았습니다.
problem-registry-login-hint = 다시 시도하면 새 토큰을 받습니다. 계속되면 토큰의 계정과 리전이 레지스트리의 것과 같은지 확인하십시오. 퍼블릭 이미지라면 `docker logout { $registry }`를 실행하십시오.
problem-token-expired = { $registry } 레지스트리의 토큰이 만료되었습니다.
problem-token-expired-hint = 이 단계를 다시 실행하십시오. 새 토큰을 받고, 이미 전송된 것은 다시 전송하지 않습니다.
problem-registry-denied = { $registry } 레지스트리가 접근을 거부했습니다.
problem-registry-denied-hint = 부족한 것은 세부 정보에 있습니다. 대개 IAM 권한(푸시에는 ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability, ecr:PutImage가 필요합니다)이나 리포지토리 정책의 문제입니다.
problem-transfer-failed = { $host }의 이미지 엔진과 레지스트리 { $registry } 사이에서 { $reference } 이미지를 전송하지 못했습니다.
problem-transfer-failed-hint = 엔진이 알려 준 이유는 세부 정보에 나와 있습니다. 원인을 해결한 다음 다시 시도하십시오.
problem-repository-missing = 리포지토리가 없어 { $reference } 푸시가 거부되었습니다.
problem-repository-missing-hint = 리포지토리를 먼저 생성하십시오. Amazon ECR은 리포지토리 생성 템플릿이 없으면 푸시할 때 리포지토리를 만들지 않습니다.
problem-tag-immutable = 태그가 이미 있고 이 리포지토리의 태그는 덮어쓸 수 없어 { $reference } 푸시가 거부되었습니다.
problem-tag-immutable-hint = 계획에서 다른 태그를 선택하거나 리포지토리 설정(이미지 태그 변경 가능성)에서 덮어쓰기를 허용하십시오.
problem-registry-rate-limited = { $registry } 레지스트리에 요청이 너무 많았습니다.
problem-registry-rate-limited-hint = 몇 분 기다렸다가 다시 시도하십시오. 퍼블릭 레지스트리는 로그인하면 한도가 늘어납니다.
problem-registry-unreachable = 이미지 엔진이 { $registry } 레지스트리에 연결하지 못했습니다.
problem-registry-unreachable-hint = 네트워크, VPN, Docker 설정의 프록시를 확인한 다음 다시 시도하십시오. 레이어는 Amazon S3에서 오므로 방화벽이 S3도 허용해야 합니다.
problem-registry-insecure = 이미지 엔진은 HTTPS를 요구하지만 { $registry } 레지스트리는 HTTP로 통신합니다.
problem-registry-insecure-hint = 엔진의 insecure-registries 설정에 { $registry }를 추가하거나 내장 엔진을 선택하십시오.
problem-registry-certificate = 이미지 엔진이 { $registry } 레지스트리의 인증서를 신뢰하지 않습니다.
problem-registry-certificate-hint = 트래픽을 검사하는 회사 프록시가 원인인 경우가 많습니다. 프록시의 루트 인증서를 엔진에 추가하거나 다른 네트워크를 사용하십시오.
problem-registry-failed = { $registry } 레지스트리에서 오류가 발생했습니다.
problem-registry-failed-hint = 몇 분 뒤 다시 시도하십시오. 이미 전송된 것은 다시 전송하지 않습니다.

## 엔진이 연습용 레지스트리에 닿는지

engine-cannot-reach = { $host }의 이미지 엔진이 { $registry }의 연습용 레지스트리에 닿지 못합니다. 가상 머신이나 다른 컴퓨터에서 실행되는 것으로 보입니다. 내장 엔진은 닿을 수 있습니다.
engine-cannot-reach-registry = { $host }의 이미지 엔진이 레지스트리 { $registry }에 연결하지 못합니다.
engine-in-virtual-machine = { $name }의 엔진은 가상 머신에서 실행되므로 이 컴퓨터의 연습용 레지스트리 { $registry }에 연결할 수 없습니다. 내장 엔진은 연결할 수 있습니다.
engine-wants-https = { $host }의 이미지 엔진은 HTTPS를 요구하지만 { $registry }의 연습용 레지스트리는 HTTPS를 쓰지 않습니다. 내장 엔진은 HTTPS를 요구하지 않습니다.
engine-did-not-answer = { $registry }에 대해 물었을 때 { $host }의 이미지 엔진이 응답하지 않았습니다. 엔진을 다시 시작하거나 내장 엔진을 선택하십시오.

## 이번 실행에 맞춘 조언

hint-sign-in = 터미널에서 `{ $command }` 명령을 실행한 다음 다시 시도하십시오. 실습은 멈춘 곳에서 이어집니다.
hint-test-profile = 터미널에서 `{ $command }` 명령을 실행해 보십시오. 이 명령도 실패하거나 멈춰 있으면 ~/.aws/config와 ~/.aws/credentials에서 프로파일을 바로잡으십시오.
hint-builtin-network = 네트워크, VPN, HTTPS_PROXY를 확인하십시오. { $registry }에는 이 컴퓨터가 직접 연결합니다. 계층은 Amazon S3에서 오므로 방화벽이 S3도 허용해야 합니다.
hint-builtin-failed = 몇 분 뒤 다시 시도하십시오. 오류는 내장 엔진이 아니라 { $registry }에서 났습니다. 이미 전송된 계층은 다시 전송하지 않습니다.
hint-builtin-certificate = 트래픽을 검사하는 회사 프록시가 원인인 경우가 많습니다. 프록시의 루트 인증서 파일을 AWS_CA_BUNDLE에 지정하고 실습을 다시 시작하십시오.
hint-builtin-disk = 데이터 폴더가 있는 디스크의 공간을 확보하거나(`{ $command }` 명령으로 남은 공간을 볼 수 있습니다) 다른 디스크의 데이터 폴더를 사용한 다음 다시 시도하십시오.
hint-builtin-restart = 내장 엔진은 이 프로그램 안에서 실행되며 이미지를 { $folder } 폴더에 보관합니다. 프로그램을 다시 시작한 다음 다시 시도하십시오. 이미 전송된 이미지는 그대로 있습니다.
hint-ssh-forward = 터미널에서 `{ $command }` 명령을 실행해 둔 채로 여기에서 다시 찾아보십시오. 또는 내장 엔진을 선택하십시오.
