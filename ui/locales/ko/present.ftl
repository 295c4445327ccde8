# Presentation mode: the bar, the tools, the test from the last row.

present = 발표 모드
present-about = 전체 화면에 큰 글자와 선명한 색으로 표시하며, 단계의 각 부분이 한 화면이 됩니다. 프레젠터로 앞뒤로 이동하고, 단계를 실행하고, 결과를 볼 수 있습니다. b 또는 마침표를 누르면 검은 화면이 되고, Esc를 누르면 끝납니다.
present-start = 발표 시작
present-end = 끝내기(Esc)
present-tools = 발표 도구
present-pointer = 포인터(P)
present-spotlight = 스포트라이트(S)
present-draw = 그리기(D): 화면이 바뀌면 지워집니다
present-black = 검은 화면(B)
present-black-end = 화면 다시 보기
present-size = 글자 크기
present-waiting = 확인을 기다리는 중
present-waiting-about = 이 단계는 실제 AWS 계정을 변경합니다. 발표자가 변경 내용을 확인하면 계속합니다.
present-waiting-show = 변경 내용을 보고 확인
present-waiting-cancel = 실행하지 않기

calibrate = 맨 뒷자리에서 시험
calibrate-about = 맨 뒷자리에서 아래 글이 읽히는지 확인하십시오. 읽힐 때까지 크게 하십시오. 크기는 발표 모드에 저장됩니다.
calibrate-readable = 읽을 수 있음
calibrate-usual = 기본 크기
