### 창의 명령이 알리는 문제.

problem-nothing-open = 열려 있는 실행이 없습니다.
problem-nothing-open-hint = 시작 화면에서 새로 시작하거나 이어서 진행하십시오.
problem-no-such-job = 해당 작업을 더 이상 찾을 수 없습니다.
problem-no-such-job-hint = 단계의 상태를 확인하고, 완료되지 않았으면 다시 실행하십시오.
problem-findings = 조사 결과(findings)를 읽지 못했습니다.
problem-findings-hint = 다시 시도하십시오. 계속 실패하면 결과 읽기 단계를 다시 실행하십시오.
problem-filter-value = “{ $value }” 값은 이 속성과 비교할 수 없습니다.
problem-filter-value-hint = 조건을 고치세요. 점수와 확률은 7.5와 같은 숫자로, 시각은 2021-12-10과 같이, 심각도는 목록에 있는 이름으로 입력합니다.
problem-filter-too-deep = 필터의 그룹이 너무 깊게 중첩되어 있습니다.
problem-filter-too-deep-hint = 필터에서 그룹을 하나 지우세요.
problem-preferences = 선택한 설정을 저장하지 못했습니다.
problem-preferences-hint = 데이터 폴더의 쓰기 권한과 디스크의 여유 공간을 확인하십시오.
problem-link-refused = 이 링크는 열지 않습니다. { $url }
problem-link-refused-hint = 실습에서 안내하는 페이지만 엽니다. 신뢰할 수 있는 주소라면 복사하여 여십시오.
problem-link-failed = 브라우저에서 { $url }을(를) 열지 못했습니다.
problem-link-failed-hint = 주소를 복사하여 브라우저에 붙여 넣으십시오.
problem-chart-refused = 차트를 저장하지 못했습니다.
problem-chart-refused-hint = 차트를 다시 표시한 뒤 다시 시도하십시오.
problem-open-failed = { $path } 파일을 열지 못했습니다.
problem-open-failed-hint = 파일은 그곳에 저장되어 있습니다. 직접 여십시오.
problem-save-failed = { $path } 파일을 저장하지 못했습니다.
problem-save-failed-hint = 다른 위치를 선택하거나 디스크의 여유 공간을 확인하십시오.
problem-plan-fixed = 이미 실행한 단계가 있어 계획을 변경할 수 없습니다.
problem-plan-fixed-hint = 정리한 뒤 다른 계획으로 새로 시작하십시오.
problem-window-no-display = 디스플레이가 없어 창을 열 수 없습니다.
problem-window-no-display-hint = DISPLAY 또는 WAYLAND_DISPLAY를 설정하거나, 터미널에서 `imagelab run`로 실습하십시오.
