# 일곱 단계의 제목과 배경.

step-prepare-title = 준비
step-prepare-why = 시작하기 전에 누구의 계정인지, 필요한 권한과 도구가 갖추어졌는지 확인합니다. 이 단계는 아무것도 변경하지 않습니다.
step-scanning-title = 스캔 구성
step-scanning-why = 향상된 스캔을 켜고 어떤 리포지토리를 스캔할지 필터로 정합니다. 필터와 일치하지 않는 리포지토리는 아무도 살펴보지 않습니다.
step-repositories-title = 리포지토리 생성
step-repositories-why = 운영용, 실험용, 공유용 리포지토리를 하나씩 만듭니다. 이름만 다를 뿐인데 스캔 여부가 달라집니다.
step-push-title = 이미지 푸시
step-push-why = Log4Shell이 들어 있는 같은 이미지를 두 리포지토리에 푸시합니다. 두 번째 푸시는 계층이 이미 있어 금방 끝납니다.
step-results-title = 결과 확인
step-results-why = 다이제스트가 같은 이미지라도 감시하는 리포지토리에서만 취약점이 보입니다. 보이지 않는 것은 안전한 것과 다릅니다.
step-remediate-title = 수정 및 비교
step-remediate-why = 패치된 이미지를 푸시하고 무엇이 해결되고 무엇이 남는지 비교합니다.
step-cleanup-title = 정리
step-cleanup-why = 실습에서 만든 것을 삭제하고 이전 스캔 구성을 되돌린 뒤, 하나씩 다시 읽어 확인합니다.
