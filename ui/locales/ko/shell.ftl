# 창 자체의 문구: 위쪽 막대, 단계 목록, 도움말, 기록, 기본 설정, 정보.

app-title = 이미지 보안 실습
skip-to-content = 본문으로 건너뛰기
boot-failed = 앱을 시작할 수 없습니다

mode-label = 모드
mode-none = 시작 전
mode-practice = 연습 모드
mode-aws = AWS 모드
clock-badge = 연습용 시계: +{ $length }
clock-badge-unknown = 연습용 시계: 읽지 못함

account = 계정
account-masked = 끝자리 { $end }
account-unknown = 아직 확인하지 않음
region = 리전

language = 언어
language-switch = English: 언어 전환
language-other = English
language-ko = 한국어
language-en = English
language-system = 시스템 설정 사용
theme = 테마
theme-to-dark = 다크 테마로 전환
theme-to-light = 라이트 테마로 전환
theme-light = 라이트
theme-dark = 다크
theme-system = 시스템 설정 사용

menu = 설정 및 정보
zoom = 화면 크기: { $percent }%
zoom-in = 크게
zoom-out = 작게
zoom-reset = 100%
full-screen = 전체 화면
preferences = 기본 설정
shortcuts = 키보드 단축키
about = 정보
close = 닫기
dismiss = 알림 닫기

mask-account = 계정 번호 가리기
mask-about = 화면을 함께 볼 때 계정 번호를 끝의 네 자리만 표시합니다. 그동안 저장하는 파일에서도 계정, 사용자, 역할, 폴더를 가립니다.
never-here = 제외한 계정
never-here-about = 계정 ID를 공백이나 쉼표로 구분해 입력하십시오. 이 계정을 변경하려면 한 번 더 확인해야 합니다.

landmark-steps = 실습 단계
landmark-help = 도움말
steps-title = 실습 단계
steps-open = 단계 목록 열기
steps-close = 단계 목록 닫기
help = 도움말
help-back = 이전 항목으로 돌아가기
help-close = 도움말 닫기
info = 정보
info-about = 정보: { $topic }

look-pending = 시작 전
look-running = 실행 중
look-interrupted = 중단됨, 다시 실행 필요
look-complete = 완료, 모든 항목 충족
look-byhand = 직접 완료, 모든 항목 충족
look-done = 완료, 확인 전
look-unmet = { $all }개 중 { $met }개 충족
look-failed = 실패
look-cancelled = 중지됨
look-stale = 앞 단계를 되돌려 유효하지 않음
look-undone = 되돌림

notices = 알림
transcript = 기록
transcript-title = 기록({ $count })
transcript-open = 기록 열기
transcript-close = 기록 닫기
transcript-resize = 기록 패널 크기 조정
transcript-caption = AWS 호출과 이미지 엔진 명령의 기록
transcript-step = 단계
transcript-every-step = 모든 단계
transcript-service = 서비스
transcript-every-service = 모든 서비스
transcript-errors = 오류만 표시
transcript-count = { $all }개 중 { $shown }개
transcript-copy-all = 모두 복사
transcript-copy-line = 이 줄 복사
transcript-time = 시각
transcript-operation = 작업
transcript-detail = 대상
transcript-took = 걸린 시간
transcript-ending = 결과
transcript-earlier = 이전 기록 { $count }개 더 보기
transcript-follow = 최신 기록으로 이동
transcript-empty = 아직 기록이 없습니다. 단계를 실행하거나 확인하면 모든 호출이 여기에 남습니다.
transcript-no-match = 조건에 맞는 기록이 없습니다.
service-ecr = Amazon ECR
service-inspector = Amazon Inspector
service-iam = AWS IAM
service-sts = AWS STS
service-engine = 이미지 엔진
service-lab = 실습
ending-ok = 성공
ending-error = 오류
ending-cancelled = 중지됨

shortcut-keys = 키
shortcut-does = 동작
shortcut-perform = 다음 동작 실행: 오른쪽 아래 버튼
shortcut-part-next = 이 단계의 다음 부분으로 이동
shortcut-part-previous = 이 단계의 이전 부분으로 이동
shortcut-step = 번호에 해당하는 단계로 이동
shortcut-check = 진행 상황 확인
shortcut-help = 도움말 열기 또는 닫기
shortcut-transcript = 기록 열기 또는 닫기
shortcut-language = 언어 전환
shortcut-zoom-in = 화면을 크게 표시(마우스 휠로도 가능)
shortcut-zoom-out = 화면을 작게 표시
shortcut-zoom-reset = 화면을 원래 크기로 표시
shortcut-full-screen = 전체 화면 시작 또는 종료
shortcut-present = 발표 시작 또는 종료(Ctrl+Shift+P로도 가능). Page Up과 Page Down으로 이동하고, b로 검은 화면 표시
shortcut-shortcuts = 이 목록 표시

about-version = 버전 { $version }
about-licence = Apache-2.0 또는 MIT 라이선스
about-text = Amazon ECR 향상된 스캔을 직접 켜 보고, 스캔이 알려 주는 것과 알려 주지 않는 것을 배우는 실습입니다. 연습 모드의 이미지는 실제 이미지의 구조와 패키지 정보를 본뜬 복제본이며 취약한 코드는 들어 있지 않습니다. Amazon Web Services와 제휴하거나 보증받은 제품이 아닙니다.
about-sources = 취약점 데이터의 출처
about-nvd = - 취약점 설명과 CVSS 점수. NVD가 보증하거나 인증한 제품이 아닙니다.
about-epss = - 악용될 가능성의 추정치. FIRST가 제공합니다.
about-kev = - 실제로 악용된 것으로 알려진 취약점 목록.
about-shoulders = 함께 사용한 오픈 소스

step-prepare-title = 준비
step-scanning-title = 스캔 구성
step-repositories-title = 리포지토리 생성
step-push-title = 이미지 푸시
step-results-title = 결과 확인
step-remediate-title = 수정 및 비교
step-cleanup-title = 정리
