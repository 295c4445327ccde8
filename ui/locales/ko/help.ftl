# 도움말 주제.

help-start-title = 이 실습에 대하여
help-start = 일곱 단계로 진행합니다. 각 단계는 배경, 변경 사항, 실행, 진행 확인의 순서로 되어 있습니다.
help-engine-title = 이미지 엔진
help-engine = 이미지를 가져오고 푸시하는 프로그램입니다.
